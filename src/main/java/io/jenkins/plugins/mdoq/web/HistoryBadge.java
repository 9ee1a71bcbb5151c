package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.BuildBadgeAction;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.History;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.TransientActionFactory;

/** The symbol beside a build in a list of builds: held, stopped, failed or rolled back by a webhook. */
public final class HistoryBadge implements BuildBadgeAction {

    private static final Logger LOGGER = Logger.getLogger(HistoryBadge.class.getName());

    private final SummaryView summary;

    HistoryBadge(@NonNull SummaryView summary) {
        this.summary = summary;
    }

    /** Gives a badge to each build that waits, or whose release a webhook ended. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return BuildBadgeAction.class;
        }

        @Override
        @NonNull
        public Collection<? extends Action> createFor(@NonNull Run run) {
            Run<?, ?> build = run;
            if (!BuildHistory.of(build).exists()) {
                return List.of();
            }
            try {
                History history = BuildPages.history(build);
                SummaryView summary = SummaryView.of(
                        history, BuildPages.view(build, history, new Viewer(false, null, Instant.now())));
                return summary != null && summary.badge() ? List.of(new HistoryBadge(summary)) : List.of();
            } catch (IOException e) {
                // The list of builds is no place to say so; the history page does.
                LOGGER.log(Level.FINE, e, () -> "Could not read the webhook history of " + build);
                return List.of();
            }
        }
    }

    /** What it stands for. For the view. */
    @NonNull
    public SummaryView getSummary() {
        return summary;
    }

    /** What it stands for, in words. For the view. */
    @NonNull
    public String getTooltip() {
        return summary.reason().isEmpty()
                ? summary.headline().text()
                : Messages.HistoryBadge_because(summary.headline().text(), summary.reason());
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}

package io.jenkins.plugins.mdoq.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.hook.HistoryListener;
import io.jenkins.plugins.mdoq.report.Narrator;
import jenkins.model.Jenkins;

/** Tells the history of one fired event in the build's log, a line a fact. Safe for any thread. */
final class BuildLog implements HistoryListener {

    static final String PREFIX = "[MDOQ] ";

    private final Run<?, ?> build;
    private final TaskListener listener;
    private final boolean holdsExecutor;
    /** The values of locks are for those who may release them; they stand on the history page. */
    private final Narrator narrator = new Narrator(false);

    BuildLog(@NonNull Run<?, ?> build, @NonNull TaskListener listener, boolean holdsExecutor) {
        this.build = build;
        this.listener = listener;
        this.holdsExecutor = holdsExecutor;
    }

    /** Makes an event known that was fired before this log was opened. */
    synchronized void know(@NonNull EventHistory event) {
        narrator.know(event);
    }

    @Override
    public synchronized void onFact(@NonNull Fact fact) {
        narrator.tell(fact).forEach(this::line);
        if (fact instanceof Fact.Fired fired) {
            fired(fired);
        }
    }

    void line(@NonNull String text) {
        listener.getLogger().println(PREFIX + text);
    }

    private void fired(Fact.Fired fired) {
        if (fired.deliveries().isEmpty() || fired.tellsOnly()) {
            return;
        }
        boolean blocks = fired.deliveries().stream().anyMatch(plan -> plan.lock() != null);
        line(
                blocks
                        ? "  webhook history, where an operator can release a lock: " + link("#locks")
                        : "  webhook history: " + link(""));
        if (!blocks) {
            return;
        }
        if (Jenkins.get().getRootUrl() == null) {
            line("  WARNING: Jenkins has no URL set, so the endpoints do not know where to release their locks;"
                    + " set it under Manage Jenkins » System");
        }
        if (holdsExecutor) {
            line("  WARNING: this wait holds an executor; put the step outside of 'node' or use 'agent none'");
        }
    }

    /** A link that is its own text, so that it is of use where the log is read as plain text. */
    private String link(String anchor) {
        String root = Jenkins.get().getRootUrl();
        // Without a URL of Jenkins a path that begins with a slash still leads there from any page of it.
        String url = (root == null ? "/" : root) + build.getUrl() + ReleaseHookService.PAGE + anchor;
        return HyperlinkNote.encodeTo(url, url);
    }
}

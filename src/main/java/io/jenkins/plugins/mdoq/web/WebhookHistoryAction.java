package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.Permission;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.lock.LockStatus;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The page <em>Webhook history</em> of a build, for whoever may see the build, where operators who have
 * {@link MdoqPermissions#RELEASE_LOCK} release its locks. Reads the journal anew for each view.
 */
public final class WebhookHistoryAction implements Action {

    private static final Logger LOGGER = Logger.getLogger(WebhookHistoryAction.class.getName());
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final Run<?, ?> run;

    WebhookHistoryAction(@NonNull Run<?, ?> run) {
        this.run = run;
    }

    /** Gives the page to each build that has a webhook history. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Run> {

        /** Named here so that it is known, and can be granted, before anybody has opened a page. */
        private static final Permission RELEASE_LOCK = MdoqPermissions.RELEASE_LOCK;

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return WebhookHistoryAction.class;
        }

        @Override
        @NonNull
        public Collection<? extends Action> createFor(@NonNull Run run) {
            Run<?, ?> build = run;
            return BuildHistory.of(build).exists() ? List.of(new WebhookHistoryAction(build)) : List.of();
        }
    }

    @Override
    public String getIconFileName() {
        return "symbol-journal";
    }

    @Override
    public String getDisplayName() {
        return Messages.WebhookHistoryAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "mdoq";
    }

    /** The build. For the page. */
    @NonNull
    public Run<?, ?> getRun() {
        return run;
    }

    /** Whether the viewer may release locks. For the page. */
    public boolean isMayRelease() {
        return run.hasPermission(MdoqPermissions.RELEASE_LOCK);
    }

    /** The history as it is now. For the page. */
    @NonNull
    public HistoryView getHistory() {
        try {
            return HistoryView.of(
                    BuildHistory.of(run).read(),
                    BuildHistory.ROLLBACK,
                    !run.isLogUpdated(),
                    isMayRelease(),
                    Instant.now());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the webhook history of " + run);
            return new HistoryView(List.of(), List.of(), null, List.of(Messages.WebhookHistoryAction_unreadable()));
        }
    }

    /**
     * How the release that the viewer has just asked for ended, or null. For the page, which takes the parameters from its
     * URL; the text comes from the history all the same.
     *
     * @param history the history that the page shows
     * @param delivery the delivery whose lock was to be released, or null
     * @param came the state of the lock after it, or null
     */
    @CheckForNull
    public static StateView notice(
            @NonNull HistoryView history, @CheckForNull String delivery, @CheckForNull String came) {
        for (EventView event : history.events()) {
            for (EntryView entry : event.entries()) {
                LockView lock = entry.lock();
                if (entry.delivery().equals(delivery) && lock != null && came != null) {
                    return notice(entry, lock, came);
                }
            }
        }
        return null;
    }

    private static StateView notice(EntryView entry, LockView lock, String came) {
        String by = lock.releasedBy();
        if (by == null) {
            return lock.held()
                    ? null
                    : new StateView(Messages.WebhookHistoryAction_notHeld(entry.webhook()), Tone.DOUBTFUL);
        }
        return came.equals(word(LockStatus.Kind.RELEASED))
                ? new StateView(
                        Messages.WebhookHistoryAction_released(
                                entry.webhook(), by, entry.outcome().text()),
                        Tone.GOOD)
                : new StateView(Messages.WebhookHistoryAction_releasedOtherwise(entry.webhook(), by), Tone.DOUBTFUL);
    }

    private static String word(LockStatus.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Releases a lock instead of the endpoint. Parameters: {@code delivery}, the delivery that holds it; {@code outcome}, one
     * of {@code success}, {@code fail}, {@code stop} and {@code rollback}; {@code message}, why, or nothing. Called by Stapler.
     */
    @RequirePOST
    public void doRelease(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        run.checkPermission(MdoqPermissions.RELEASE_LOCK);
        String word = request.getParameter("outcome");
        OperatorRelease release = OperatorRelease.of(word);
        if (release == null) {
            response.sendError(
                    BAD_REQUEST,
                    word == null
                            ? Messages.WebhookHistoryAction_outcomeMissing()
                            : Messages.WebhookHistoryAction_outcomeUnknown(PlainText.line(Limits.text(word, 60))));
            return;
        }
        String delivery = request.getParameter("delivery");
        LockStatus status;
        try {
            String lock = lockOf(delivery);
            String operator = operator();
            status = lock == null
                    ? null
                    : ReleaseHookService.get()
                            .locks()
                            .release(
                                    lock,
                                    release.data(request.getParameter("message"), operator),
                                    "operator " + operator);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not release a lock of " + run);
            response.sendError(SERVICE_UNAVAILABLE, Messages.WebhookHistoryAction_notDecided());
            return;
        }
        if (status == null) {
            response.sendError(NOT_FOUND, Messages.WebhookHistoryAction_noSuchLock());
            return;
        }
        response.sendRedirect(
                "./?delivery=" + URLEncoder.encode(delivery, StandardCharsets.UTF_8) + "&came=" + word(status.kind()));
    }

    private String lockOf(@CheckForNull String delivery) throws IOException {
        if (delivery != null) {
            for (EventHistory event : BuildHistory.of(run).read().events()) {
                DeliveryHistory entry = event.entry(delivery);
                if (entry != null) {
                    return entry.plan().lock();
                }
            }
        }
        return null;
    }

    private static String operator() {
        User user = User.current();
        return user == null ? "anonymous" : user.getId();
    }
}

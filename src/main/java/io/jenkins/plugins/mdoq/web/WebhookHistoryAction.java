package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Limits;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The page <em>Webhook history</em> of a build and the summary on the build's own page, for whoever may see the build.
 * Operators who have {@link MdoqPermissions#RELEASE_LOCK} release its locks there.
 */
public final class WebhookHistoryAction implements Action {

    private static final Logger LOGGER = Logger.getLogger(WebhookHistoryAction.class.getName());

    private final Run<?, ?> run;

    WebhookHistoryAction(@NonNull Run<?, ?> run) {
        this.run = run;
    }

    /** Gives the page to each build that has a webhook history. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Run> {

        /** Named here so that they are known, and can be granted, before anybody has opened a page. */
        private static final List<Permission> PERMISSIONS = List.of(MdoqPermissions.RELEASE_LOCK, MdoqPermissions.VIEW);

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
        return BuildPages.URL;
    }

    /** The build. For the page. */
    @NonNull
    public Run<?, ?> getRun() {
        return run;
    }

    /** How a lock can be released, in the words of the form. For the page. */
    @NonNull
    public static List<String> getOutcomes() {
        return Stream.of(OperatorRelease.values()).map(OperatorRelease::word).toList();
    }

    /** Whether the viewer may release locks. For the page. */
    public boolean isMayRelease() {
        return run.hasPermission(MdoqPermissions.RELEASE_LOCK);
    }

    /** Whether the viewer may see what travelled. For the page. */
    public boolean isMaySeePayload() {
        return run.hasPermission(MdoqPermissions.VIEW);
    }

    /** The history as it is now. For the page. */
    @NonNull
    public HistoryView getHistory() {
        try {
            return BuildPages.view(run, BuildPages.history(run), BuildPages.viewer(run, isMaySeePayload()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the webhook history of " + run);
            return new HistoryView(
                    true, true, List.of(), List.of(), null, List.of(Messages.WebhookHistoryAction_unreadable()));
        }
    }

    /** The history as a picture, or null if there is nothing to draw or it could not be read, which the page says. */
    @CheckForNull
    public TimelineView getTimeline() {
        try {
            History history = BuildPages.history(run);
            return history.events().isEmpty()
                    ? null
                    : TimelineView.of(history, Instant.now(), !BuildHistory.isOver(run));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Could not read the webhook history of " + run);
            return null;
        }
    }

    /** Whether the history is as it was written. For the page. */
    @NonNull
    public StateView getSoundness() {
        try {
            return BuildPages.soundness(run);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not check the webhook history of " + run);
            return new StateView(Messages.Soundness_unreadable(), Tone.DOUBTFUL);
        }
    }

    /** The history in a line, or null if there is nothing to say. For the summary on the build's page. */
    @CheckForNull
    public SummaryView getSummary() {
        try {
            History history = BuildPages.history(run);
            return SummaryView.of(history, BuildPages.view(run, history, BuildPages.viewer(run, false)));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the webhook history of " + run);
            return null;
        }
    }

    /**
     * How what the viewer has just asked for ended, or null. For the page, which takes the parameter from its
     * URL; the text comes from the history all the same.
     *
     * @param history the history that the page shows
     * @param delivery the delivery whose lock it was about, or null
     */
    @CheckForNull
    public static StateView notice(@NonNull HistoryView history, @CheckForNull String delivery) {
        for (EventView event : history.events()) {
            for (EntryView entry : event.entries()) {
                LockView lock = entry.lock();
                if (!entry.delivery().equals(delivery) || lock == null) {
                    continue;
                }
                if (lock.held() && !lock.extensions().isEmpty()) {
                    return new StateView(
                            Messages.WebhookHistoryAction_extended(
                                    entry.webhook(), lock.extensions().get(0).by()),
                            Tone.GOOD);
                }
                if (lock.releasedBy() != null) {
                    return new StateView(
                            Messages.WebhookHistoryAction_released(
                                    entry.webhook(),
                                    lock.releasedBy(),
                                    entry.state().text()),
                            Tone.GOOD);
                }
            }
        }
        return null;
    }

    /** Answers {@code api/json}: the history for programs; parameter {@code page}. Called by Stapler. */
    // It changes nothing, and whoever may read the build may read it.
    @SuppressWarnings({"lgtm[jenkins/csrf]", "lgtm[jenkins/no-permission-check]"})
    public void doApi(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Exports.send(request, response, () -> HistoryExport.of(run, request.getParameter("page"), isMaySeePayload()));
    }

    /**
     * Releases a lock instead of the endpoint. Parameters: {@code delivery}, the delivery that holds it; {@code outcome}, one
     * of {@code success}, {@code fail}, {@code stop} and {@code rollback}; {@code message}, why, required of all but
     * {@code success}. Answers with the page, or in JSON where that is what the caller accepts. Called by Stapler.
     */
    @RequirePOST
    public void doRelease(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        run.checkPermission(MdoqPermissions.RELEASE_LOCK);
        String delivery = request.getParameter("delivery");
        String outcome = request.getParameter("outcome");
        String message = request.getParameter("message");
        LockRelease release =
                LockRelease.of(run, delivery, outcome, message, Callers.user(), "at " + Callers.address(request));
        answer(
                request,
                response,
                release.status() == LockRelease.OK,
                new ReleaseForm(release.status(), release.text(), delivery, outcome, kept(message)));
    }

    /**
     * Gives a lock more time (protocol: "more time"). Parameters: {@code delivery}, the delivery that holds it;
     * {@code minutes}, how many more; {@code message}, why, or nothing. Answers as {@link #doRelease}. Called by Stapler.
     */
    @RequirePOST
    public void doExtend(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        run.checkPermission(MdoqPermissions.RELEASE_LOCK);
        String delivery = request.getParameter("delivery");
        String message = request.getParameter("message");
        LockExtension extension = LockExtension.of(
                run,
                delivery,
                request.getParameter("minutes"),
                message,
                Callers.user(),
                "at " + Callers.address(request));
        answer(
                request,
                response,
                extension.status() == LockRelease.OK,
                new ReleaseForm(extension.status(), extension.text(), delivery, null, kept(message)));
    }

    /**
     * Sends a delivery that is over once more; it decides nothing. Parameters: {@code delivery}, the delivery's id. Answers as
     * {@link #doRelease}, once it is on disk that it is sent. Called by Stapler.
     */
    @RequirePOST
    public void doAgain(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        run.checkPermission(MdoqPermissions.RELEASE_LOCK);
        String delivery = request.getParameter("delivery");
        DeliveryAgain again = DeliveryAgain.of(run, delivery, Callers.user(), "at " + Callers.address(request));
        if (again.status() == LockRelease.OK && !wantsJson(request)) {
            response.sendRedirect("./#" + URLEncoder.encode(String.valueOf(delivery), StandardCharsets.UTF_8));
            return;
        }
        answer(
                request,
                response,
                again.status() == LockRelease.OK,
                new ReleaseForm(again.status(), again.text(), delivery, null, ""));
    }

    private static boolean wantsJson(StaplerRequest2 request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("application/json");
    }

    private void answer(StaplerRequest2 request, StaplerResponse2 response, boolean done, ReleaseForm form)
            throws IOException, ServletException {
        if (wantsJson(request)) {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("done", done);
            JsonResponse.send(response, form.status(), done ? body : body.put("error", form.error()));
        } else if (done) {
            response.sendRedirect("./?done=" + URLEncoder.encode(form.delivery(), StandardCharsets.UTF_8));
        } else {
            response.setStatus(form.status());
            request.setAttribute("refused", form);
            request.getView(this, "index").forward(request, response);
        }
    }

    private static String kept(@CheckForNull String message) {
        return message == null ? "" : Limits.message(message);
    }
}

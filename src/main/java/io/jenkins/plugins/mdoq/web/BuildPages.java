package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.controller.HistoryCache;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.hook.ReleaseProcess;
import java.io.IOException;
import java.time.Instant;

/** The histories of builds as their pages show them. */
final class BuildPages {

    /** The page below a build's own URL. */
    static final String URL = "mdoq";

    private static final HistoryCache CACHE = new HistoryCache();
    private static final String MASKED = "****";

    private BuildPages() {}

    /** The history of a build as it is now; not to be changed. */
    @NonNull
    static History history(@NonNull Run<?, ?> run) throws IOException {
        return CACHE.of(run);
    }

    /** Who is looking at a build now. */
    @NonNull
    static Viewer viewer(@NonNull Run<?, ?> run, boolean payload) {
        boolean mayRelease = run.hasPermission(MdoqPermissions.RELEASE_LOCK);
        return new Viewer(
                mayRelease, payload ? (fired, plan) -> request(run, fired, plan, mayRelease) : null, Instant.now());
    }

    /** A program that looks at a build now: it is never shown the value of a lock. */
    @NonNull
    static Viewer program(@NonNull Run<?, ?> run, boolean payload) {
        return new Viewer(false, payload ? (fired, plan) -> request(run, fired, plan, false) : null, Instant.now());
    }

    /** A build's history as the viewer sees it. */
    @NonNull
    static HistoryView view(@NonNull Run<?, ?> run, @NonNull History history, @NonNull Viewer viewer) {
        return HistoryView.of(history, BuildHistory.ROLLBACK, BuildHistory.isOver(run), viewer);
    }

    /** Whether a build's history is as it was written. */
    @NonNull
    static StateView soundness(@NonNull Run<?, ?> run) throws IOException {
        return Soundness.of(BuildHistory.of(run), BuildHistory.names(run), history(run), BuildHistory.isOver(run));
    }

    /** The body of a request from what the history has of it, which is masked already. */
    private static JsonNode request(Run<?, ?> run, Fact.Fired fired, PlannedDelivery plan, boolean showsLock) {
        ReleaseProcess process = ReleaseHookService.process(run, fact -> {});
        String lock = plan.lock() == null || showsLock ? plan.lock() : MASKED;
        PlannedDelivery.About about = plan.about();
        return new Payload(
                        fired.instance(),
                        fired.parentLog(),
                        lock,
                        fired.event(),
                        plan.webhook(),
                        plan.id(),
                        process.releaseUrl(),
                        process.logUrl(),
                        fired.source(),
                        fired.data(),
                        about == null
                                ? null
                                : new PlannedDelivery.About(about.delivery(), showsLock ? about.lock() : MASKED))
                .json(MASKED);
    }
}

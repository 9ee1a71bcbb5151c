package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import java.time.Instant;

/**
 * Who looks at a history, and when.
 *
 * @param mayRelease whether they may release locks, and so see their values
 * @param requests gives them the bodies of requests, secrets masked; null if they may not see what travelled
 * @param now when they look
 */
record Viewer(
        boolean mayRelease,
        @CheckForNull Requests requests,
        @NonNull Instant now) {

    /** The body of the request of a delivery as it may be shown. */
    @FunctionalInterface
    interface Requests {
        /** The body of a delivery's request, secrets masked. */
        @NonNull
        JsonNode of(@NonNull Fact.Fired fired, @NonNull PlannedDelivery plan);
    }

    /** Whether they may see what travelled. */
    boolean maySeePayload() {
        return requests != null;
    }
}

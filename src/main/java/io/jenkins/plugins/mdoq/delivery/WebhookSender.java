package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.concurrent.CompletableFuture;

/** Sends requests to endpoints; what of it the engine needs. */
public interface WebhookSender {

    /**
     * Sends one request, once.
     *
     * @return completes with what it brought; never exceptionally, and no thread waits for it
     */
    @NonNull
    CompletableFuture<Reply> send(@NonNull WebhookRequest delivery);
}

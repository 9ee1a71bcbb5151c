package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.delivery.WebhookRequest;
import io.jenkins.plugins.mdoq.delivery.WebhookSender;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees what requests bring, and remembers of each webhook how many failed in a row since Jenkins started. No history is kept here:
 * what is lost with it is a hint to administrators. Safe for any thread.
 */
final class RecentReplies implements WebhookSender {

    /** So many webhooks that failed are remembered; more than anybody reads. */
    private static final int MOST = 100;

    /**
     * The requests of one webhook that failed in a row.
     *
     * @param count how many
     * @param error of the last one, without secrets
     */
    record Failures(int count, @NonNull String error) {}

    private final WebhookSender sender;
    private final Map<String, Failures> failures = new ConcurrentHashMap<>();

    RecentReplies(@NonNull WebhookSender sender) {
        this.sender = sender;
    }

    @Override
    @NonNull
    public CompletableFuture<Reply> send(@NonNull WebhookRequest delivery) {
        String webhook = delivery.payload().webhook();
        return sender.send(delivery).thenApply(reply -> {
            note(webhook, reply);
            return reply;
        });
    }

    private void note(String webhook, Reply reply) {
        if (!(reply instanceof Reply.Failure failure)) {
            failures.remove(webhook);
        } else if (failures.size() < MOST || failures.containsKey(webhook)) {
            failures.merge(
                    webhook,
                    new Failures(1, failure.error()),
                    (before, now) -> new Failures(before.count() + 1, now.error()));
        }
    }

    /** The webhooks whose last requests all failed, in the order of their names; a copy. */
    @NonNull
    Map<String, Failures> failures() {
        return new TreeMap<>(failures);
    }
}

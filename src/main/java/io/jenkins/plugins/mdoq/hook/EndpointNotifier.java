package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells endpoints what they cannot decide on: that their lock was given up, or how a rollback ended. Best effort: each is
 * sent one request, and nothing waits for the answer but its history.
 */
final class EndpointNotifier {

    private static final Logger LOGGER = Logger.getLogger(EndpointNotifier.class.getName());

    private final EngineServices services;
    private final ReleaseProcess process;
    private final EventJournal journal;
    private final SerialExecutor tasks;
    private final Requests requests;

    EndpointNotifier(EngineServices services, ReleaseProcess process, EventJournal journal, SerialExecutor tasks) {
        this.services = services;
        this.process = process;
        this.journal = journal;
        this.tasks = tasks;
        this.requests = new Requests(services, process);
    }

    /**
     * Notifies the endpoints of some deliveries.
     *
     * @param about the fired event
     * @param plans the deliveries of it whose endpoints are notified
     * @param event the event's name as it travels
     * @param data what they are told, beside the fields of the protocol
     * @return completes when all have been notified, or could not be; never exceptionally
     */
    @NonNull
    CompletableFuture<Void> send(
            @NonNull EventHistory about,
            @NonNull List<PlannedDelivery> plans,
            @NonNull String event,
            @NonNull ObjectNode data) {
        return CompletableFuture.allOf(
                plans.stream().map(plan -> send(about, plan, event, data)).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> send(EventHistory about, PlannedDelivery plan, String event, ObjectNode data) {
        String id = plan.id() + "_" + event;
        // The lock goes along so that the endpoint knows which of its tasks is meant; it cannot be released any more.
        Payload payload = new Payload(
                about.fired().instance(),
                process.number(),
                plan.lock(),
                event,
                plan.webhook(),
                id,
                null,
                null,
                about.fired().source(),
                data);
        CompletableFuture<Void> done = new CompletableFuture<>();
        requests.send(plan, id, payload)
                .thenAccept(reply -> tasks.execute(() -> {
                    record(plan, event, reply);
                    done.complete(null);
                }));
        return done;
    }

    private void record(PlannedDelivery plan, String event, Reply reply) {
        Instant now = services.clock().instant();
        Fact.Noticed noticed = reply instanceof Reply.Failure failure
                ? new Fact.Noticed(now, plan.id(), event, failure.status(), Limits.message(failure.error()))
                : new Fact.Noticed(now, plan.id(), event, ((Reply.Answer) reply).status(), null);
        try {
            journal.append(noticed, plan);
        } catch (IOException e) {
            // The verdict stands already; that a courtesy could not be noted must not change how the process ends.
            LOGGER.log(
                    Level.WARNING, "Could not note in the webhook history that " + plan.webhook() + " was notified", e);
        }
    }
}

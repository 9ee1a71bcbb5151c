package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells endpoints what they cannot decide on: that their lock was given up, or how a rollback ended. Best effort: each is
 * told once, and nothing waits for the answer but its history.
 */
final class EndpointNotifier {

    private static final Logger LOGGER = Logger.getLogger(EndpointNotifier.class.getName());

    private EndpointNotifier() {}

    /**
     * Tells the endpoints of some deliveries.
     *
     * @param inOrder does the work, one piece at a time, so that the listener is told one thing at a time
     * @param plans the deliveries of {@code about} whose endpoints are told
     * @param event the event's name as it travels
     * @param data what they are told, beside the fields of the protocol
     * @return completes when all have been told, or could not be; never exceptionally
     */
    static CompletableFuture<Void> tell(
            EngineServices services,
            Executor inOrder,
            ReleaseProcess process,
            EventHistory about,
            List<PlannedDelivery> plans,
            String event,
            ObjectNode data) {
        return CompletableFuture.allOf(plans.stream()
                .map(plan -> tell(services, inOrder, process, about, plan, event, data))
                .toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<Void> tell(
            EngineServices services,
            Executor inOrder,
            ReleaseProcess process,
            EventHistory about,
            PlannedDelivery plan,
            String event,
            ObjectNode data) {
        Secrets secrets = services.directory().secrets(plan.webhook(), plan.secretIds());
        CompletableFuture<Reply> reply;
        if (secrets.isEmpty()) {
            reply = CompletableFuture.completedFuture(Sender.noSecret(plan));
        } else {
            String id = plan.id() + "_" + event;
            ObjectNode instance = about.fired().instance();
            // The lock goes along so that the endpoint knows which of its tasks is meant; it cannot be released any
            // more.
            Payload payload =
                    new Payload(instance, process.number(), plan.lock(), event, plan.webhook(), id, null, null, data);
            try {
                reply = services.client().send(Sender.delivery(plan, id, secrets, payload));
            } catch (IllegalArgumentException e) {
                reply = CompletableFuture.completedFuture(new Reply.Failure(e.getMessage(), null, null, false, null));
            }
        }
        return reply.thenAcceptAsync(
                answer -> record(services, process, plan, noticed(services, plan, event, answer)), inOrder);
    }

    private static Fact.Noticed noticed(EngineServices services, PlannedDelivery plan, String event, Reply reply) {
        if (reply instanceof Reply.Failure failure) {
            return new Fact.Noticed(
                    services.clock().instant(), plan.id(), event, failure.status(), Limits.message(failure.error()));
        }
        return new Fact.Noticed(services.clock().instant(), plan.id(), event, ((Reply.Answer) reply).status(), null);
    }

    private static void record(
            EngineServices services, ReleaseProcess process, PlannedDelivery plan, Fact.Noticed noticed) {
        try {
            process.journal()
                    .redacting(services.redactor(List.of(plan)))
                    .append(List.of(noticed))
                    .forEach(fact -> process.listener().happened(plan.webhook(), fact));
        } catch (IOException e) {
            // The verdict stands already; that a courtesy could not be noted must not change how the process ends.
            LOGGER.log(Level.WARNING, "Could not note in the webhook history that " + plan.webhook() + " was told", e);
        }
    }
}

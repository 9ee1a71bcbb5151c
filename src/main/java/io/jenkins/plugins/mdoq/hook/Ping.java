package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Tries a webhook out: the event {@code ping}, marked as a test and without a lock (protocol: "more events"). It belongs to no
 * release and leaves no history.
 */
public final class Ping {

    /** The event as it travels. */
    public static final ReleaseEvent EVENT = new ReleaseEvent("ping");

    /**
     * What a ping brought.
     *
     * @param reply the answer or why there is none, secrets masked
     * @param took how long it took
     */
    public record Trial(@NonNull Reply reply, @NonNull Duration took) {}

    private Ping() {}

    /**
     * Sends a webhook one request, once, whatever events it listens to.
     *
     * @return completes with what it brought, never exceptionally
     */
    @NonNull
    public static CompletableFuture<Reply> send(@NonNull EngineServices services, @NonNull Webhook webhook) {
        return send(services, plan(services, webhook));
    }

    /**
     * Sends a webhook one request, once, and says how long that took.
     *
     * @return completes with what it brought, secrets masked; never exceptionally
     */
    @NonNull
    public static CompletableFuture<Trial> trial(@NonNull EngineServices services, @NonNull Webhook webhook) {
        Instant begun = services.clock().instant();
        PlannedDelivery plan = plan(services, webhook);
        return send(services, plan)
                .thenApply(reply -> new Trial(
                        masked(reply, services.redactor(List.of(plan))),
                        Duration.between(begun, services.clock().instant())));
    }

    private static PlannedDelivery plan(EngineServices services, Webhook webhook) {
        return DeliveryPlanner.plan(
                webhook, EventSettings.of(EVENT), null, services.clock().instant());
    }

    private static CompletableFuture<Reply> send(EngineServices services, PlannedDelivery plan) {
        Payload payload = new Payload(
                JsonNodeFactory.instance.objectNode(),
                services.clock().instant().getEpochSecond(),
                null,
                EVENT.name(),
                plan.webhook(),
                plan.id(),
                null,
                null,
                null,
                JsonNodeFactory.instance.objectNode().put("test", true));
        return new Requests(services, null).send(plan, plan.id(), payload);
    }

    private static Reply masked(Reply reply, Redactor redactor) {
        if (reply instanceof Reply.Failure failure) {
            return new Reply.Failure(
                    redactor.text(failure.error()),
                    failure.status(),
                    redactor.text(failure.body()),
                    failure.retryable(),
                    failure.retryAfter());
        }
        Reply.Answer answer = (Reply.Answer) reply;
        return new Reply.Answer(
                answer.status(), answer.result(), redactor.object(answer.data()), redactor.texts(answer.notes()));
    }
}

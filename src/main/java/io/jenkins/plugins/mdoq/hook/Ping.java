package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import java.util.concurrent.CompletableFuture;

/**
 * Tries a webhook out: the event {@code ping}, marked as a test and without a lock (protocol: "more events"). It belongs to no
 * release and leaves no history.
 */
public final class Ping {

    /** The event as it travels. */
    public static final ReleaseEvent EVENT = new ReleaseEvent("ping");

    private Ping() {}

    /**
     * Sends a webhook one request, once, whatever events it listens to.
     *
     * @return completes with what it brought, never exceptionally
     */
    @NonNull
    public static CompletableFuture<Reply> send(@NonNull EngineServices services, @NonNull Webhook webhook) {
        PlannedDelivery plan = DeliveryPlanner.plan(
                webhook, EventSettings.of(EVENT), null, services.clock().instant());
        Payload payload = new Payload(
                JsonNodeFactory.instance.objectNode(),
                services.clock().instant().getEpochSecond(),
                null,
                EVENT.name(),
                webhook.name(),
                plan.id(),
                null,
                null,
                JsonNodeFactory.instance.objectNode().put("test", true));
        return new Requests(services, null).send(plan, plan.id(), payload);
    }
}

package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.lock.LockKey;
import io.jenkins.plugins.mdoq.lock.LockValue;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns an event about to be fired and the configuration of now into what the journal keeps of them. */
final class DeliveryPlanner {

    /** Stands for a secret when a body is measured: the real one may be rotated between two tries. */
    static final SharedSecret LONGEST_SECRET = SharedSecret.of("x".repeat(1024));

    private DeliveryPlanner() {}

    static Fact.Fired fired(FireRequest firing, ReleaseProcess process, Instant now, LockKey key) {
        List<PlannedDelivery> plans = new ArrayList<>();
        List<PassedBy> passedBy = new ArrayList<>();
        for (Webhook webhook : firing.webhooks()) {
            EventSettings settings = webhook.settingsFor(firing.event());
            String reason = webhook.jobs().passedBy(process.job());
            if (settings != null && reason != null) {
                passedBy.add(new PassedBy(webhook.name(), reason));
            } else if (settings != null) {
                plans.add(plan(webhook, settings, lock(webhook, settings, process, key), now));
            }
        }
        return new Fact.Fired(
                now,
                firing.key(),
                firing.event().name(),
                process.number(),
                firing.instance(),
                firing.data(),
                plans,
                firing.source(),
                passedBy,
                firing.event().tellsOnly() ? true : null);
    }

    /** The key under which an event tells of the locks that another one gave up. Keys of events begin with no blank. */
    static String cancelledKey(String key) {
        return " " + key + ReleaseEvent.CANCELLED;
    }

    /**
     * The event {@code <event>_cancelled} for the webhooks that listen to it, or null if none does.
     *
     * @param about the event whose locks were given up
     * @param givenUp the deliveries that held one until now
     */
    @CheckForNull
    static Fact.Fired cancelled(Fact.Fired about, List<PlannedDelivery> givenUp, String reason, Instant now) {
        List<PlannedDelivery> plans = givenUp.stream()
                .filter(plan -> Boolean.TRUE.equals(plan.hearsOfCancel()))
                .map(plan -> plan.cancelled(newId()))
                .toList();
        return plans.isEmpty()
                ? null
                : new Fact.Fired(
                        now,
                        cancelledKey(about.key()),
                        about.event() + ReleaseEvent.CANCELLED,
                        about.parentLog(),
                        about.instance(),
                        JsonNodeFactory.instance.objectNode().put("reason", reason),
                        plans,
                        about.source(),
                        List.of(),
                        true);
    }

    private static String newId() {
        return "msg_" + LockValue.randomToken();
    }

    @CheckForNull
    private static String lock(Webhook webhook, EventSettings settings, ReleaseProcess process, LockKey key) {
        return settings.blocking() && webhook.decides() && !settings.event().tellsOnly()
                ? LockValue.mint(key, process.job(), process.number(), webhook.name())
                        .toString()
                : null;
    }

    /** Plans one delivery, with the lock that it holds. */
    static PlannedDelivery plan(Webhook webhook, EventSettings settings, @CheckForNull String lock, Instant now) {
        boolean expires = lock != null && !settings.lockTimeout().isZero();
        boolean beats = lock != null && !settings.heartbeat().isZero();
        return new PlannedDelivery(
                newId(),
                webhook.name(),
                webhook.url().toString(),
                webhook.secretIds(),
                (int) webhook.timeout().toSeconds(),
                webhook.tries(),
                webhook.sign(),
                lock,
                expires ? now.plus(settings.lockTimeout()) : null,
                webhook.allowFrom(),
                settings.onFail(),
                settings.onDeliveryError(),
                beats ? settings.heartbeat().toSeconds() : null,
                settings.onLockTimeout(),
                webhook.format(),
                lock != null && webhook.settingsFor(settings.event().cancelled()) != null ? true : null,
                null);
    }
}

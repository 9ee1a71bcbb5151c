package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.delivery.PayloadFormats;
import io.jenkins.plugins.mdoq.delivery.RetryPolicy;
import io.jenkins.plugins.mdoq.delivery.WebhookSender;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.lock.LockKey;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all hooks share.
 *
 * @param client sends the requests
 * @param retries says when to try again
 * @param scheduler starts what is due later; does nothing else, so one thread will do
 * @param executor does the work, disk I/O included
 * @param clock the time
 * @param webhooks knows the secrets and URLs
 * @param held knows who waits for which lock
 * @param formats the formats that webhooks may have
 * @param lockKey what the values of locks are made with
 */
public record EngineServices(
        @NonNull WebhookSender client,
        @NonNull RetryPolicy retries,
        @NonNull ScheduledExecutorService scheduler,
        @NonNull Executor executor,
        @NonNull Clock clock,
        @NonNull WebhookDirectory webhooks,
        @NonNull LockWaiters held,
        @NonNull PayloadFormats formats,
        @NonNull LockKey lockKey) {

    /** With the formats of our own. */
    public EngineServices(
            @NonNull WebhookSender client,
            @NonNull RetryPolicy retries,
            @NonNull ScheduledExecutorService scheduler,
            @NonNull Executor executor,
            @NonNull Clock clock,
            @NonNull WebhookDirectory webhooks,
            @NonNull LockWaiters held,
            @NonNull LockKey lockKey) {
        this(client, retries, scheduler, executor, clock, webhooks, held, PayloadFormats.BUILT_IN, lockKey);
    }

    /** The same with another sender and other secrets and URLs. */
    @NonNull
    public EngineServices with(@NonNull WebhookSender sender, @NonNull WebhookDirectory directory) {
        return new EngineServices(sender, retries, scheduler, executor, clock, directory, held, formats, lockKey);
    }

    /**
     * A redactor for whatever is written about some deliveries. It knows the secrets and URLs of all webhooks, as an endpoint may
     * know those of another one, and those of the deliveries, whose webhooks may be gone from the configuration.
     */
    @NonNull
    Redactor redactor(@NonNull Collection<PlannedDelivery> plans) {
        List<Secrets> known = new ArrayList<>();
        plans.forEach(plan -> known.add(webhooks.secrets(plan.webhook(), plan.secretIds())));
        return webhooks.redactor(Secrets.union(known));
    }
}

package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.delivery.DeliveryClient;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.delivery.RetryPolicy;
import io.jenkins.plugins.mdoq.hook.EngineServices;
import io.jenkins.plugins.mdoq.hook.Ping;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import io.jenkins.plugins.mdoq.lock.SecretLockKey;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** Pings webhooks from the command line. */
final class Pings {

    private Pings() {}

    /**
     * Sends each webhook a ping, all at the same time, and waits for the answers.
     *
     * @return what each of them brought, by the webhook's name and in the order of the configuration
     */
    static Map<String, Reply> send(Configuration configuration, Map<String, String> environment) {
        Clock clock = Clock.systemUTC();
        ScheduledExecutorService scheduler = DaemonThreads.scheduler("mdoq-scheduler");
        try (DeliveryClient client = new DeliveryClient(
                new EnvironmentProxies(environment), scheduler, clock, "mdoq-release-hook/" + Version.TEXT)) {
            EngineServices services = new EngineServices(
                    client,
                    // Nothing is tried again.
                    new RetryPolicy(() -> 0),
                    scheduler,
                    Runnable::run,
                    clock,
                    new ConfigurationDirectory(configuration, environment),
                    new LockWaiters(),
                    // A ping holds no lock.
                    new SecretLockKey(SecretLockKey.random()));
            Map<String, CompletableFuture<Reply>> sent = new LinkedHashMap<>();
            for (Webhook webhook : configuration.webhooks()) {
                sent.put(webhook.name(), Ping.send(services, webhook));
            }
            Map<String, Reply> replies = new LinkedHashMap<>();
            sent.forEach((name, reply) -> replies.put(name, reply.join()));
            return replies;
        } finally {
            scheduler.shutdownNow();
        }
    }
}

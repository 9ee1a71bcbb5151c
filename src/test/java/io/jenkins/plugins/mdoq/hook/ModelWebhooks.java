package io.jenkins.plugins.mdoq.hook;

import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The webhooks of the model: each has other settings. */
final class ModelWebhooks {

    static final List<String> NAMES = List.of("gate", "watch", "plain", "strict");

    private ModelWebhooks() {}

    static URI url(String name) {
        return URI.create("http://127.0.0.1:8099/" + name);
    }

    static Webhook webhook(String name, ReleaseEvent event) {
        return new Webhook(
                name,
                WebhookUrl.of(url(name)),
                List.of("secret-of-" + name),
                Duration.ofSeconds(60),
                3,
                name.equals("strict"),
                List.of(),
                List.of(settings(name, event)));
    }

    private static EventSettings settings(String name, ReleaseEvent event) {
        return switch (name) {
            // Waits for as long as it takes.
            case "gate" -> settings(event, true, Duration.ZERO, Duration.ZERO, OnFail.CONTINUE, OnLockTimeout.FAIL);
            // Both deadlines, and what they come to is severe.
            case "watch" ->
                settings(
                        event,
                        true,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(90),
                        OnFail.UNSTABLE,
                        OnLockTimeout.ROLLBACK);
            case "plain" -> settings(event, false, Duration.ZERO, Duration.ZERO, OnFail.CONTINUE, OnLockTimeout.FAIL);
            default -> settings(event, true, Duration.ofMinutes(5), Duration.ZERO, OnFail.FAIL, OnLockTimeout.UNSTABLE);
        };
    }

    private static EventSettings settings(
            ReleaseEvent event,
            boolean blocking,
            Duration timeout,
            Duration heartbeat,
            OnFail onFail,
            OnLockTimeout onLockTimeout) {
        OnDeliveryError onError = onFail == OnFail.CONTINUE ? OnDeliveryError.CONTINUE : OnDeliveryError.FAIL;
        return new EventSettings(event, blocking, timeout, onFail, onError, heartbeat, onLockTimeout);
    }
}

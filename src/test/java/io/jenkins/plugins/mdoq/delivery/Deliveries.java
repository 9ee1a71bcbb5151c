package io.jenkins.plugins.mdoq.delivery;

import io.jenkins.plugins.mdoq.kit.JsonObjects;
import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import io.jenkins.plugins.mdoq.kit.MovableClock;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** Deliveries and a client to send them with. */
final class Deliveries {

    static final String SECRET = "mdoq-is-awesome";
    static final String LOCK = "team/app#17:release-gate:AAAAAAAAAAAAAAAAAAAAAAAA";
    static final Instant NOW = MovableClock.START;
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private Deliveries() {}

    static Payload payload(String lock) {
        return new Payload(
                JsonObjects.object().put("version", "1.2.3"),
                17,
                lock,
                "before_release",
                "release-gate",
                "dlv_1",
                URI.create("https://ci.example.com/mdoq/lock/release"),
                URI.create("https://ci.example.com/mdoq/lock/log"),
                JsonObjects.object().put("job", "shop/release"),
                null);
    }

    static WebhookRequest to(URI url) {
        return to(url, Secrets.ofTexts(SECRET), false);
    }

    static WebhookRequest to(URI url, Secrets secrets, boolean sign) {
        return new WebhookRequest("dlv_1", url, secrets, payload(null), Duration.ofSeconds(60), sign);
    }

    static DeliveryClient client(ManualScheduler scheduler) {
        return client(scheduler, ProxySettings.direct());
    }

    static DeliveryClient client(ManualScheduler scheduler, ProxySettings proxies) {
        return new DeliveryClient(proxies, scheduler, CLOCK, "mdoq-release-hook/1.0");
    }

    /** Sends a delivery and waits for what it brings; the timeout only keeps a broken test from hanging. */
    static Reply send(WebhookRequest delivery) throws Exception {
        return send(delivery, ProxySettings.direct());
    }

    static Reply send(WebhookRequest delivery, ProxySettings proxies) throws Exception {
        try (DeliveryClient client = client(new ManualScheduler(CLOCK), proxies)) {
            return client.send(delivery).get(20, TimeUnit.SECONDS);
        }
    }

    static Reply.Failure failure(WebhookRequest delivery) throws Exception {
        Reply reply = send(delivery);
        if (reply instanceof Reply.Failure failure) {
            return failure;
        }
        throw new AssertionError("no failure but " + reply);
    }

    static Reply.Answer answer(WebhookRequest delivery) throws Exception {
        Reply reply = send(delivery);
        if (reply instanceof Reply.Answer answer) {
            return answer;
        }
        throw new AssertionError("no answer but " + reply);
    }
}

package io.jenkins.plugins.mdoq.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** Deliveries and a client to send them with. */
final class Deliveries {

    static final String SECRET = "mdoq-is-awesome";
    static final String LOCK = "team/app#17:release-gate:AAAAAAAAAAAAAAAAAAAAAAAA";
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private Deliveries() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Payload payload(String lock) {
        return new Payload(
                object().put("version", "1.2.3"),
                17,
                lock,
                "before_release",
                "release-gate",
                "dlv_1",
                URI.create("https://ci.example.com/mdoq/lock/release"),
                URI.create("https://ci.example.com/mdoq/lock/log"),
                null);
    }

    static Delivery to(URI url) {
        return to(url, Secrets.ofTexts(SECRET), false);
    }

    static Delivery to(URI url, Secrets secrets, boolean sign) {
        return new Delivery("dlv_1", url, secrets, payload(null), Duration.ofSeconds(60), sign);
    }

    static DeliveryClient client(HandScheduler scheduler) {
        HttpClient http = DeliveryClient.configure(HttpClient.newBuilder()).build();
        return new DeliveryClient(() -> http, scheduler, CLOCK, "mdoq-release-hook/1.0");
    }

    /** Sends a delivery and waits for what it brings; the timeout only keeps a broken test from hanging. */
    static Reply send(Delivery delivery) throws Exception {
        return client(new HandScheduler()).send(delivery).get(20, TimeUnit.SECONDS);
    }

    static Reply.Failure failure(Delivery delivery) throws Exception {
        Reply reply = send(delivery);
        if (reply instanceof Reply.Failure failure) {
            return failure;
        }
        throw new AssertionError("no failure but " + reply);
    }

    static Reply.Answer answer(Delivery delivery) throws Exception {
        Reply reply = send(delivery);
        if (reply instanceof Reply.Answer answer) {
            return answer;
        }
        throw new AssertionError("no answer but " + reply);
    }
}

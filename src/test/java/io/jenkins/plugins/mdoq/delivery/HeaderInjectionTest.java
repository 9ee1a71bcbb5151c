package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.JsonObjects;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Names and maps of a Pipeline travel in the body, and none of them can add a header or end one. */
class HeaderInjectionTest {

    private static final String HOSTILE = "x\r\nX-Injected: 1\r\n\r\nPOST /other HTTP/1.1\r\n";

    @Test
    void shouldSendWhateverNamesAndMapsHoldInTheBodyAlone() throws Exception {
        Payload hostile = new Payload(
                JsonObjects.object().put(HOSTILE, HOSTILE),
                17,
                "job" + HOSTILE + "#17:gate:AAAAAAAAAAAAAAAAAAAAAAAA",
                HOSTILE,
                HOSTILE,
                "dlv_1",
                URI.create("https://ci.example.com/mdoq/lock/release"),
                URI.create("https://ci.example.com/mdoq/lock/log"),
                JsonObjects.object().put(HOSTILE, HOSTILE),
                JsonObjects.object().put(HOSTILE, HOSTILE));
        try (RawServer server =
                RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")) {
            Deliveries.answer(new WebhookRequest(
                    "dlv_1",
                    server.url("/hook"),
                    Secrets.ofTexts(Deliveries.SECRET),
                    hostile,
                    Duration.ofSeconds(60),
                    true));
            RawServer.Captured request = server.take();

            assertThat(request.headerLines())
                    .extracting(line -> line.substring(0, line.indexOf(':')))
                    .containsExactlyInAnyOrder(
                            "Host",
                            "Content-Type",
                            "Content-Length",
                            "Accept",
                            "User-Agent",
                            "X-MDOQ-Secret",
                            "webhook-id",
                            "webhook-timestamp",
                            "webhook-signature");
            assertThat(request.head()).doesNotContain("Injected");
            assertThat(request.bodyText()).contains("X-Injected").doesNotContain("\r", "\n");
        }
    }
}

package io.jenkins.plugins.mdoq.delivery;

import static io.jenkins.plugins.mdoq.delivery.Deliveries.LOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The request as it is on the wire, read off a socket. */
class DeliveryRequestTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

    private RawServer server;

    @BeforeEach
    void start() throws Exception {
        server = RawServer.answering(OK);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private RawServer.Captured sent(WebhookRequest delivery) throws Exception {
        Deliveries.answer(delivery);
        return server.take();
    }

    @Test
    @DisplayName("protocol: method — every request is a POST")
    void shouldPost() throws Exception {
        assertThat(sent(Deliveries.to(server.url("/hook?stage=1"))).requestLine())
                .isEqualTo("POST /hook?stage=1 HTTP/1.1");
    }

    @Test
    @DisplayName("protocol: headers — to the letter, and none but those that HTTP itself needs beside them")
    void shouldSendTheDocumentedHeadersAndNoOthers() throws Exception {
        RawServer.Captured request = sent(Deliveries.to(server.url("/hook")));

        assertThat(request.headerLines())
                .containsExactlyInAnyOrder(
                        "Content-Length: " + request.body().length,
                        "Host: 127.0.0.1:" + server.port(),
                        "Content-Type: application/json",
                        "Accept: application/json",
                        "User-Agent: MDOQ Webhook (https://www.mdoq.io) mdoq-release-hook/1.0",
                        "X-MDOQ-Secret: mdoq-is-awesome");
    }

    @Test
    @DisplayName("protocol: headers — User-Agent is MDOQ's alone without a product of ours")
    void shouldSendMdoqsUserAgentAlone() throws Exception {
        ManualScheduler scheduler = new ManualScheduler(Deliveries.CLOCK);
        try (DeliveryClient client = new DeliveryClient(ProxySettings.direct(), scheduler, Deliveries.CLOCK, "")) {
            client.send(Deliveries.to(server.url("/hook"))).get(20, TimeUnit.SECONDS);
        }

        assertThat(server.take().headerLines()).contains("User-Agent: MDOQ Webhook (https://www.mdoq.io)");
    }

    @Test
    @DisplayName("protocol: body — byte for byte, without a lock")
    void shouldSendTheBodyByteForByte() throws Exception {
        assertThat(sent(Deliveries.to(server.url("/hook"))).bodyText())
                .isEqualTo("{\"secret\":\"mdoq-is-awesome\",\"instance\":{\"version\":\"1.2.3\"},\"parent_log\":17,"
                        + "\"event\":\"before_release\",\"webhook\":\"release-gate\",\"delivery\":\"dlv_1\","
                        + "\"source\":{\"job\":\"shop/release\"}}");
    }

    @Test
    @DisplayName("protocol: blocking — byte for byte, with the lock and where to release it")
    void shouldSendTheLockOfABlockingEvent() throws Exception {
        WebhookRequest delivery = new WebhookRequest(
                "dlv_1",
                server.url("/hook"),
                Secrets.ofTexts(Deliveries.SECRET),
                Deliveries.payload(LOCK),
                Duration.ofSeconds(60),
                false);

        assertThat(sent(delivery).bodyText())
                .isEqualTo("{\"secret\":\"mdoq-is-awesome\",\"instance\":{\"version\":\"1.2.3\"},\"parent_log\":17,"
                        + "\"lock\":\"" + LOCK + "\",\"event\":\"before_release\",\"webhook\":\"release-gate\","
                        + "\"delivery\":\"dlv_1\",\"release_url\":\"https://ci.example.com/mdoq/lock/release\","
                        + "\"log_url\":\"https://ci.example.com/mdoq/lock/log\","
                        + "\"source\":{\"job\":\"shop/release\"}}");
    }

    @Test
    @DisplayName("protocol: secret — of several the first is sent, in the header and in the body, and no other")
    void shouldSendTheFirstSecret() throws Exception {
        RawServer.Captured request =
                sent(Deliveries.to(server.url("/hook"), Secrets.ofTexts("the-new-one", "the-old-one"), false));

        assertThat(request.headerLines()).contains("X-MDOQ-Secret: the-new-one");
        assertThat(request.bodyText()).startsWith("{\"secret\":\"the-new-one\",");
        assertThat(request.head() + request.bodyText()).doesNotContain("the-old-one");
    }

    @Test
    @DisplayName("protocol: signing — the three headers of Standard Webhooks, over the body as it travels")
    void shouldSignWhatItSends() throws Exception {
        Secrets secrets = Secrets.ofTexts("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "the-old-one");
        RawServer.Captured request = sent(Deliveries.to(server.url("/hook"), secrets, true));

        long timestamp = Deliveries.NOW.getEpochSecond();
        String signature = Signature.header(secrets, "dlv_1", timestamp, request.body());
        assertThat(signature.split(" ")).as("one for each secret").hasSize(2);
        assertThat(request.headerLines())
                .contains("webhook-id: dlv_1", "webhook-timestamp: " + timestamp, "webhook-signature: " + signature);
    }

    @Test
    @DisplayName("protocol: signing — optional: without it none of its headers")
    void shouldNotSignUnlessAsked() throws Exception {
        assertThat(sent(Deliveries.to(server.url("/hook"))).head()).doesNotContainIgnoringCase("webhook-");
    }

    @Test
    @DisplayName("protocol: more body fields — the delivery's id is the same on every retry")
    void shouldSendTheSameIdAgain() throws Exception {
        WebhookRequest delivery = Deliveries.to(server.url("/hook"));

        List<String> bodies = List.of(sent(delivery).bodyText(), sent(delivery).bodyText());

        assertThat(bodies.get(1)).isEqualTo(bodies.get(0)).contains("\"delivery\":\"dlv_1\"");
    }
}

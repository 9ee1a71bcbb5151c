package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints with certificates of a private authority. */
@Timeout(120)
class DeliveryTlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final Connector.Resolver LOOPBACK = name -> new InetAddress[] {InetAddress.getLoopbackAddress()};

    @TempDir
    private static Path folder;

    private static PrivateAuthority authority;

    @BeforeAll
    static void issue() throws Exception {
        authority = new PrivateAuthority(folder);
        authority.issue("gate", "dns:gate.example.com,dns:xn--bcher-kva.example,ip:127.0.0.1");
        authority.issue("expired", "dns:gate.example.com", "-startdate", "2020/01/01 00:00:00", "-validity", "30");
        authority.issue("early", "dns:gate.example.com", "-startdate", "+365d", "-validity", "30");
    }

    private static DeliveryClient client() {
        return new DeliveryClient(
                ProxySettings.direct(), new ManualScheduler(Deliveries.CLOCK), Deliveries.CLOCK, "", LOOPBACK);
    }

    private static Reply send(DeliveryClient client, String host, int port) throws Exception {
        try (client) {
            return client.send(Deliveries.to(URI.create("https://" + host + ":" + port + "/hook")))
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static Reply trusting(String alias, String host) throws Exception {
        try (RawServer server = RawServer.on(authority.listen(alias), socket -> RawServer.write(socket, OK))) {
            return send(authority.trusted(DeliveryTlsTest::client), host, server.port());
        }
    }

    @Test
    @DisplayName(
            "protocol: security — TLS from the JVM's trust store, by name, by address and by an international name")
    void shouldTrustWhatTheTrustStoreTrusts() throws Exception {
        for (String host : new String[] {"gate.example.com", "127.0.0.1", "bücher.example"}) {
            assertThat(trusting("gate", host)).as(host).isInstanceOf(Reply.Answer.class);
        }
    }

    private static void assertRefused(Reply reply, String... texts) {
        Reply.Failure failure = (Reply.Failure) reply;
        assertThat(failure.error()).contains(texts).doesNotContain("\n");
        assertThat(failure.retryable()).as("a certificate stays what it is").isFalse();
        assertThat(failure.status()).isNull();
    }

    @Test
    @DisplayName(
            "protocol: delivery error — a certificate of an unknown authority: whose it is, and the option that helps")
    void shouldNameAnUnknownAuthority() throws Exception {
        try (RawServer server = RawServer.on(authority.listen("gate"), socket -> RawServer.write(socket, OK))) {
            assertRefused(
                    send(client(), "gate.example.com", server.port()),
                    "gate.example.com:" + server.port()
                            + " shows a certificate that is not trusted: of CN=gate, issued by "
                            + PrivateAuthority.NAME,
                    "-Djavax.net.ssl.trustStore=FILE");
            assertThat(server.unread()).as("nothing was sent").isZero();
        }
    }

    @Test
    void shouldSayThatACertificateHasExpiredOrIsEarly() throws Exception {
        assertRefused(trusting("expired", "gate.example.com"), "of CN=expired", "expired on 2020-01-31T", "renewed");
        assertRefused(trusting("early", "gate.example.com"), "of CN=early", "not valid before ", "clocks");
    }

    @Test
    void shouldSayThatACertificateIsForAnotherName() throws Exception {
        assertRefused(
                trusting("gate", "other.example.com"),
                "other.example.com:",
                " shows a certificate for another name: ",
                "gate.example.com");
    }

    @Test
    @DisplayName("protocol: delivery error — plain HTTP spoken to a port with TLS")
    void shouldSayThatAPortSpeaksTls() throws Exception {
        try (RawServer server = RawServer.on(authority.listen("gate"), socket -> RawServer.write(socket, OK))) {
            assertRefused(
                    Deliveries.failure(Deliveries.to(server.url("/hook"))),
                    "127.0.0.1:" + server.port()
                            + " speaks TLS, but was called without; write https:// in the webhook's URL");
        }
        String nginx = "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>";
        try (RawServer server = RawServer.answering(
                "HTTP/1.1 400 Bad Request\r\nContent-Length: " + nginx.length() + "\r\n\r\n" + nginx)) {
            assertThat(Deliveries.failure(Deliveries.to(server.url("/hook"))).error())
                    .isEqualTo("HTTP status 400 without a result; the port speaks TLS, so write https:// in the"
                            + " webhook's URL");
        }
    }

    @Test
    void shouldSayThatTheTrustStoreCannotBeUsed() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.p12"), "no key store");
        String missing = folder.resolve("missing.p12").toString();
        for (String named : new String[] {missing, broken.toString()}) {
            try (RawServer server = RawServer.on(authority.listen("gate"), socket -> RawServer.write(socket, OK))) {
                assertRefused(
                        send(
                                PrivateAuthority.withStore(named, DeliveryTlsTest::client),
                                "gate.example.com",
                                server.port()),
                        "no certificate can be checked: the trust store " + named,
                        "javax.net.ssl.trustStore");
            }
        }
    }

    @Test
    @DisplayName("protocol: timeout — a TLS handshake that does not end is ended, and the connection given back")
    void shouldEndAHandshakeThatHangs() throws Exception {
        ManualScheduler scheduler = new ManualScheduler(Deliveries.CLOCK);
        CountDownLatch hello = new CountDownLatch(1);
        CompletableFuture<Integer> left = new CompletableFuture<>();
        try (RawServer server = RawServer.raw(socket -> {
                    socket.getInputStream().read();
                    hello.countDown();
                    try {
                        while (socket.getInputStream().read() >= 0) {
                            // The rest of the greeting.
                            continue;
                        }
                        left.complete(-1);
                    } catch (IOException reset) {
                        left.complete(-1);
                    }
                });
                DeliveryClient client = Deliveries.client(scheduler)) {
            CompletableFuture<Reply> reply =
                    client.send(Deliveries.to(URI.create("https://127.0.0.1:" + server.port() + "/hook")));
            assertThat(hello.await(20, TimeUnit.SECONDS)).isTrue();
            scheduler.runAll();

            assertThat(((Reply.Failure) reply.get(20, TimeUnit.SECONDS)).error())
                    .isEqualTo("no whole answer within 60 s: the TLS handshake with 127.0.0.1:" + server.port()
                            + " did not end");
            assertThat(left.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("protocol: delivery error — an endpoint that asks for a client's certificate")
    void shouldSayThatAClientCertificateIsAskedFor() throws Exception {
        SSLServerSocket listener = authority.listen("gate");
        listener.setNeedClientAuth(true);
        try (RawServer server = RawServer.on(listener, socket -> RawServer.write(socket, OK))) {
            Reply.Failure failure =
                    (Reply.Failure) send(authority.trusted(DeliveryTlsTest::client), "gate.example.com", server.port());

            assertThat(failure.error()).contains("gate.example.com:" + server.port());
            assertThat(failure.error()).containsAnyOf("-Djavax.net.ssl.keyStore", "closed the connection");
        }
    }
}

package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that are kept: used again, and made anew without using up a try when they are gone. */
@Timeout(60)
class KeptConnectionsTest {

    @Test
    @DisplayName("protocol: retries — a request on a kept connection that is gone is sent again without using up a try")
    void shouldSendAnewWhatWentIntoAStaleConnection() throws Exception {
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        try (RawServer server = RawServer.that(socket -> {
                    RawServer.write(socket, ok);
                    // It reads the next request on the connection and drops it, as if it had gone in between.
                    InputStream in = socket.getInputStream();
                    if (in.read() >= 0) {
                        socket.setSoLinger(true, 0);
                    }
                });
                DeliveryClient client = Deliveries.client(new ManualScheduler(Deliveries.CLOCK))) {
            for (int i = 0; i < 3; i++) {
                Reply reply = client.send(Deliveries.to(server.url("/hook"))).get(20, TimeUnit.SECONDS);
                assertThat(reply).as("request " + i).isInstanceOf(Reply.Answer.class);
            }
        }
    }

    @Test
    @DisplayName("protocol: retries — but not one that a fresh connection has lost")
    void shouldNotSendAnewWhatWentIntoAFreshConnection() throws Exception {
        try (RawServer server = RawServer.that(socket -> {})) {
            Reply.Failure failure = Deliveries.failure(Deliveries.to(server.url("/hook")));

            assertThat(failure.error()).endsWith(": it was closed without an answer");
            server.take();
            assertThat(server.unread()).isZero();
        }
    }

    @Test
    void shouldKeepConnectionsAndUseThemAgain() throws Exception {
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        try (RawServer server = RawServer.that(socket -> {
                    RawServer.write(socket, ok);
                    while (true) {
                        RawServer.read(socket.getInputStream());
                        RawServer.write(socket, ok.replace("200", "201"));
                    }
                });
                DeliveryClient client = Deliveries.client(new ManualScheduler(Deliveries.CLOCK))) {
            client.send(Deliveries.to(server.url("/hook"))).get(20, TimeUnit.SECONDS);
            for (int i = 0; i < 5; i++) {
                Reply reply = client.send(Deliveries.to(server.url("/hook"))).get(20, TimeUnit.SECONDS);
                assertThat(((Reply.Answer) reply).status())
                        .as("by the same connection")
                        .isEqualTo(201);
            }
        }
    }
}

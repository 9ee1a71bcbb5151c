package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No test waits for a timeout to pass: it is fired by hand. */
@Timeout(60)
class DeliveryTimeoutTest {

    private final ManualScheduler scheduler = new ManualScheduler(Deliveries.CLOCK);
    private final DeliveryClient client = Deliveries.client(scheduler);
    private final CompletableFuture<Integer> clientLeft = new CompletableFuture<>();

    @AfterEach
    void close() {
        client.close();
    }

    private Reply.Failure timedOut(RawServer server, Runnable untilServerIsThere) throws Exception {
        CompletableFuture<Reply> reply = client.send(Deliveries.to(server.url("/hook")));
        server.take();
        untilServerIsThere.run();
        assertThat(reply).isNotDone();
        scheduler.runAll();
        return (Reply.Failure) reply.get(20, TimeUnit.SECONDS);
    }

    private void noticeThatTheClientLeaves(Socket socket) {
        try {
            clientLeft.complete(socket.getInputStream().read());
        } catch (IOException reset) {
            clientLeft.complete(-1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("protocol: timeout — 60 seconds for one request unless set otherwise")
    void shouldAllowTheDeliverysTimeout() throws Exception {
        assertThat(Webhook.DEFAULT_TIMEOUT_SECONDS).isEqualTo(60);
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
            client.send(Deliveries.to(server.url("/hook"))).get(20, TimeUnit.SECONDS);
        }

        assertThat(scheduler.delays()).containsExactly(Duration.ofSeconds(60));
        assertThat(scheduler.pending()).as("an answer calls its timeout off").isZero();
    }

    @Test
    @DisplayName("protocol: timeout — an endpoint that says nothing; the connection is given back")
    void shouldEndWhatIsNeverAnswered() throws Exception {
        try (RawServer server = RawServer.that(this::noticeThatTheClientLeaves)) {
            Reply.Failure failure = timedOut(server, () -> {});

            assertThat(failure.error())
                    .isEqualTo("no whole answer within 60 s: 127.0.0.1:" + server.port() + " sent nothing");
            assertThat(failure.status()).isNull();
            assertThat(failure.retryable()).isTrue();
            assertThat(clientLeft.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    @Test
    @DisplayName("protocol: timeout — a slow trickle past the headers is ended as well; the connection is given back")
    void shouldEndASlowTrickle() throws Exception {
        CountDownLatch trickling = new CountDownLatch(1);
        try (RawServer server = RawServer.that(socket -> {
            RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"result\":");
            trickling.countDown();
            noticeThatTheClientLeaves(socket);
        })) {
            Reply.Failure failure = timedOut(server, () -> await(trickling));

            assertThat(failure.error())
                    .startsWith("no whole answer within 60 s: 127.0.0.1:" + server.port() + " sent no");
            assertThat(failure.retryable()).isTrue();
            assertThat(clientLeft.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    @Test
    void shouldNotLetALateTimeoutChangeAnAnswer() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
            CompletableFuture<Reply> reply = client.send(Deliveries.to(server.url("/hook")));
            Reply answer = reply.get(20, TimeUnit.SECONDS);
            scheduler.runAll();

            assertThat(reply.get()).isSameAs(answer).isInstanceOf(Reply.Answer.class);
        }
    }
}

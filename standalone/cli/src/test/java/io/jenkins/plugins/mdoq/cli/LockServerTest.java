package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.lock.LockApi;
import io.jenkins.plugins.mdoq.lock.LockDirectory;
import io.jenkins.plugins.mdoq.lock.LockValue;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import io.jenkins.plugins.mdoq.lock.Locks;
import io.jenkins.plugins.mdoq.lock.SecretLockKey;
import io.jenkins.plugins.mdoq.lock.Throttle;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LockServerTest {

    /** Keeps a request until it is let go. */
    private static final class SlowDirectory implements LockDirectory, WebhookDirectory {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);

        @Override
        public boolean ready() {
            asked.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("the request was broken off", e);
            }
            return true;
        }

        @Override
        public Home find(LockValue lock) {
            return null;
        }

        @Override
        public Secrets secrets(String webhook, List<String> secretIds) {
            return Secrets.NONE;
        }

        @Override
        public Secrets all() {
            return Secrets.NONE;
        }

        @Override
        public WebhookUrl url(String webhook) {
            return WebhookUrl.ofNobody(webhook);
        }

        @Override
        public Collection<URI> urls() {
            return List.of();
        }
    }

    private static LockApi api(SlowDirectory directory) {
        Clock clock = Clock.systemUTC();
        return new LockApi(
                directory,
                directory,
                new Locks(directory, directory, new LockWaiters(), clock, new SecretLockKey(SecretLockKey.random())),
                new Throttle(clock));
    }

    private static HttpRequest request(LockServer server) {
        return HttpRequest.newBuilder(server.url("release"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"secret\": \"none\"}"))
                .build();
    }

    @Test
    void shouldStillAnswerWhoWasBeingAnsweredWhenItCloses() throws Exception {
        SlowDirectory directory = new SlowDirectory();
        LockServer server = LockServer.start(api(directory), ListenAddress.parse(ListenAddress.DEFAULT, null));
        CompletableFuture<HttpResponse<String>> answer =
                HttpClient.newHttpClient().sendAsync(request(server), HttpResponse.BodyHandlers.ofString());
        directory.asked.await();

        Thread closing = new Thread(server::close);
        closing.start();
        while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        directory.letGo.countDown();

        assertThat(answer.get().statusCode()).isEqualTo(401);
        closing.join();
    }

    /** The guard is no promise of how fast it is: without the fix it would take a quarter of an hour. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldAnswerBesideFiveHundredCallersThatAreSilent() throws Exception {
        SlowDirectory directory = new SlowDirectory();
        directory.letGo.countDown();
        List<Socket> silent = new ArrayList<>();
        try (LockServer server = LockServer.start(api(directory), ListenAddress.parse(ListenAddress.DEFAULT, null))) {
            URI url = server.url("release");
            try {
                for (int i = 0; i < 500; i++) {
                    Socket socket = new Socket(url.getHost(), url.getPort());
                    silent.add(socket);
                    if (i % 2 == 0) {
                        // Half of them have begun a request.
                        socket.getOutputStream().write("POST /mdoq/lock/rel".getBytes(StandardCharsets.US_ASCII));
                    }
                }
                HttpResponse<String> answer =
                        HttpClient.newHttpClient().send(request(server), HttpResponse.BodyHandlers.ofString());

                assertThat(answer.statusCode()).isEqualTo(401);
            } finally {
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        }
    }
}

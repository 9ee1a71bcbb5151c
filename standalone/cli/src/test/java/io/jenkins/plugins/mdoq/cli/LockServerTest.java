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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

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

    @Test
    void shouldStillAnswerWhoWasBeingAnsweredWhenItCloses() throws Exception {
        SlowDirectory directory = new SlowDirectory();
        Clock clock = Clock.systemUTC();
        LockApi api = new LockApi(
                directory,
                directory,
                new Locks(directory, directory, new LockWaiters(), clock, new SecretLockKey(SecretLockKey.random())),
                new Throttle(clock));
        LockServer server = LockServer.start(api, ListenAddress.parse(ListenAddress.DEFAULT, null));
        HttpRequest request = HttpRequest.newBuilder(server.url("release"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"secret\": \"none\"}"))
                .build();
        CompletableFuture<HttpResponse<String>> answer =
                HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
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
}

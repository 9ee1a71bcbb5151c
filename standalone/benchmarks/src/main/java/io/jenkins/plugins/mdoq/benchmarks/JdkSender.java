package io.jenkins.plugins.mdoq.benchmarks;

import io.jenkins.plugins.mdoq.delivery.AnswerReader;
import io.jenkins.plugins.mdoq.delivery.DeliveryClient;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.delivery.WebhookRequest;
import io.jenkins.plugins.mdoq.delivery.WebhookSender;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Sends as deliveries were sent before they went by Apache HttpClient: with the JDK's client. Here to be compared with. */
final class JdkSender implements WebhookSender {

    private final ScheduledExecutorService scheduler;
    private final HttpClient http;

    JdkSender(Executor executor, ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .build();
    }

    @Override
    public CompletableFuture<Reply> send(WebhookRequest delivery) {
        Redactor redactor = Redactor.of(delivery.secrets());
        HttpRequest request = HttpRequest.newBuilder(delivery.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", DeliveryClient.MDOQ_USER_AGENT + " mdoq-release-hook/benchmark")
                .header("X-MDOQ-Secret", delivery.secrets().first().reveal())
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        delivery.payload().bytes(delivery.secrets().first())))
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        ScheduledFuture<?> timeout = scheduler.schedule(
                () -> exchange.cancel(true), delivery.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return exchange.handle((response, error) -> {
            timeout.cancel(false);
            return error != null
                    ? new Reply.Failure(String.valueOf(error), null, null, true, null)
                    : AnswerReader.read(response.statusCode(), response.body(), null, null, redactor);
        });
    }
}

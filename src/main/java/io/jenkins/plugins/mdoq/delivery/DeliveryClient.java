package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Sends requests as MDOQ documents them (protocol: "method", "headers", "timeout"). Safe for any thread; a request that is
 * under way holds none.
 */
public final class DeliveryClient {

    /** What every {@code User-Agent} of ours begins with, to the letter. */
    public static final String MDOQ_USER_AGENT = "MDOQ Webhook (https://www.mdoq.io)";

    private final Supplier<HttpClient> http;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final String userAgent;

    /**
     * A client.
     *
     * @param http gives the shared client; asked for each request, so that it can follow the proxy settings. It must not
     *     follow redirects
     * @param scheduler ends requests that take too long
     * @param clock the time for signatures and {@code Retry-After}
     * @param product our own product token, such as {@code mdoq-release-hook/1.2}, or empty for none
     */
    public DeliveryClient(
            @NonNull Supplier<HttpClient> http,
            @NonNull ScheduledExecutorService scheduler,
            @NonNull Clock clock,
            @NonNull String product) {
        this.http = http;
        this.scheduler = scheduler;
        this.clock = clock;
        this.userAgent = product.isEmpty() ? MDOQ_USER_AGENT : MDOQ_USER_AGENT + " " + product;
    }

    /** Sets a client builder to what the protocol needs: no redirects, and HTTP/1.1 without upgrade headers. */
    @NonNull
    public static HttpClient.Builder configure(@NonNull HttpClient.Builder builder) {
        return builder.followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1);
    }

    /**
     * Sends one request, once.
     *
     * @return completes with what it brought, never exceptionally for anything that an endpoint or a network can do
     * @throws IllegalArgumentException if the payload cannot be sent at all; see {@link Payload#bytes}
     */
    @NonNull
    public CompletableFuture<Reply> send(@NonNull WebhookRequest delivery) {
        Redactor redactor = Redactor.of(delivery.secrets(), List.of(delivery.url()));
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.get().sendAsync(request(delivery), info -> new BoundedBody(Limits.BODY_BYTES));
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        // The client's own timeout ends with the headers; an endpoint that trickles its body would never meet it.
        ScheduledFuture<?> timeout = scheduler.schedule(
                () -> {
                    if (reply.complete(TransportFailure.of(new TimeoutException(), delivery.timeout(), redactor))) {
                        exchange.cancel(true);
                    }
                },
                delivery.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        exchange.handle((response, error) -> {
                    timeout.cancel(false);
                    return error != null
                            ? TransportFailure.of(error, delivery.timeout(), redactor)
                            : AnswerReader.read(response.statusCode(), response.body(), retryAfter(response), redactor);
                })
                // Even a fault of ours must end the delivery: nothing is worse than one that never ends.
                .whenComplete((brought, fault) -> {
                    if (fault != null) {
                        reply.completeExceptionally(fault);
                    } else {
                        reply.complete(brought);
                    }
                });
        return reply;
    }

    private HttpRequest request(WebhookRequest delivery) {
        SharedSecret secret = delivery.secrets().first();
        byte[] body = delivery.payload().bytes(secret);
        HttpRequest.Builder request = HttpRequest.newBuilder(delivery.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", userAgent)
                .header("X-MDOQ-Secret", secret.reveal())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (delivery.sign()) {
            long timestamp = clock.instant().getEpochSecond();
            request.header("webhook-id", delivery.id())
                    .header("webhook-timestamp", Long.toString(timestamp))
                    .header("webhook-signature", Signature.header(delivery.secrets(), delivery.id(), timestamp, body));
        }
        return request.build();
    }

    /** {@code Retry-After} as seconds or as an HTTP date; null if it is absent or neither. */
    private Duration retryAfter(HttpResponse<?> response) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        if (value.isEmpty()) {
            return null;
        }
        if (value.matches("\\d+")) {
            // Far beyond any bound there is no need to be exact.
            return Duration.ofSeconds(value.length() > 9 ? 999_999_999 : Long.parseLong(value));
        }
        try {
            ZonedDateTime at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration wait = Duration.between(clock.instant(), at.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            // Neither: the ordinary back-off decides.
            return null;
        }
    }
}

package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.hc.core5.concurrent.FutureCallback;

/**
 * Sends requests as MDOQ documents them (protocol: "method", "headers", "timeout"). Safe for any thread; a request that is
 * under way holds none.
 */
public final class DeliveryClient implements WebhookSender, AutoCloseable {

    /** What every {@code User-Agent} of ours begins with, to the letter. */
    public static final String MDOQ_USER_AGENT = "MDOQ Webhook (https://www.mdoq.io)";

    /** How often a request is sent anew because a kept connection was gone; after that it counts as a try. */
    private static final int STALE_CONNECTIONS = 2;

    private final Supplier<HttpTransport> transports;
    private final ProxySettings proxies;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final String userAgent;
    private HttpTransport http;
    private boolean closed;

    /**
     * A client, which is to be closed.
     *
     * @param proxies says by which proxy an endpoint is reached
     * @param scheduler ends requests that take too long
     * @param clock the time for signatures and {@code Retry-After}
     * @param product our own product token, such as {@code mdoq-release-hook/1.2}, or empty for none
     */
    public DeliveryClient(
            @NonNull ProxySettings proxies,
            @NonNull ScheduledExecutorService scheduler,
            @NonNull Clock clock,
            @NonNull String product) {
        this(proxies, scheduler, clock, product, InetAddress::getAllByName);
    }

    /** A client that asks for addresses elsewhere than the system. */
    DeliveryClient(
            @NonNull ProxySettings proxies,
            @NonNull ScheduledExecutorService scheduler,
            @NonNull Clock clock,
            @NonNull String product,
            @NonNull Connector.Resolver resolver) {
        this.transports = () -> new HttpTransport(scheduler, resolver);
        this.http = transports.get();
        this.proxies = proxies;
        this.scheduler = scheduler;
        this.clock = clock;
        this.userAgent = product.isEmpty() ? MDOQ_USER_AGENT : MDOQ_USER_AGENT + " " + product;
    }

    @Override
    @NonNull
    public CompletableFuture<Reply> send(@NonNull WebhookRequest delivery) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Redactor redactor = Redactor.NONE;
        try {
            redactor = Redactor.of(delivery.secrets(), List.of(delivery.url()));
            begin(delivery, redactor, reply);
        } catch (RuntimeException | Error e) {
            // A fault of ours is this delivery's error: the others of its event go on (protocol: "delivery error").
            reply.complete(TransportFailure.fault(e, redactor));
        }
        return reply;
    }

    private void begin(WebhookRequest delivery, Redactor redactor, CompletableFuture<Reply> reply) {
        EndpointUrl url = EndpointUrl.of(delivery.url());
        ProxyServer proxy = proxies.proxyFor(url);
        byte[] body = delivery.body();
        Attempt attempt = new Attempt(delivery, url, proxy, headers(delivery, body), body, redactor, reply);
        TimeOut timeOut = new TimeOut(attempt);
        Future<?> due = scheduler.schedule(timeOut, delivery.timeout().toMillis(), TimeUnit.MILLISECONDS);
        reply.whenComplete((brought, error) -> {
            due.cancel(false);
            timeOut.attempt = null;
        });
        attempt.send(STALE_CONNECTIONS);
    }

    /** Names and values in turn. */
    private List<String> headers(WebhookRequest delivery, byte[] body) {
        List<String> headers = new ArrayList<>(
                List.of("Content-Type", "application/json", "Accept", "application/json", "User-Agent", userAgent));
        if (delivery.message() != null) {
            return headers;
        }
        headers.addAll(List.of("X-MDOQ-Secret", delivery.secrets().first().reveal()));
        if (delivery.sign()) {
            long timestamp = clock.instant().getEpochSecond();
            headers.addAll(List.of(
                    "webhook-id",
                    delivery.id(),
                    "webhook-timestamp",
                    Long.toString(timestamp),
                    "webhook-signature",
                    Signature.header(delivery.secrets(), delivery.id(), timestamp, body)));
        }
        return headers;
    }

    /** The transport; another one if its threads have died, of a lack of memory say, since it must not be the last word. */
    private synchronized HttpTransport transport() {
        if (!closed && !http.isAlive()) {
            http.close();
            http = transports.get();
        }
        return http;
    }

    /** Ends the requests that are under way, each with a failure, and the threads. */
    @Override
    public synchronized void close() {
        closed = true;
        http.close();
    }

    /** A scheduler may keep what was called off until it would have been due: it must not keep the whole request. */
    private static final class TimeOut implements Runnable {
        private volatile Attempt attempt;

        TimeOut(Attempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void run() {
            Attempt due = attempt;
            if (due != null) {
                due.timeOut();
            }
        }
    }

    /** One request on its way. Called by the client's threads and the scheduler's. */
    private final class Attempt {
        private final WebhookRequest delivery;
        private final EndpointUrl url;
        private final ProxyServer proxy;
        private final List<String> headers;
        private final byte[] body;
        private final Redactor redactor;
        private final CompletableFuture<Reply> reply;
        private Exchange exchange;
        private Future<?> underWay;

        Attempt(
                WebhookRequest delivery,
                EndpointUrl url,
                @CheckForNull ProxyServer proxy,
                List<String> headers,
                byte[] body,
                Redactor redactor,
                CompletableFuture<Reply> reply) {
            this.delivery = delivery;
            this.url = url;
            this.proxy = proxy;
            this.headers = headers;
            this.body = body;
            this.redactor = redactor;
            this.reply = reply;
        }

        /** @param again how often it may be sent anew because a kept connection was gone */
        void send(int again) {
            Exchange now = new Exchange(url, proxy);
            synchronized (this) {
                exchange = now;
            }
            Future<?> future = transport().post(now, headers, body, new FutureCallback<>() {
                @Override
                public void completed(RawAnswer answer) {
                    end(() -> read(now, answer));
                }

                @Override
                public void failed(Exception error) {
                    if (again > 0 && !reply.isDone() && stale(now, error)) {
                        resend(again - 1);
                    } else {
                        end(() -> TransportFailure.of(error, now, delivery.timeout(), redactor));
                    }
                }

                @Override
                public void cancelled() {
                    failed(new CancellationException("the client was shut down"));
                }
            });
            synchronized (this) {
                underWay = future;
            }
            if (reply.isDone()) {
                now.end();
                future.cancel(true);
            }
        }

        private void resend(int again) {
            try {
                send(again);
            } catch (RuntimeException | Error e) {
                reply.complete(TransportFailure.fault(e, redactor));
            }
        }

        /**
         * Whether a connection that had been in use before turned out to be closed: the endpoint has seen nothing of the
         * request then, or has answered nothing to it.
         */
        private boolean stale(Exchange of, Exception error) {
            return error instanceof IOException && !of.connectionIsNew() && of.stage() == Exchange.Stage.ASKED;
        }

        private Reply read(Exchange of, RawAnswer answer) {
            if (ProxyAnswer.isProxys(of, answer)) {
                return ProxyAnswer.failure(of, answer, clock, redactor);
            }
            return delivery.message() == null
                    ? AnswerReader.read(of, answer, clock, redactor)
                    : AnswerReader.receipt(of, answer, clock, redactor);
        }

        private void end(Supplier<Reply> reading) {
            if (reply.isDone()) {
                return;
            }
            Reply brought;
            try {
                brought = reading.get();
            } catch (RuntimeException | Error e) {
                brought = TransportFailure.fault(e, redactor);
            }
            reply.complete(brought);
        }

        void timeOut() {
            Exchange of;
            Future<?> future;
            synchronized (this) {
                of = exchange;
                future = underWay;
            }
            if (reply.complete(TransportFailure.of(new TimeoutException(), of, delivery.timeout(), redactor))) {
                of.end();
                if (future != null) {
                    future.cancel(true);
                }
            }
        }
    }
}

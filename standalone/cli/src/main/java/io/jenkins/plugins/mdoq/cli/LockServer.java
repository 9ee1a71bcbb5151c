package io.jenkins.plugins.mdoq.cli;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.lock.CallerAddress;
import io.jenkins.plugins.mdoq.lock.LockAnswer;
import io.jenkins.plugins.mdoq.lock.LockApi;
import io.jenkins.plugins.mdoq.lock.LockApiPage;
import io.jenkins.plugins.mdoq.lock.LockRequest;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Serves the lock API (protocol: "lock API") on the JDK's own HTTP server: exact paths, POST only, bodies capped.
 */
final class LockServer implements AutoCloseable {

    /** What the paths of the lock API begin with. */
    static final String PREFIX = "/mdoq/lock/";

    /**
     * How many callers are answered at a time. One that has begun a request and falls silent holds a thread, for
     * {@link #MAX_SECONDS} at the most; so there are more threads than it takes to keep the others out by that, and each is
     * there only while there is something for it to do.
     */
    private static final int THREADS = 1_000;

    private static final String MAX_SECONDS = "30";

    /** How long callers that are being answered may take when the program ends. */
    private static final int LAST_ANSWERS_SECONDS = 5;

    /** How much of a body that is too large is read all the same: a caller still writing would never see the answer. */
    private static final int DRAINED_BYTES = 16 * Limits.BODY_BYTES;

    private final LockApi api;
    private final ListenAddress address;
    private final HttpServer server;
    private final ExecutorService threads = DaemonThreads.poolOnDemand("mdoq-lock-api", THREADS);

    private LockServer(LockApi api, ListenAddress address, HttpServer server) {
        this.api = api;
        this.address = address;
        this.server = server;
    }

    /**
     * Begins to serve.
     *
     * @throws UsageException if the address cannot be listened on
     * @throws IOException if there can be no server at all
     */
    static LockServer start(LockApi api, ListenAddress address) throws IOException {
        // Read once by the JDK: without them a caller that trickles its request would hold its thread for good, and
        // each answer would wait for the caller's acknowledgement.
        System.setProperty("sun.net.httpserver.maxReqTime", MAX_SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", MAX_SECONDS);
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer http;
        try {
            http = HttpServer.create(address.socket(), 0);
        } catch (SocketException e) {
            throw new UsageException(
                    "--listen " + address.host() + ":" + address.socket().getPort() + ": cannot listen there: "
                            + e.getMessage() + "; choose another address or port");
        }
        LockServer server = new LockServer(api, address, http);
        http.createContext("/", server::handle);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    /** The URL that endpoints call for an action, such as {@code release}. */
    URI url(String action) {
        return address.url(server.getAddress().getPort(), action);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("X-Content-Type-Options", "nosniff");
            if (isPage(exchange)) {
                headers.set("Content-Type", LockApiPage.CONTENT_TYPE);
                headers.set("Content-Security-Policy", LockApiPage.CONTENT_SECURITY_POLICY);
                send(exchange, 200, LockApiPage.html().getBytes(StandardCharsets.UTF_8));
                return;
            }
            LockAnswer answer = answer(exchange);
            byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
            headers.set("Content-Type", "application/json");
            if (answer.status() == 405) {
                headers.set("Allow", LockAnswer.METHODS);
            }
            if (answer.retryAfterSeconds() != null) {
                headers.set("Retry-After", answer.retryAfterSeconds());
            }
            send(exchange, answer.status(), body);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** The last part of the path, or nothing if it is no path of the lock API. */
    private static String action(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        return path != null && path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : "";
    }

    private static boolean isPage(HttpExchange exchange) {
        return LockApi.ACTIONS.contains(action(exchange))
                && LockApiPage.isAskedFor(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getRawQuery(),
                        exchange.getRequestHeaders().getFirst("Accept"));
    }

    private LockAnswer answer(HttpExchange exchange) throws IOException {
        String action = action(exchange);
        if (LockApi.ACTIONS.contains(action) && !exchange.getRequestMethod().equals("POST")) {
            return LockAnswer.methodNotAllowed();
        }
        return api.answer(new LockRequest(
                action,
                exchange.getRequestHeaders().getFirst("Content-Type"),
                body(exchange.getRequestBody()),
                exchange.getRequestHeaders().getFirst("X-MDOQ-Secret"),
                CallerAddress.of(
                        exchange.getRemoteAddress().getAddress().getHostAddress(),
                        exchange.getRequestHeaders().getOrDefault(CallerAddress.FORWARDED_FOR, List.of()),
                        address.trustedProxies())));
    }

    /** The body, or null if it is too large. */
    @CheckForNull
    private static byte[] body(InputStream in) throws IOException {
        byte[] body = in.readNBytes(Limits.BODY_BYTES + 1);
        if (body.length <= Limits.BODY_BYTES) {
            return body;
        }
        byte[] drain = new byte[16 * 1024];
        int left = DRAINED_BYTES;
        for (int read = in.read(drain); read > 0 && left > 0; read = in.read(drain)) {
            left -= read;
        }
        return null;
    }

    /** Stops serving. Whoever is being answered still gets the answer: the release that ends the program, among others. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}

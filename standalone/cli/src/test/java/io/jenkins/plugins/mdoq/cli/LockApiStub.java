package io.jenkins.plugins.mdoq.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes the place of the lock API, to answer as the real one does only in trouble. */
final class LockApiStub implements AutoCloseable {

    /** A call of it, with its fields as texts. */
    record Call(Map<String, String> fields) {}

    private final HttpServer server;
    private final BlockingQueue<Call> releases = new LinkedBlockingQueue<>();
    private final BlockingQueue<Call> notes = new LinkedBlockingQueue<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

    LockApiStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url(String action) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mdoq/lock/" + action;
    }

    /** Answers the next releases with these statuses, and those after them with 200. */
    LockApiStub answering(Integer... next) {
        statuses.addAll(List.of(next));
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = new Call(fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            boolean release = exchange.getRequestURI().getPath().endsWith("/release");
            Integer next = release ? statuses.poll() : null;
            int status = next == null ? 200 : next;
            if (status == 503 || status == 429) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            exchange.sendResponseHeaders(status, -1);
            // Only now, so that a test that ends with this call does not cut off its answer.
            (release ? releases : notes).add(call);
        }
    }

    private static Map<String, String> fields(String body) throws IOException {
        Map<String, String> fields = new HashMap<>();
        if (body.startsWith("{")) {
            TestEndpoint.MAPPER
                    .readTree(body)
                    .fields()
                    .forEachRemaining(
                            field -> fields.put(field.getKey(), field.getValue().asText()));
        } else {
            for (String field : body.split("&")) {
                String[] parts = field.split("=", 2);
                fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    /** The next release that came; waits for it. */
    Call nextRelease() throws InterruptedException {
        return next(releases);
    }

    /** The next note of progress that came; waits for it. */
    Call nextNote() throws InterruptedException {
        return next(notes);
    }

    private static Call next(BlockingQueue<Call> calls) throws InterruptedException {
        Call call = calls.poll(60, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("the lock API was not called");
        }
        return call;
    }

    /** How many releases came that no test has taken yet. */
    int releasesLeft() {
        return releases.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

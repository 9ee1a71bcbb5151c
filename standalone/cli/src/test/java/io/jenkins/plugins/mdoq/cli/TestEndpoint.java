package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An endpoint on loopback that answers as the test says and remembers what it was sent. */
final class TestEndpoint implements AutoCloseable {

    static final ObjectMapper MAPPER = new ObjectMapper();

    /** A request that came; the answer is yet to leave. */
    record Request(Map<String, List<String>> headers, JsonNode body) {
        String event() {
            return body.path("event").asText();
        }

        String lock() {
            return body.path("lock").asText(null);
        }

        String header(String name) {
            return headers.get(name).get(0);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "test-endpoint");
        thread.setDaemon(true);
        return thread;
    });
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<String, Function<Request, String>> answers = new ConcurrentHashMap<>();

    TestEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Answers an event with a JSON text from now on; other events are answered with success. */
    TestEndpoint answering(String event, String json) {
        return answering(event, request -> json);
    }

    TestEndpoint answering(String event, Function<Request, String> answer) {
        answers.put(event, answer);
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request =
                    new Request(Map.copyOf(exchange.getRequestHeaders()), MAPPER.readTree(exchange.getRequestBody()));
            calls.incrementAndGet();
            requests.add(request);
            byte[] answer = answers.getOrDefault(request.event(), any -> "{\"result\":\"success\"}")
                    .apply(request)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    /** The next request that came and was not taken yet; waits for it. */
    Request next() throws InterruptedException {
        Request request = requests.poll(60, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("the endpoint was not called");
        }
        return request;
    }

    /** How often it was called so far. */
    int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

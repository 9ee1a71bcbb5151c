package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.protocol.JsonObjectReader;
import io.jenkins.plugins.mdoq.report.PlainText;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An endpoint on loopback, as a customer's middleware would be one, that says what it does. */
final class DemoEndpoint implements AutoCloseable {

    private static final String PREFIX = "[endpoint] ";

    private final SharedSecret secret;
    private final Consumer<Call> behaviour;
    private final Console console;
    private final HttpServer server;
    private final ExecutorService threads = DaemonThreads.pool("mdoq-demo-endpoint", 2);
    private final ScheduledExecutorService scheduler = DaemonThreads.scheduler("mdoq-demo-endpoint-work");
    private final CountDownLatch lockTaken = new CountDownLatch(1);
    private final CompletableFuture<Void> killed = new CompletableFuture<>();
    private final HttpClient http =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    /**
     * Begins to serve on a free port.
     *
     * @param secret what its callers must send, and what it sends back to the lock API
     * @param behaviour what it does when it is called
     */
    DemoEndpoint(SharedSecret secret, Consumer<Call> behaviour, Console console) throws IOException {
        this.secret = secret;
        this.behaviour = behaviour;
        this.console = console;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String presented = exchange.getRequestHeaders().getFirst("X-MDOQ-Secret");
            if (presented == null || !secret.matches(presented)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            try {
                behaviour.accept(new Call(
                        exchange,
                        JsonObjectReader.read(JsonObjectReader.decode(bytes)).object()));
            } catch (JsonObjectReader.UnreadableException e) {
                exchange.sendResponseHeaders(400, -1);
            }
        }
    }

    /** Waits until it was given a lock and has answered. */
    void awaitLock() throws InterruptedException {
        lockTaken.await();
    }

    /** Tells it that the program was killed that gave it a lock. */
    void killed() {
        killed.complete(null);
    }

    private void say(String what) {
        console.print(PREFIX + PlainText.line(what));
    }

    /** One call of the endpoint. */
    final class Call {
        private final HttpExchange exchange;
        private final ObjectNode body;

        Call(HttpExchange exchange, ObjectNode body) {
            this.exchange = exchange;
            this.body = body;
        }

        String event() {
            return body.path("event").asText();
        }

        /** The lock's value, or null if the event does not block. */
        @CheckForNull
        String lock() {
            return body.path("lock").textValue();
        }

        /** Answers the call. */
        void answer(int status, String json) {
            say("called with " + event() + (lock() == null ? "" : " and a lock") + "; answers " + json);
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            try {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.getResponseBody().close();
            } catch (IOException e) {
                throw new UncheckedIOException("the demo's endpoint could not answer", e);
            }
        }

        /** Works on once the program is killed that called; it has a moment to take the answer. */
        void whenKilled(Duration moment, Runnable work) {
            killed.thenRunAsync(work, scheduler);
            later(moment, lockTaken::countDown);
        }

        /** Prints lines for a shell that release the lock. */
        void sayHowToDecide() {
            URI url = URI.create(body.path("release_url").asText());
            Map<String, ObjectNode> decisions = new LinkedHashMap<>();
            decisions.put("let it go on", decision("success"));
            decisions.put("stop it", decision("fail").put("stop_release", true));
            decisions.put(
                    "see how it stands", JsonNodeFactory.instance.objectNode().put("lock", lock()));
            decisions.forEach((what, json) -> {
                say("to " + what + ":");
                URI at = json.has("result")
                        ? url
                        : URI.create(body.path("log_url").asText().replaceFirst("log$", "status"));
                console.print("  " + CurlLine.trying(at, secret.reveal(), json));
            });
        }

        private ObjectNode decision(String result) {
            return JsonNodeFactory.instance.objectNode().put("lock", lock()).put("result", result);
        }

        /** Works on after the answer. */
        void later(Duration delay, Runnable work) {
            scheduler.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** Calls the lock API. */
        void callBack(String action, String name, String value) {
            post(action, name, value).whenComplete((answer, error) -> {
                if (error != null || answer.statusCode() != 200) {
                    say("the lock API refused: " + (error == null ? answer.body() : error.getMessage()));
                }
            });
        }

        /** Calls the lock API until it answers, as every endpoint should: whoever serves it may just be away. */
        void callBackUntilAnswered(String action, String name, String value, Duration pause) {
            post(action, name, value).whenComplete((answer, error) -> {
                if (error == null) {
                    say("the lock API answered " + answer.statusCode());
                } else {
                    say("nobody answers there; tries again");
                    later(pause, () -> callBackUntilAnswered(action, name, value, pause));
                }
            });
        }

        private CompletableFuture<HttpResponse<String>> post(String action, String name, String value) {
            URI url = URI.create(body.path(action + "_url").asText());
            say("POST " + url.getPath() + " {\"lock\": …, \"" + name + "\": \"" + value + "\"}");
            ObjectNode request =
                    JsonNodeFactory.instance.objectNode().put("lock", lock()).put(name, value);
            return http.sendAsync(
                    HttpRequest.newBuilder(url)
                            .header("Content-Type", "application/json")
                            .header("X-MDOQ-Secret", secret.reveal())
                            .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Stops serving; its port answers no more. */
    void goDown() {
        server.stop(0);
    }

    @Override
    public void close() {
        goDown();
        threads.shutdownNow();
        scheduler.shutdownNow();
    }
}

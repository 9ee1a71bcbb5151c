package io.jenkins.plugins.mdoq.injenkins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A customer's middleware on loopback: notes what it is sent and answers as the test says. */
public final class Endpoint implements AutoCloseable {

    /** How an endpoint answers a request. */
    @FunctionalInterface
    public interface Behaviour {
        /** The JSON to answer with; what it throws becomes a 500. */
        String answer(JsonNode body) throws Exception;
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private volatile Behaviour behaviour;

    private Endpoint(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/hook", this::handle);
        server.start();
    }

    /** An endpoint that answers every request with the same JSON. */
    public static Endpoint answering(String json) throws IOException {
        return new Endpoint(body -> json);
    }

    /** An endpoint that answers as the behaviour says. */
    public static Endpoint behaving(Behaviour behaviour) throws IOException {
        return new Endpoint(behaviour);
    }

    /** Answers differently from now on. */
    public void behave(Behaviour newBehaviour) {
        behaviour = newBehaviour;
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** The next body that it is sent, or was sent and nobody took yet. */
    public JsonNode take() throws InterruptedException {
        JsonNode body = received.poll(60, TimeUnit.SECONDS);
        if (body == null) {
            throw new AssertionError("the endpoint was not called");
        }
        return body;
    }

    /** How many bodies nobody took yet. */
    public int waiting() {
        return received.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = MAPPER.readTree(exchange.getRequestBody());
            received.add(body);
            String answer;
            int status = 200;
            try {
                answer = behaviour.answer(body);
            } catch (Exception e) {
                answer = "";
                status = 500;
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

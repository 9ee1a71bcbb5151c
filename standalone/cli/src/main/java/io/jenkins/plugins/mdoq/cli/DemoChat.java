package io.jenkins.plugins.mdoq.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.mdoq.protocol.JsonObjectReader;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The incoming webhook of a chat service, on loopback: it prints what it is told. */
final class DemoChat implements AutoCloseable {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final Console console;
    private final HttpServer server;

    DemoChat(Console console) throws IOException {
        this.console = console;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/services", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0DEMO/B0DEMO");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String text = JsonObjectReader.read(JsonObjectReader.decode(body))
                    .object()
                    .path("text")
                    .asText();
            PlainText.lines(text).forEach(line -> console.print("[chat] " + line));
            // As chat services answer: in plain text, which is no answer of the protocol.
            byte[] answer = "ok".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(OK, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (JsonObjectReader.UnreadableException e) {
            exchange.sendResponseHeaders(BAD_REQUEST, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

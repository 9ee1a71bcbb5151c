package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.delivery.AnswerReader;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.delivery.WebhookRequest;
import io.jenkins.plugins.mdoq.delivery.WebhookSender;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A client without a network: each request stays in flight until the test answers it, breaks it off or lets it time out. */
final class FakeHttp implements WebhookSender {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ScheduledExecutorService scheduler;
    private final List<Exchange> exchanges = new ArrayList<>();

    /** @param scheduler ends what is not answered in time */
    FakeHttp(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** One request. */
    static final class Exchange {
        private final WebhookRequest request;
        private final ObjectNode body;
        private final CompletableFuture<Reply> reply = new CompletableFuture<>();

        private Exchange(WebhookRequest request) {
            this.request = request;
            try {
                WebhookRequest.Message message = request.message();
                this.body = (ObjectNode) MAPPER.readTree(
                        message == null
                                ? request.payload().bytes(request.secrets().first())
                                : message.format().bytes(message.notice()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** The part of its path that names the webhook. */
        String webhook() {
            return request.url().getPath().substring(1);
        }

        /** Where it went. */
        URI uri() {
            return request.url();
        }

        /** Its body. */
        ObjectNode body() {
            return body;
        }

        String text(String field) {
            return body.path(field).textValue();
        }

        /** The secret that it is sent with. */
        String secret() {
            return request.secrets().first().reveal();
        }

        boolean inFlight() {
            return !reply.isDone();
        }

        /** Answers with a body whose single quotes stand for double ones. */
        void answer(int status, String json) {
            answer(status, json, null);
        }

        /** Answers, and asks to be left alone for a time. */
        void answer(int status, String json, Duration retryAfter) {
            if (request.message() != null) {
                // What a chat says is no JSON; only its status counts.
                reply.complete(
                        status < 300
                                ? new Reply.Answer(
                                        status, Result.SUCCESS, JsonNodeFactory.instance.objectNode(), List.of())
                                : new Reply.Failure("HTTP status " + status, status, null, status >= 500, retryAfter));
                return;
            }
            byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            reply.complete(AnswerReader.read(status, bytes, null, retryAfter, Redactor.of(request.secrets())));
        }

        void breakOff(IOException how) {
            reply.complete(new Reply.Failure("the connection broke: " + how.getMessage(), null, null, true, null));
        }

        private void timeOut() {
            String error = "no whole answer within " + request.timeout().toSeconds() + " s";
            reply.complete(new Reply.Failure(error, null, null, true, null));
        }
    }

    /** The names of the events of requests. */
    static List<String> events(List<Exchange> requests) {
        return requests.stream().map(request -> request.text("event")).toList();
    }

    /** All requests so far, oldest first. */
    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    @Override
    public CompletableFuture<Reply> send(WebhookRequest request) {
        Exchange exchange = new Exchange(request);
        exchanges.add(exchange);
        Future<?> timeout =
                scheduler.schedule(exchange::timeOut, request.timeout().toMillis(), TimeUnit.MILLISECONDS);
        exchange.reply.whenComplete((reply, error) -> timeout.cancel(false));
        return exchange.reply;
    }
}

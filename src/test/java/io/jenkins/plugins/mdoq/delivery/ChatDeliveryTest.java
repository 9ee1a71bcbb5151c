package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.JsonObjects;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request to a chat on the wire, and what counts as its answer. */
class ChatDeliveryTest {

    private static WebhookRequest toChat(RawServer server, String path, Secrets secrets) {
        Notice notice = new Notice(
                "before_release", "chat", "dlv_1", "Release 1.2 is asked for.", null, null, JsonObjects.object(), null);
        return new WebhookRequest(
                "dlv_1",
                server.url(path),
                secrets,
                Deliveries.payload(Deliveries.LOCK),
                Duration.ofSeconds(60),
                true,
                new WebhookRequest.Message(PayloadFormats.BUILT_IN.find("SLACK"), notice));
    }

    private static String http(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
    }

    private static Reply reply(String status, String headers, String body) throws Exception {
        try (RawServer server = RawServer.answering(http(status, headers, body))) {
            return Deliveries.send(toChat(server, "/services/T0AB12CD3", Secrets.NONE));
        }
    }

    @Test
    @DisplayName("protocol: chat — no secret, no signature and no lock, even if the webhook has them")
    void shouldCarryNoSecret() throws Exception {
        try (RawServer server = RawServer.answering(http("200 OK", "", "ok"))) {
            Deliveries.answer(toChat(server, "/hook", Secrets.ofTexts(Deliveries.SECRET)));
            RawServer.Captured request = server.take();

            assertThat(request.headerLines())
                    .containsExactlyInAnyOrder(
                            "Content-Length: " + request.body().length,
                            "Host: 127.0.0.1:" + server.port(),
                            "Content-Type: application/json",
                            "Accept: application/json",
                            "User-Agent: MDOQ Webhook (https://www.mdoq.io) mdoq-release-hook/1.0");
            assertThat(request.bodyText())
                    .isEqualTo("{\"text\":\"Release 1.2 is asked for.\",\"blocks\":[{\"type\":\"section\",\"text\":"
                            + "{\"type\":\"mrkdwn\",\"text\":\"Release 1.2 is asked for.\",\"verbatim\":true}}]}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ok", "1", "", "<html>", "{\"result\":\"fail\",\"rollback_release\":true}", "{\"result\":\"no\"}"
            })
    @DisplayName("protocol: chat — any 2xx is an answer, and nothing in it decides")
    void shouldTakeAny2xxForAnAnswer(String body) throws Exception {
        assertThat(reply("202 Accepted", "", body)).isInstanceOfSatisfying(Reply.Answer.class, answer -> {
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.result()).isEqualTo(Result.SUCCESS);
            assertThat(answer.data()).isEmpty();
            assertThat(answer.notes()).isEmpty();
        });
    }

    @Test
    void shouldTakeNothingElseForAnAnswer() throws Exception {
        assertThat(reply("404 Not Found", "", "no_service at T0AB12CD3"))
                .isEqualTo(new Reply.Failure("HTTP status 404", 404, "no_service at ****", false, null));
        assertThat(reply("400 Bad Request", "", "{\"result\":\"success\"}"))
                .isEqualTo(new Reply.Failure("HTTP status 400", 400, "{\"result\":\"success\"}", false, null));
        assertThat(reply("429 Too Many", "Retry-After: 30\r\n", ""))
                .isEqualTo(new Reply.Failure("HTTP status 429", 429, null, true, Duration.ofSeconds(30)));
        assertThat(reply("302 Found", "Location: https://chat.example.com/login?t=1\r\n", ""))
                .isEqualTo(new Reply.Failure(
                        "HTTP status 302, a redirect to https://chat.example.com/login?…, which is never followed;"
                                + " configure the final URL",
                        302,
                        null,
                        false,
                        null));
        assertThat(reply("300 Multiple Choices", "", ""))
                .isEqualTo(new Reply.Failure(
                        "HTTP status 300, a redirect, which is never followed; configure the final URL",
                        300,
                        null,
                        false,
                        null));
        assertThat(reply("500 Oops", "Content-Encoding: gzip\r\n", "not gzip"))
                .isEqualTo(new Reply.Failure("HTTP status 500", 500, null, true, null));
    }
}

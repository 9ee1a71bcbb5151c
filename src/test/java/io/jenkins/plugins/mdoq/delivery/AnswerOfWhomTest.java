package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an error says of who gave the answer, and of an answer that is compressed or leads elsewhere. */
class AnswerOfWhomTest {

    private static final ProxyServer PROXY = new ProxyServer("proxy.example.com", 3128);
    private static final String PLAIN = "http://gate.example.com/hook";
    private static final String SECURE = "https://gate.example.com/hook";

    private static RawAnswer answer(int status, byte[] body, String... headers) {
        BasicHttpResponse head = new BasicHttpResponse(status);
        for (String header : headers) {
            head.addHeader(header.split(": ", 2)[0], header.split(": ", 2)[1]);
        }
        return new RawAnswer(head, body);
    }

    private static RawAnswer answer(int status, String body, String... headers) {
        return answer(status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static Reply.Failure failure(String url, ProxyServer proxy, RawAnswer answer) {
        return (Reply.Failure)
                AnswerReader.read(new Exchange(EndpointUrl.parse(url), proxy), answer, Deliveries.CLOCK, Redactor.NONE);
    }

    private static Reply.Failure receipt(String url, ProxyServer proxy, RawAnswer answer) {
        return (Reply.Failure) AnswerReader.receipt(
                new Exchange(EndpointUrl.parse(url), proxy), answer, Deliveries.CLOCK, Redactor.NONE);
    }

    @Test
    void shouldSayThatAnAnswerMayBeTheProxysWhereThatCannotBeTold() {
        assertThat(failure(PLAIN, PROXY, answer(503, "busy", "Retry-After: 7")))
                .isEqualTo(new Reply.Failure(
                        "HTTP status 503 without a result (from gate.example.com:80, or from the proxy"
                                + " proxy.example.com:3128 itself)",
                        503,
                        "busy",
                        true,
                        Duration.ofSeconds(7)));
        String endpoints = "HTTP status 503 without a result";
        assertThat(failure(PLAIN, null, answer(503, "")).error()).isEqualTo(endpoints);
        assertThat(failure(SECURE, PROXY, answer(503, "")).error())
                .as("a tunnel's answer is the endpoint's")
                .isEqualTo(endpoints);
        assertThat(receipt(PLAIN, PROXY, answer(500, "")).error())
                .isEqualTo("HTTP status 500 (from gate.example.com:80, or from the proxy proxy.example.com:3128"
                        + " itself)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<h1>400 The plain HTTP request was sent to HTTPS port</h1>",
                "Client sent an HTTP request to an HTTPS server.",
                "Reason: You're speaking plain HTTP to an SSL-enabled server port."
            })
    void shouldSayThatAPortSpeaksTlsAndNotTryItAgain(String page) {
        String error = "; the port speaks TLS, so write https:// in the webhook's URL";

        assertThat(failure(PLAIN, null, answer(503, page, "Retry-After: 7")))
                .isEqualTo(new Reply.Failure("HTTP status 503 without a result" + error, 503, page, false, null));
        assertThat(receipt(PLAIN, null, answer(400, page)).error()).isEqualTo("HTTP status 400" + error);
        assertThat(failure(SECURE, null, answer(400, page)).error()).isEqualTo("HTTP status 400 without a result");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/elsewhere|http://gate.example.com:80/elsewhere",
                "https://other.example.com/|https://other.example.com/",
                "' '|",
                "http://[|"
            })
    @DisplayName("protocol: redirects — the error says where one leads to, if that can be told")
    void shouldSayWhereARedirectLeadsTo(String location, String to) {
        RawAnswer redirect = answer(302, "", "Location: " + location);
        String error = "HTTP status 302, a redirect" + (to == null ? "" : " to " + to)
                + ", which is never followed; configure the final URL";

        assertThat(failure(PLAIN, null, redirect).error()).isEqualTo(error);
        assertThat(receipt(PLAIN, null, redirect).error()).isEqualTo(error);
    }

    @Test
    void shouldTakeFromAChatThatAnythingBut3xxIsNoRedirect() {
        assertThat(receipt(PLAIN, null, answer(300, "")).error()).startsWith("HTTP status 300, a redirect");
        assertThat(receipt(PLAIN, null, answer(399, "")).error()).startsWith("HTTP status 399, a redirect");
        assertThat(receipt(PLAIN, null, answer(400, "")).error()).isEqualTo("HTTP status 400");
        assertThat(receipt(PLAIN, null, answer(199, "")).error()).isEqualTo("HTTP status 199");
    }

    @Test
    @DisplayName("protocol: retries — what cannot be decoded is tried again if its status says so")
    void shouldGoByTheStatusOfWhatCannotBeDecoded() throws IOException {
        String coding = "Content-Encoding: br";
        assertThat(failure(PLAIN, null, answer(200, "x", coding)).error())
                .startsWith("the answer is compressed as 'br'");
        assertThat(failure(PLAIN, null, answer(503, "x", coding, "Retry-After: 7")))
                .satisfies(failure -> {
                    assertThat(failure.error())
                            .startsWith("HTTP status 503 without a result; the answer is compressed as");
                    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
                });
        byte[] large = ContentCodingTest.gzip(new byte[Limits.BODY_BYTES + 1]);
        assertThat(failure(PLAIN, null, answer(200, large, "Content-Encoding: gzip")))
                .isEqualTo(new Reply.Failure(
                        "the answer of gate.example.com:80 is over 1 MiB, the most that is read",
                        null,
                        null,
                        false,
                        null));
        assertThat(failure(PLAIN, null, answer(500, large, "Content-Encoding: gzip")))
                .isEqualTo(new Reply.Failure("HTTP status 500 without a result", 500, null, true, null));
    }

    @Test
    void shouldReadAHeaderThatStandsTwiceAsOneValue() {
        RawAnswer answer = answer(200, "", "X-A: one", "X-A: two");

        assertThat(answer.header("x-a")).isEqualTo("one, two");
        assertThat(answer.header("X-B")).isNull();
    }
}

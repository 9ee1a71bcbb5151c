package io.jenkins.plugins.mdoq.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.exactly;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DeliveryAnswerTest {

    @RegisterExtension
    private static final WireMockExtension ENDPOINT = WireMockExtension.newInstance()
            .options(wireMockConfig().bindAddress("127.0.0.1").dynamicPort().dynamicHttpsPort())
            .build();

    private static WebhookRequest delivery() {
        return Deliveries.to(URI.create(ENDPOINT.getRuntimeInfo().getHttpBaseUrl() + "/hook"));
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        ENDPOINT.stubFor(post("/hook").willReturn(answer));
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    @Test
    @DisplayName("protocol: answer — JSON is expected in response")
    void shouldReadAJsonAnswer() throws Exception {
        answers(json(200, "{\"result\":\"fail\",\"stop_release\":true,\"message\":\"freeze until 14:00\"}"));

        Reply.Answer answer = Deliveries.answer(delivery());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.result()).isEqualTo(Result.FAIL);
        assertThat(answer.data().get("message").textValue()).isEqualTo("freeze until 14:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=UTF-8", "text/plain", "application/x-www-form-urlencoded", "nonsense"})
    @DisplayName("protocol: answer — JSON counts whatever the content type says")
    void shouldNotLookAtTheContentType(String type) throws Exception {
        answers(aResponse().withHeader("Content-Type", type).withBody("{\"result\":\"fail\"}"));

        assertThat(Deliveries.answer(delivery()).result()).isEqualTo(Result.FAIL);
    }

    @Test
    @DisplayName("protocol: delivery error — wrong charset")
    void shouldFailAWrongCharset() throws Exception {
        answers(aResponse()
                .withHeader("Content-Type", "application/json; charset=ISO-8859-1")
                .withBody("{\"message\":\"Grüße\"}".getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(Deliveries.failure(delivery()).error()).startsWith("the answer is not valid UTF-8 (byte ");
    }

    @Test
    @DisplayName("protocol: result — 204 without a body is success")
    void shouldTakeNoContentForSuccess() throws Exception {
        answers(aResponse().withStatus(204));

        Reply.Answer answer = Deliveries.answer(delivery());

        assertThat(answer.result()).isEqualTo(Result.SUCCESS);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.data().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "400,false",
        "401,false",
        "403,false",
        "404,false",
        "407,false",
        "408,true",
        "418,false",
        "425,true",
        "429,true",
        "500,true",
        "503,true"
    })
    @DisplayName("protocol: delivery error — 4xx and 5xx without a result, also those that ask for a login")
    void shouldFailAnErrorStatus(int status, boolean retryable) throws Exception {
        answers(aResponse().withStatus(status).withBody("<html>no</html>"));

        Reply.Failure failure = Deliveries.failure(delivery());

        assertThat(failure.error()).isEqualTo("HTTP status " + status + " without a result");
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.body()).isEqualTo("<html>no</html>");
        assertThat(failure.retryable()).isEqualTo(retryable);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 407, 500})
    @DisplayName("protocol: result — it counts with a status that asks for a login, or any other")
    void shouldReadAResultWithAnyStatus(int status) throws Exception {
        answers(json(status, "{\"result\":\"success\"}"));

        assertThat(Deliveries.answer(delivery()).result()).isEqualTo(Result.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @DisplayName("protocol: redirects — never followed: the secret does not travel on")
    void shouldNeverFollowARedirect(int status) throws Exception {
        answers(aResponse().withStatus(status).withHeader("Location", "/elsewhere"));
        ENDPOINT.stubFor(any(urlEqualTo("/elsewhere")).willReturn(json(200, "{\"result\":\"success\"}")));

        Reply.Failure failure = Deliveries.failure(delivery());

        assertThat(failure.error())
                .isEqualTo("HTTP status " + status + ", a redirect to http://localhost:" + ENDPOINT.getPort()
                        + "/elsewhere, which is never followed; configure the final URL");
        assertThat(failure.retryable()).isFalse();
        ENDPOINT.verify(exactly(1), postRequestedFor(anyUrl()));
        assertThat(ENDPOINT.getAllServeEvents()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http://[", "%"})
    @DisplayName("protocol: redirects — nothing is said of a target that is none")
    void shouldNotMakeUpWhereARedirectLeadsTo(String location) throws Exception {
        answers(
                location.isEmpty()
                        ? aResponse().withStatus(302)
                        : aResponse().withStatus(302).withHeader("Location", location));

        assertThat(Deliveries.failure(delivery()).error())
                .isEqualTo("HTTP status 302, a redirect, which is never followed; configure the final URL");
    }

    @Test
    @DisplayName("protocol: answer size — exactly 1 MiB is read")
    void shouldReadExactlyOneMebibyte() throws Exception {
        String frame = "{\"message\":\"\"}";
        answers(json(200, "{\"message\":\"" + "x".repeat(Limits.BODY_BYTES - frame.length()) + "\"}"));

        assertThat(Deliveries.answer(delivery()).result()).isEqualTo(Result.SUCCESS);
    }

    @Test
    @DisplayName("protocol: answer size — one byte more is a failed delivery")
    void shouldFailOneByteMore() throws Exception {
        String frame = "{\"message\":\"\"}";
        answers(json(200, "{\"message\":\"" + "x".repeat(Limits.BODY_BYTES - frame.length() + 1) + "\"}"));

        assertThat(Deliveries.failure(delivery()).error()).endsWith(" is over 1 MiB, the most that is read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|PT0S",
                "7|PT7S",
                " 7 |PT7S",
                "007|PT7S",
                "86400|P1D",
                "Fri, 02 Jan 2026 03:05:05 GMT|PT1M",
                "Fri, 02 Jan 2026 03:04:05 GMT|PT0S",
                "Fri, 02 Jan 2026 03:00:00 GMT|PT0S"
            })
    @DisplayName("protocol: retries — Retry-After in seconds or as a date")
    void shouldReadRetryAfter(String value, Duration expected) throws Exception {
        answers(aResponse().withStatus(503).withHeader("Retry-After", value));

        assertThat(Deliveries.failure(delivery()).retryAfter()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "7.5", "٧", "7 seconds", "Someday, 99 Foo 2026", "2026-01-02T03:05:05Z"})
    @DisplayName("protocol: retries — a Retry-After that says nothing leaves it to the back-off")
    void shouldPassOverAGarbledRetryAfter(String value) throws Exception {
        answers(aResponse().withStatus(503).withHeader("Retry-After", value));

        Reply.Failure failure = Deliveries.failure(delivery());

        assertThat(failure.retryAfter()).isNull();
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000", "9999999999", "99999999999999999999999999"})
    @DisplayName("protocol: retries — a Retry-After beyond all measure is still obeyed within the bound")
    void shouldBoundAnEnormousRetryAfter(String value) throws Exception {
        answers(aResponse().withStatus(503).withHeader("Retry-After", value));

        Reply.Failure failure = Deliveries.failure(delivery());

        assertThat(new RetryPolicy(new Random(1)).next(failure, 1, 3)).contains(RetryPolicy.LONGEST_RETRY_AFTER);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    @DisplayName("protocol: delivery error — connections that break in each of WireMock's ways")
    void shouldEndWithEveryFault(Fault fault) throws Exception {
        answers(aResponse().withFault(fault));

        Reply.Failure failure = Deliveries.failure(delivery());

        assertThat(failure.error()).contains("localhost:" + ENDPOINT.getPort());
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    @DisplayName(
            "protocol: delivery error — a TLS certificate that nobody vouches for: nothing is sent, nor tried again")
    void shouldFailASelfSignedCertificate() throws Exception {
        answers(json(200, "{\"result\":\"success\"}"));
        int port = ENDPOINT.getRuntimeInfo().getHttpsPort();

        Reply.Failure failure = Deliveries.failure(Deliveries.to(URI.create("https://127.0.0.1:" + port + "/hook")));

        assertThat(failure.error())
                .startsWith("127.0.0.1:" + port + " shows a certificate that is not trusted: of CN=Tom Akehurst,")
                .contains("issued by itself", "-Djavax.net.ssl.trustStore=FILE");
        assertThat(failure.retryable()).isFalse();
        ENDPOINT.verify(exactly(0), postRequestedFor(anyUrl()));
    }

    @Test
    @DisplayName("protocol: delivery error — TLS spoken to a server that has none")
    void shouldFailTlsWithoutTls() throws Exception {
        int port = ENDPOINT.getRuntimeInfo().getHttpPort();

        Reply.Failure failure = Deliveries.failure(Deliveries.to(URI.create("https://127.0.0.1:" + port + "/hook")));

        assertThat(failure.error())
                .isEqualTo("127.0.0.1:" + port
                        + " does not speak TLS; if that is right, write http:// in the webhook's URL");
        assertThat(failure.retryable()).isFalse();
    }
}

package io.jenkins.plugins.mdoq.delivery;

import static io.jenkins.plugins.mdoq.delivery.ReadAnswers.answer;
import static io.jenkins.plugins.mdoq.delivery.ReadAnswers.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the HTTP status decides where an answer holds no result, and whether it is worth another try. */
class AnswerStatusTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"200|{}", "201|{\"ticket\":1}", "202|''", "204|''", "200|' \r\n\t '", "200|\uFEFF"})
    @DisplayName("protocol: result — absent: success for a 2xx with a JSON object or an empty body")
    void shouldTakeAn2xxWithoutAResultForSuccess(int status, String body) {
        assertThat(answer(status, body).result()).isEqualTo(Result.SUCCESS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100|''",
                "199|{}",
                "300|{}",
                "301|''",
                "304|''",
                "307|{}",
                "399|{}",
                "400|{}",
                "401|''",
                "404|{\"message\":\"gone\"}",
                "500|{}",
                "503|''"
            })
    @DisplayName("protocol: result — absent: a delivery error for any other status")
    void shouldFailOtherStatusesWithoutAResult(int status, String body) {
        Reply.Failure failure = failure(status, body);

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.error()).startsWith("HTTP status " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "400,false", "401,false", "403,false", "404,false", "407,false", "408,true", "409,false", "425,true",
                "429,true",
        "451,false", "500,true", "501,true", "502,true", "503,true", "504,true", "599,true", "301,false", "302,false",
        "303,false", "307,false", "308,false"
    })
    @DisplayName("protocol: retries — 408, 425, 429 and 5xx, and no other status")
    void shouldTellWhichStatusesAreWorthAnotherTry(int status, boolean retryable) {
        assertThat(failure(status, "").retryable()).isEqualTo(retryable);
        assertThat(failure(status, "<html>oops</html>").retryable()).isEqualTo(retryable);
    }

    @Test
    @DisplayName("protocol: retries — an unreadable 2xx is not tried again")
    void shouldNotTryAgainWhatWasDoneButSaidBadly() {
        assertThat(failure(200, "<html>ok</html>").retryable()).isFalse();
    }

    @Test
    void shouldPassRetryAfterOnOnlyWithWhatIsTriedAgain() {
        Duration wait = Duration.ofSeconds(7);

        assertThat(((Reply.Failure) AnswerReader.read(503, new byte[0], null, wait, Redactor.NONE)).retryAfter())
                .isEqualTo(wait);
        assertThat(((Reply.Failure) AnswerReader.read(404, new byte[0], null, wait, Redactor.NONE)).retryAfter())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308, 399})
    @DisplayName("protocol: redirects — a 3xx is a delivery error that says what to do")
    void shouldExplainRedirects(int status) {
        assertThat(failure(status, "").error())
                .isEqualTo("HTTP status " + status + ", a redirect, which is never followed; configure the final URL");
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 400, 404, 500})
    void shouldTakeNoOtherStatusForARedirect(int status) {
        assertThat(failure(status, "").error()).isEqualTo("HTTP status " + status + " without a result");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://gate.example.com/hook/secret-part?token=x|https://gate.example.com/hook/…?…",
                "https://gate.example.com:8443/hook/|https://gate.example.com:8443/hook/",
                "http://[2001:db8::1]/|http://[2001:db8::1]/",
                "https://gate.example.com|https://gate.example.com/",
                "ftp://gate.example.com/x|something that is no URL of an endpoint",
                "https://user:pass@gate.example.com/x|something that is no URL of an endpoint"
            })
    @DisplayName("protocol: redirects — the error names the target, and of it no more than the first path segment")
    void shouldNameTheTargetOfARedirect(String location, String shown) {
        Reply reply = AnswerReader.read(302, new byte[0], location, null, Redactor.NONE);

        assertThat(((Reply.Failure) reply).error())
                .isEqualTo("HTTP status 302, a redirect to " + shown
                        + ", which is never followed; configure the final URL");
    }
}

package io.jenkins.plugins.mdoq.delivery;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    private static final String SECRET = "a-secret-of-thirty-characters!";

    private static Reply read(int status, byte[] body) {
        return AnswerReader.read(status, body, null, null, Redactor.of(Secrets.ofTexts(SECRET)));
    }

    private static Reply read(int status, String body) {
        return read(status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Reply.Answer answer(int status, String body) {
        Reply reply = read(status, body);
        assertThat(reply).isInstanceOf(Reply.Answer.class);
        return (Reply.Answer) reply;
    }

    private static Reply.Failure failure(int status, byte[] body) {
        Reply reply = read(status, body);
        assertThat(reply).isInstanceOf(Reply.Failure.class);
        return (Reply.Failure) reply;
    }

    private static Reply.Failure failure(int status, String body) {
        return failure(status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String nested(int levels) {
        return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "success,SUCCESS",
        "SUCCESS,SUCCESS",
        "Success,SUCCESS",
        "sUcCeSs,SUCCESS",
        "fail,FAIL",
        "FAIL,FAIL",
        "Fail,FAIL"
    })
    @DisplayName("protocol: result — success or fail, in any case")
    void shouldReadBothWordsInAnyCase(String word, Result expected) {
        assertThat(answer(200, "{\"result\":\"" + word + "\"}").result()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 299, 302, 400, 401, 404, 408, 409, 425, 429, 500, 503, 599})
    @DisplayName("protocol: result — it counts with any HTTP status, and is never asked for again")
    void shouldReadAResultWhateverTheStatus(int status) {
        Reply.Answer answer = answer(status, "{\"result\":\"fail\",\"stop_release\":true}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.result()).isEqualTo(Result.FAIL);
        assertThat(answer.data()).isEqualTo(object().put("result", "fail").put("stop_release", true));
    }

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
    @ValueSource(
            strings = {
                "\"ok\"",
                "\"\"",
                "\"success \"",
                "\"failure\"",
                "true",
                "1",
                "null",
                "[]",
                "{\"result\":\"fail\"}"
            })
    @DisplayName("protocol: result — one that is neither word is a delivery error, and is not asked for again")
    void shouldFailAResultThatIsNeitherWord(String result) {
        for (int status : new int[] {200, 503}) {
            Reply.Failure failure = failure(status, "{\"result\":" + result + "}");

            assertThat(failure.error())
                    .isEqualTo("the answer's result is " + result + "; it must be \"success\" or \"fail\"");
            assertThat(failure.retryable()).isFalse();
        }
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
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html><body>It works!</body></html>",
                "{\"result\":\"succ",
                "{\"result\":\"success\"",
                "[{\"result\":\"success\"}]",
                "\"success\"",
                "success",
                "null",
                "42",
                "{\"result\":\"success\"}{\"result\":\"fail\"}",
                "{\"result\":\"success\"} and more",
                "{'result':'success'}",
                "{result:\"success\"}",
                "{\"result\":\"success\",}",
                "// success\n{}",
                "{\"result\":NaN}",
                "{\"a\":\"b\nc\"}",
                "<br />Warning: undefined index in hook.php{\"result\":\"success\"}"
            })
    @DisplayName("protocol: delivery error — a body that is not exactly one JSON object")
    void shouldFailWhatIsNotExactlyOneObject(String body) {
        Reply.Failure failure = failure(200, body);

        assertThat(failure.error())
                .startsWith("the answer is not exactly one JSON object: ")
                .doesNotContain("\n");
        assertThat(failure.status()).isEqualTo(200);
        assertThat(failure.body()).isEqualTo(body);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    @DisplayName("protocol: delivery error — invalid UTF-8, and JSON in another character set")
    void shouldFailInvalidUtf8() {
        byte[] latin1 = "{\"message\":\"Grüße\",\"result\":\"success\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "{\"result\":\"success\"}".getBytes(Charset.forName("UTF-16"));
        byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'};
        byte[] halfEmoji = {'{', '"', (byte) 0xf0, (byte) 0x9f, '"', ':', '1', '}'};

        Reply.Failure other = failure(200, utf16);
        assertThat(other.error()).isEqualTo("the answer is in UTF-16, not in UTF-8; save or send it as UTF-8");
        for (byte[] body : new byte[][] {latin1, overlong, halfEmoji}) {
            Reply.Failure failure = failure(200, body);
            assertThat(failure.error())
                    .matches("the answer is not valid UTF-8 \\(byte \\d+, 0x..\\); save or send it as UTF-8");
            assertThat(failure.body()).isNull();
        }
        assertThat(failure(200, latin1).error()).contains("(byte 15, 0xFC)");
        assertThat(failure(503, latin1).error()).isEqualTo("HTTP status 503 without a result");
    }

    @Test
    @DisplayName("protocol: delivery error — UTF-16 without a byte order mark is valid UTF-8, but no JSON")
    void shouldFailUtf16WithoutAByteOrderMark() {
        for (Charset order : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            assertThat(failure(200, "{}".getBytes(order)).error())
                    .isEqualTo("the answer is in UTF-16, not in UTF-8; save or send it as UTF-8");
        }
    }

    @Test
    @DisplayName("protocol: delivery error — compressed, and no header says so")
    void shouldNameCompressionThatNoHeaderTells() {
        assertThat(failure(200, new byte[] {0x1f, (byte) 0x8b, 8, 0}).error())
                .isEqualTo("the answer is compressed with gzip, which no Content-Encoding says; send it as it is");
    }

    @Test
    @DisplayName("protocol: answer — a UTF-8 byte order mark is passed over")
    void shouldPassOverAByteOrderMark() {
        assertThat(answer(200, "\uFEFF{\"result\":\"fail\"}").result()).isEqualTo(Result.FAIL);
    }

    @Test
    @DisplayName("protocol: delivery error — too deep: 20,000 levels end as an error, not as a stack overflow")
    void shouldFailDeepNesting() {
        assertThat(failure(200, nested(20_000)).error())
                .startsWith("the answer is nested too deeply (over 512 levels)");
        assertThat(failure(200, nested(513)).error()).startsWith("the answer is nested too deeply");
        assertThat(failure(200, "{\"a\":".repeat(20_000)).error()).startsWith("the answer is nested too deeply");
        assertThat(answer(200, nested(512)).result()).isEqualTo(Result.SUCCESS);
    }

    @Test
    @DisplayName("protocol: delivery error — a number beyond what is read")
    void shouldFailAbsurdNumbers() {
        assertThat(failure(200, "{\"a\":" + "9".repeat(100_000) + "}").error())
                .isEqualTo(
                        "the answer is JSON with a number of 100000 digits; at most 1000 are read, so send it as a string");
        assertThat(answer(200, "{\"a\":1e999999999}").result()).isEqualTo(Result.SUCCESS);
    }

    @Test
    @DisplayName("protocol: answer — of a name that stands twice the last value counts, and it is noted")
    void shouldNoteDuplicateNames() {
        Reply.Answer answer = answer(200, "{\"result\":\"success\",\"a\":{\"b\":1,\"b\":2},\"result\":\"fail\"}");

        assertThat(answer.result()).isEqualTo(Result.FAIL);
        assertThat(answer.data().at("/a/b").intValue()).isEqualTo(2);
        assertThat(answer.notes()).containsExactly("a name stands twice in the JSON; the last value counts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true|true",
                "\"true\"|true",
                "1|true",
                "\"1\"|true",
                "false|false",
                "\"false\"|false",
                "0|false",
                "\"0\"|false",
                "null|false",
                "\"\"|false",
                "\"TRUE\"|false",
                "\"yes\"|false",
                "2|false",
                "1.0|false",
                "\"1 \"|false",
                "[true]|false",
                "{\"a\":true}|false",
                "[]|false",
                "11111111111111111111111|false"
            })
    @DisplayName("protocol: truth of the flags — true, \"true\", 1 and \"1\" are true, anything else is false")
    void shouldReadFlagsAsPhpWritesThem(String value, boolean expected) {
        for (String flag : new String[] {"stop_release", "rollback_release"}) {
            Reply.Answer answer = answer(200, "{\"result\":\"fail\",\"" + flag + "\":" + value + "}");

            assertThat(Flags.isTrue(answer.data().get(flag))).isEqualTo(expected);
        }
        assertThat(Flags.isTrue(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"true\"|true", "1|true", "\"1\"|true", "null|false", "\"yes\"|false", "0|false", "[]|false"})
    @DisplayName("protocol: truth of the flags — a value that is not a JSON boolean is noted")
    void shouldNoteFlagsThatAreNoBooleans(String value, boolean readAs) {
        assertThat(answer(200, "{\"result\":\"fail\",\"stop_release\":" + value + ",\"rollback_release\":true}")
                        .notes())
                .containsExactly("stop_release is " + value + ", not a JSON boolean; read as " + readAs);
        assertThat(answer(200, "{\"result\":\"fail\",\"stop_release\":true,\"rollback_release\":false}")
                        .notes())
                .isEmpty();
    }

    @Test
    void shouldKeepOnlyWhatDecidesOfDataThatIsTooLarge() {
        String answer = "{\"result\":\"fail\",\"stop_release\":\"1\",\"message\":\"" + "m".repeat(5_000)
                + "\",\"rest\":\"" + "x".repeat(Limits.DATA_BYTES) + "\"}";

        Reply.Answer read = answer(200, answer);

        assertThat(read.data().fieldNames()).toIterable().containsExactly("result", "stop_release", "message");
        assertThat(read.data().get("message").textValue()).startsWith("m".repeat(Limits.MESSAGE_CHARS) + "…");
        assertThat(read.notes()).anySatisfy(note -> assertThat(note).contains("over 65536 bytes"));
    }

    @Test
    void shouldShowOnlyTheBeginningOfWhatIsNoAnswer() {
        assertThat(failure(200, " <p>" + "x".repeat(10_000)).body())
                .startsWith("<p>xxx")
                .hasSizeLessThan(530);
    }

    @Test
    @DisplayName("protocol: secret — one that is echoed where a text is cut short does not show by its first half")
    void shouldMaskBeforeItCuts() {
        String echo = "x".repeat(490) + SECRET;

        assertThat(failure(500, echo).body()).isEqualTo("x".repeat(490) + "****");
        assertThat(failure(200, "{\"result\":\"" + "y".repeat(45) + SECRET + "\"}")
                        .error())
                .doesNotContain("a-secret");
        assertThat(answer(200, "{\"stop_release\":\"" + "z".repeat(25) + SECRET + "\"}")
                        .notes())
                .contains("stop_release is \"" + "z".repeat(25) + "****\", not a JSON boolean; read as false");
        Reply.Answer large = answer(
                200,
                "{\"message\":\"" + "m".repeat(Limits.MESSAGE_CHARS - 8) + SECRET + "\",\"rest\":\""
                        + "x".repeat(Limits.DATA_BYTES) + "\"}");
        assertThat(large.data().get("message").textValue()).endsWith("m****");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|it is an empty array [] where an object {} is needed (PHP: encode new stdClass(), not array())",
                "[{\"result\":\"success\"}]|it is an array [ ]; send the object itself, without the brackets around it",
                "\"success\"|it is a string where an object {} is needed",
                "true|it is a boolean where an object {} is needed",
                "42|it is a number where an object {} is needed",
                "null|it is null where an object {} is needed",
                "ok|it is the plain text ok, as the webhooks of chat services answer; an endpoint of a release answers with"
                        + " an object such as {\"result\": \"success\"}",
                "<!DOCTYPE html><p>Login</p>|it is an HTML page; is it the right URL, and does no login page or error page"
                        + " stand before it?",
                "<p>x|it begins with a tag; is it the right URL, and does no login page or error page stand before it?",
                "<b>Warning</b>: x|it cannot be read any more in line 1, column 1: it begins with a message of PHP; turn"
                        + " display_errors off, or log them instead, near: <b>Warning</b>: x",
                "{\"result\":\"succ|it ends too early, in line 1, column 16; was it cut off?, near: {\"result\":\"succ",
                "{} and more|more follows the object, in line 1, column 4, near: {} and more",
                "{} <br>|more follows the object, in line 1, column 4, near: {} <br>",
                "{}{}|more follows the object, in line 1, column 3, near: {}{}",
                "\"{\\\"result\\\":1}\"|it is a string that holds JSON; it was encoded twice, encode it once",
                "{'result':1}|it cannot be read any more in line 1, column 2: names and texts stand in double quotes in JSON,"
                        + " not in single ones, near: {'result':1}",
                "{\"a\":'b'}|it cannot be read any more in line 1, column 6: names and texts stand in double quotes in"
                        + " JSON, not in single ones, near: {\"a\":'b'}",
                "{\"a\":1, }|it cannot be read any more in line 1, column 9: no comma stands before a closing bracket in"
                        + " JSON, near: {\"a\":1, }",
                "{\"a\":[1,]}|it cannot be read any more in line 1, column 9: no comma stands before a closing bracket in"
                        + " JSON, near: {\"a\":[1,]}",
                "{\"a\":1 // x|it cannot be read any more in line 1, column 8: there are no comments in JSON, near: {\"a\":1"
                        + " // x",
                "{\"a\":NaN}|it cannot be read any more in line 1, column 9: NaN and Infinity are no numbers in JSON; send"
                        + " null or a text, near: {\"a\":NaN}",
                "{\"a\":True}|it cannot be read any more in line 1, column 6: it is true, false and null in JSON; in Python"
                        + " use json.dumps, near: {\"a\":True}",
                "{\"a\":\"C:\\dir\"}|it cannot be read any more in line 1, column 10: a backslash in a text is written twice in"
                        + " JSON, near: {\"a\":\"C:\\dir\"}",
                "result=fail&stop_release=1|it cannot be read any more in line 1, column 1: it looks like the fields of a"
                        + " form, near: result=fail&stop_release=1",
                "fail|it cannot be read any more in line 1, column 1, near: fail"
            })
    @DisplayName("protocol: delivery error — where reading stopped, and what to write instead")
    void shouldSayWhatAnUnreadableAnswerIs(String body, String error) {
        assertThat(failure(200, body).error()).isEqualTo("the answer is not exactly one JSON object: " + error);
    }

    @Test
    @DisplayName("protocol: secret — what is shown of where reading stopped holds no part of one")
    void shouldMaskWhereReadingStopped() {
        for (int before = 0; before < 70; before++) {
            String error = failure(200, "{\"" + "x".repeat(before) + "\": " + SECRET + "}")
                    .error();

            assertThat(error).doesNotContain("a-secret", "thirty", "characters!");
        }
    }

    @Test
    @DisplayName(
            "protocol: secret — one that alone makes the answer unreadable is not shown with where reading stopped")
    void shouldShowNothingWhereASecretIsWhatCannotBeRead() {
        String secret = "thirty\"characters-and-a-quote";
        Reply reply = AnswerReader.read(
                200,
                ("{\"message\":\"" + secret + "\"}").getBytes(StandardCharsets.UTF_8),
                null,
                null,
                Redactor.of(Secrets.ofTexts(secret)));

        assertThat(((Reply.Failure) reply).error())
                .isEqualTo(
                        "the answer is not exactly one JSON object: it cannot be read any more in line 1, column 20");
        assertThat(((Reply.Failure) reply).body()).isEqualTo("{\"message\":\"****\"}");
    }

    @Test
    @DisplayName("protocol: answer — any run of byte order marks and white space before the object is passed over")
    void shouldPassOverWhatStandsBeforeTheObject() {
        for (String before : new String[] {"\uFEFF\uFEFF", "\r\n\t \uFEFF\n\uFEFF ", "\u2028\uFEFF"}) {
            assertThat(answer(200, before + "{\"result\":\"fail\"}").result()).isEqualTo(Result.FAIL);
            assertThat(answer(200, before).data().isEmpty()).isTrue();
        }
    }

    @Test
    @DisplayName("protocol: delivery error — UTF-16 and UTF-32 are named, in either byte order")
    void shouldNameAnotherEncoding() {
        for (String name : new String[] {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
            byte[] body = "\uFEFF{\"result\":\"success\"}".getBytes(Charset.forName(name));

            assertThat(failure(200, body).error())
                    .isEqualTo("the answer is in " + name.substring(0, 6) + ", not in UTF-8; save or send it as UTF-8");
        }
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

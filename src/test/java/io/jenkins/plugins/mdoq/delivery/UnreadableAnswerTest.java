package io.jenkins.plugins.mdoq.delivery;

import static io.jenkins.plugins.mdoq.delivery.ReadAnswers.SECRET;
import static io.jenkins.plugins.mdoq.delivery.ReadAnswers.answer;
import static io.jenkins.plugins.mdoq.delivery.ReadAnswers.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are none: what is said of them, and that no secret is in it. */
class UnreadableAnswerTest {

    private static String nested(int levels) {
        return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
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
    void shouldShowOnlyTheBeginningOfWhatIsNoAnswer() {
        assertThat(failure(200, " <p>" + "x".repeat(10_000)).body())
                .startsWith("<p>xxx")
                .hasSizeLessThan(530);
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
    @DisplayName("protocol: delivery error — UTF-16 and UTF-32 are named, in either byte order")
    void shouldNameAnotherEncoding() {
        for (String name : new String[] {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
            byte[] body = "\uFEFF{\"result\":\"success\"}".getBytes(Charset.forName(name));

            assertThat(failure(200, body).error())
                    .isEqualTo("the answer is in " + name.substring(0, 6) + ", not in UTF-8; save or send it as UTF-8");
        }
    }
}

package io.jenkins.plugins.mdoq.delivery;

import static io.jenkins.plugins.mdoq.delivery.ReadAnswers.SECRET;
import static io.jenkins.plugins.mdoq.delivery.ReadAnswers.answer;
import static io.jenkins.plugins.mdoq.delivery.ReadAnswers.failure;
import static io.jenkins.plugins.mdoq.delivery.ReadAnswers.read;
import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Result;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

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

    @Test
    @DisplayName("protocol: answer — a UTF-8 byte order mark is passed over")
    void shouldPassOverAByteOrderMark() {
        assertThat(answer(200, "\uFEFF{\"result\":\"fail\"}").result()).isEqualTo(Result.FAIL);
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

    @Test
    @DisplayName("protocol: answer — any run of byte order marks and white space before the object is passed over")
    void shouldPassOverWhatStandsBeforeTheObject() {
        for (String before : new String[] {"\uFEFF\uFEFF", "\r\n\t \uFEFF\n\uFEFF ", "\u2028\uFEFF"}) {
            assertThat(answer(200, before + "{\"result\":\"fail\"}").result()).isEqualTo(Result.FAIL);
            assertThat(answer(200, before).data().isEmpty()).isTrue();
        }
    }
}

package io.jenkins.plugins.mdoq.protocol;

import static io.jenkins.plugins.mdoq.history.Facts.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol: "truth of the flags", "result". */
class FlagsTest {

    @ParameterizedTest
    @ValueSource(strings = {"true", "'true'", "1", "'1'"})
    void shouldTakeFourValuesAsTrue(String value) {
        assertThat(Flags.isTrue(json("{'f':" + value + "}").get("f"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "null",
                "0",
                "'0'",
                "2",
                "-1",
                "1.0",
                "1.5",
                "''",
                "'TRUE'",
                "' true'",
                "'yes'",
                "[true]",
                "{'a':true}",
                "18446744073709551617"
            })
    void shouldTakeAnythingElseAsFalse(String value) {
        assertThat(Flags.isTrue(json("{'f':" + value + "}").get("f"))).isFalse();
    }

    @Test
    void shouldTakeAnAbsentFlagAsFalse() {
        assertThat(Flags.isTrue(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"success, SUCCESS", "Success, SUCCESS", "FAIL, FAIL", "fail, FAIL"})
    void shouldReadAResultInAnyCase(String word, Result result) {
        assertThat(Result.read(TextNode.valueOf(word))).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'ok'", "' fail'", "'failed'", "null", "true", "1", "['fail']"})
    void shouldTakeNoOtherWordForAResult(String value) {
        assertThat(Result.read(json("{'r':" + value + "}").get("r"))).isNull();
    }
}

package io.jenkins.plugins.mdoq.report;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrettyJsonTest {

    @Test
    void shouldIndentWithLineFeedsOnEveryPlatform() {
        assertThat(PrettyJson.of(object("{\"a\":1,\"b\":[true,{\"c\":\"ü\"}]}")))
                .isEqualTo("""
                        {
                          "a" : 1,
                          "b" : [
                            true,
                            {
                              "c" : "ü"
                            }
                          ]
                        }""");
    }

    @Test
    void shouldWriteAsEscapesWhatIsNoText() {
        assertThat(PrettyJson.of(object().put("a", "x\u202ey\u0007z\u2028\ud83d\ude00\udbff\udffd")))
                .contains("x\\u202ey\\u0007z\\u2028\ud83d\ude00\\udbff\\udffd");
    }

    @Test
    void shouldCutALineOfAMebibyte() {
        String shown = PrettyJson.of(object().put("a", "x".repeat(1 << 20)));

        assertThat(shown).hasSizeLessThan(PrettyJson.MOST_CHARS + 30).endsWith(" more)");
    }
}

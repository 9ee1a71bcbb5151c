package io.jenkins.plugins.mdoq.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol: "delivery error" (not exactly one JSON object, invalid UTF-8, too deep). */
class JsonObjectReaderTest {

    @Test
    void shouldReadOneObject() throws Exception {
        JsonObjectReader.Read read = JsonObjectReader.read(" {\"a\":{\"b\":[1,null]}} \n");

        assertThat(read.object().at("/a/b/0").intValue()).isEqualTo(1);
        assertThat(read.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "42",
                "\"text\"",
                "{",
                "{\"a\":1",
                "{\"a\":1}}",
                "{}{}",
                "{} x",
                "{'a':1}",
                "{\"a\":NaN}",
                "<html>",
                "{\"a\":1,}",
                "{/* c */}",
                "{\"a\":1}\n{\"a\":1}"
            })
    void shouldRefuseAnythingElse(String text) {
        assertThatThrownBy(() -> JsonObjectReader.read(text))
                .isInstanceOf(JsonObjectReader.UnreadableException.class)
                .hasMessageStartingWith("not exactly one JSON object: ");
    }

    @Test
    void shouldTakeTheLastOfTwoValuesOfANameAndNoteIt() throws Exception {
        JsonObjectReader.Read read = JsonObjectReader.read("{\"result\":\"success\",\"result\":\"fail\"}");

        assertThat(read.object().get("result").textValue()).isEqualTo("fail");
        assertThat(read.notes()).containsExactly("a name stands twice in the JSON; the last value counts");
    }

    @Test
    void shouldBoundTheDepth() throws Exception {
        int most = JsonObjectReader.MAX_DEPTH;
        assertThat(JsonObjectReader.read(nested(most)).object()).isNotNull();
        for (int levels : new int[] {most + 1, 20_000}) {
            assertThatThrownBy(() -> JsonObjectReader.read(nested(levels)))
                    .isInstanceOf(JsonObjectReader.UnreadableException.class)
                    .hasMessageStartingWith("nested too deeply");
        }
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    @Test
    void shouldDecodeUtf8AndLeaveOutAByteOrderMark() throws Exception {
        assertThat(JsonObjectReader.decode("\uFEFF{\"a\":\"漢🚀\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("{\"a\":\"漢🚀\"}");
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        for (byte[] bytes : new byte[][] {
            {(byte) 0xff},
            {'{', (byte) 0xc3, '}'},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            "Größe".getBytes(StandardCharsets.ISO_8859_1)
        }) {
            assertThatThrownBy(() -> JsonObjectReader.decode(bytes))
                    .isInstanceOf(JsonObjectReader.UnreadableException.class)
                    .hasMessageStartingWith("not valid UTF-8 (byte ");
        }
    }
}

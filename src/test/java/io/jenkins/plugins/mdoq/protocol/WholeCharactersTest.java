package io.jenkins.plugins.mdoq.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Halves of characters, which JSON's escapes can hold and no text in UTF-8 can. */
class WholeCharactersTest {

    private static final char HALF = '\ud83d';

    @Test
    void shouldReplaceHalvesAtAnyDepth() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("a" + HALF, "b" + HALF).put("n", 7).put("whole", "🚀");
        ArrayNode list = object.putArray("list");
        list.add(HALF + "c").add(true).addObject().put("d", "e" + HALF + "f");

        ObjectNode whole = WholeCharacters.object(object);

        assertThat(whole)
                .hasToString(
                        "{\"a\ufffd\":\"b\ufffd\",\"n\":7,\"whole\":\"🚀\",\"list\":[\"\ufffdc\",true,{\"d\":\"e\ufffdf\"}]}");
    }

    @Test
    void shouldDoubtOnlyTextsThatHaveSuchEscapes() {
        assertThat(WholeCharacters.inDoubt("{\"a\":\"\\ud83d\"}")).isTrue();
        assertThat(WholeCharacters.inDoubt("{\"a\":\"\\uDfff\"}")).isTrue();
        assertThat(WholeCharacters.inDoubt("{\"a\":\"\\ud7ff \\ue000 🚀 ud83d\"}"))
                .isFalse();
    }
}

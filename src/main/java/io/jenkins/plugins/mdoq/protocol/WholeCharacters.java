package io.jenkins.plugins.mdoq.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.regex.Pattern;

/**
 * Mends JSON from outside that holds half a character: an emoji cut in two by an endpoint that counts UTF-16 units comes as
 * one escaped surrogate. JSON allows that, but not every reader does, our own journal's among them.
 */
final class WholeCharacters {

    private static final int REPLACEMENT = 0xfffd;
    private static final Pattern ESCAPED_SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");

    private WholeCharacters() {}

    /** Whether an object read from this text could need mending; decoded UTF-8 holds halves in escapes alone. */
    static boolean inDoubt(@NonNull String json) {
        return ESCAPED_SURROGATE.matcher(json).find();
    }

    /** A copy in which the replacement character stands for each half, in names and in strings, at any depth. */
    @NonNull
    static ObjectNode object(@NonNull ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> copy.set(text(field.getKey()), node(field.getValue())));
        return copy;
    }

    private static JsonNode node(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object(object);
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(element -> copy.add(node(element)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(text(node.textValue())) : node;
    }

    private static String text(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> whole.appendCodePoint(Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c));
        return whole.toString();
    }
}

package io.jenkins.plugins.mdoq.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads JSON that comes from outside: exactly one object, in UTF-8, with a bounded depth (protocol: "delivery error"). Of a
 * name that stands twice the last value counts, as in PHP and JavaScript, and it is noted. Half a character, an escaped
 * surrogate without the other one, is replaced by U+FFFD.
 */
public final class JsonObjectReader {

    /** How deeply an object may be nested: what PHP itself reads by default. */
    public static final int MAX_DEPTH = 512;

    private static final ObjectReader STRICT = reader(true);
    private static final ObjectReader LENIENT = reader(false);

    private JsonObjectReader() {}

    /**
     * What was read.
     *
     * @param object the object
     * @param notes oddities worth showing, or empty
     */
    public record Read(@NonNull ObjectNode object, @NonNull List<String> notes) {}

    /** The text is not an object that can be read; the message is one line for people. */
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    private static ObjectReader reader(boolean refuseDuplicates) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, refuseDuplicates)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readerFor(JsonNode.class);
    }

    /**
     * Decodes UTF-8; a byte order mark is left out.
     *
     * @throws UnreadableException if it is not valid
     */
    @NonNull
    public static String decode(@NonNull byte[] bytes) throws UnreadableException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableException("not valid UTF-8");
        }
    }

    /**
     * Reads an object.
     *
     * @throws UnreadableException if the text is anything else
     */
    @NonNull
    public static Read read(@NonNull String text) throws UnreadableException {
        try {
            return new Read(object(STRICT, text), List.of());
        } catch (StreamConstraintsException e) {
            throw new UnreadableException("nested too deeply (over " + MAX_DEPTH + " levels), or with a number or name"
                    + " beyond what is read");
        } catch (JsonProcessingException strict) {
            try {
                return new Read(
                        object(LENIENT, text), List.of("a name stands twice in the JSON; the last value counts"));
            } catch (JsonProcessingException e) {
                throw new UnreadableException("not exactly one JSON object");
            }
        }
    }

    private static ObjectNode object(ObjectReader reader, String text)
            throws JsonProcessingException, UnreadableException {
        JsonNode node = reader.readTree(text);
        if (node instanceof ObjectNode object) {
            return WholeCharacters.inDoubt(text) ? WholeCharacters.object(object) : object;
        }
        throw new UnreadableException("not exactly one JSON object");
    }
}

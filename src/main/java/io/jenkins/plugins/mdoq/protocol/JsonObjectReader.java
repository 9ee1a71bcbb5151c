package io.jenkins.plugins.mdoq.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
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

    /** The text is not an object that can be read; the message is one line for people and repeats nothing of the text. */
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String near;

        UnreadableException(String message, @CheckForNull String near) {
            super(message);
            this.near = near;
        }

        /** What stands where reading stopped, as it is in the text; null if that would say nothing. */
        @CheckForNull
        public String near() {
            return near;
        }
    }

    private static ObjectReader reader(boolean refuseDuplicates) {
        JsonFactory factory = JsonFactory.builder()
                // A buffer that is used again keeps what was read into it: a caller's secret, say.
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
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
     * Decodes UTF-8. Byte order marks and white space before the text are left out, however many: two PHP files saved with a
     * mark each send two.
     *
     * @throws UnreadableException if it is not valid
     */
    @NonNull
    public static String decode(@NonNull byte[] bytes) throws UnreadableException {
        String other = otherEncoding(bytes);
        if (other != null) {
            throw new UnreadableException("in " + other + ", not in UTF-8; save or send it as UTF-8", null);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
            int start = 0;
            while (start < text.length()
                    && (text.charAt(start) == '\uFEFF' || Character.isWhitespace(text.charAt(start)))) {
                start++;
            }
            return text.substring(start);
        } catch (CharacterCodingException e) {
            throw new UnreadableException(noUtf8(bytes, in.position()), null);
        }
    }

    private static String noUtf8(byte[] bytes, int at) {
        if (bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
            return "compressed with gzip, which no Content-Encoding says; send it as it is";
        }
        return String.format("not valid UTF-8 (byte %d, 0x%02X); save or send it as UTF-8", at + 1, bytes[at]);
    }

    /** The encoding that another one's byte order mark tells, or the zeros around an opening bracket; else null. */
    private static String otherEncoding(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = bytes.length < 4 ? -1 : (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        if (first == 0xfffe && second == 0 || first == 0 && second == 0xfeff) {
            return "UTF-32";
        }
        boolean zeros = first == '{' || first == '{' << 8;
        return first == 0xfffe || first == 0xfeff || zeros ? "UTF-16" : null;
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
            throw new UnreadableException(UnreadableJson.beyondLimit(e, MAX_DEPTH), null);
        } catch (JsonProcessingException strict) {
            try {
                return new Read(
                        object(LENIENT, text), List.of("a name stands twice in the JSON; the last value counts"));
            } catch (JsonProcessingException e) {
                throw UnreadableJson.exception(e, text);
            }
        }
    }

    /** Whether a text is an object and nothing else. */
    static boolean isObject(@NonNull String text) {
        try {
            return LENIENT.readTree(text) instanceof ObjectNode;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static ObjectNode object(ObjectReader reader, String text)
            throws JsonProcessingException, UnreadableException {
        JsonNode node = reader.readTree(text);
        if (node instanceof ObjectNode object) {
            return WholeCharacters.inDoubt(text) ? WholeCharacters.object(object) : object;
        }
        throw new UnreadableException(UnreadableJson.noObject(node), null);
    }
}

package io.jenkins.plugins.mdoq.lock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.JsonObjectReader;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a body of form fields, {@code application/x-www-form-urlencoded} in UTF-8, as PHP and {@code curl} send by default:
 * each field is a text, but for the two flags where they have one of the values that are read as a boolean (protocol: "truth of the
 * flags"). Of a name that stands twice the last value counts, and it is noted.
 */
final class FormFields {

    /** The most fields that are read. */
    static final int MAX_FIELDS = 1_000;

    private static final int SHOWN_CHARS = 60;

    /** What a form, which has nothing but texts, sends for a boolean. */
    private static final Map<String, Boolean> FLAGS = Map.of("true", true, "1", true, "false", false, "0", false);

    private FormFields() {}

    /** The body is not form fields; the message is one line that repeats nothing of it. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    @NonNull
    static JsonObjectReader.Read read(@NonNull byte[] body) throws UnreadableException {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        Set<String> twice = new LinkedHashSet<>();
        int number = 0;
        // Percent signs hide all that is not ASCII, and a byte that is none of it is taken as it is.
        for (String pair : new String(body, StandardCharsets.ISO_8859_1).split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++number > MAX_FIELDS) {
                throw new UnreadableException("has over " + MAX_FIELDS + " form fields");
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (fields.has(name)) {
                twice.add(name);
            }
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            Boolean flag = name.equals(Flags.STOP) || name.equals(Flags.ROLLBACK) ? FLAGS.get(value) : null;
            if (flag == null) {
                fields.put(name, value);
            } else {
                fields.put(name, flag);
            }
        }
        List<String> notes = new ArrayList<>();
        for (String name : twice) {
            if (notes.size() < 3) {
                notes.add("\"" + Limits.text(name, SHOWN_CHARS) + "\" is there twice; the last one counts");
            }
        }
        return new JsonObjectReader.Read(fields, notes);
    }

    private static String decode(String encoded) throws UnreadableException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                boolean whole = i + 2 < encoded.length();
                int high = whole ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = whole ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new UnreadableException(
                            "has a percent sign without two hexadecimal digits; encode each field (curl: --data-urlencode)");
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableException("is not valid UTF-8");
        }
    }
}

package io.jenkins.plugins.mdoq.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bounds on what one fact may keep, so that an endpoint cannot fill the disk or the log. */
public final class Limits {

    /** The most that an answer's or a release's data may take in the journal, in bytes of JSON. */
    public static final int DATA_BYTES = 64 * 1024;

    /** The longest message that is kept, in UTF-16 units. */
    public static final int MESSAGE_CHARS = 4 * 1024;

    /** The most progress notes that one entry keeps. */
    public static final int PROGRESS_NOTES = 1_000;

    /** The longest request and answer body anywhere in the protocol, in bytes (protocol: "answer size", "lock API 413"). */
    public static final int BODY_BYTES = 1024 * 1024;

    private static final List<String> KEPT = List.of("result", Flags.STOP, Flags.ROLLBACK, "message");

    private Limits() {}

    /** The text, cut to a length; what was cut is said. */
    @NonNull
    public static String text(@NonNull String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "… (" + (text.length() - end) + " more)";
    }

    /** The message, cut to {@link #MESSAGE_CHARS}. */
    @NonNull
    public static String message(@NonNull String text) {
        return text(text, MESSAGE_CHARS);
    }

    /** Whether the data is too large to be kept whole. */
    public static boolean tooLarge(@NonNull ObjectNode data) {
        return data.toString().getBytes(StandardCharsets.UTF_8).length > DATA_BYTES;
    }

    /** What is kept of data that is too large: the fields that decide, and the message. */
    @NonNull
    public static ObjectNode essence(@NonNull ObjectNode data) {
        ObjectNode kept = data.objectNode();
        for (String name : KEPT) {
            JsonNode value = data.get(name);
            if (value != null && value.isTextual()) {
                kept.put(name, message(value.textValue()));
            } else if (value != null && value.isValueNode()) {
                kept.set(name, value);
            }
        }
        return kept;
    }
}

package io.jenkins.plugins.mdoq.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.util.regex.Pattern;

/** Says in a sentence what an event means for a release (protocol: "chat"). */
public final class ReleaseSentence {

    /** The longest sentence, in UTF-16 units, without the note on how much of it was cut. */
    public static final int MOST_CHARS = 500;

    private static final int NAME_CHARS = 120;

    /** What is no text, or changes how the text around it looks. */
    private static final Pattern NOT_PLAIN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]+");

    private ReleaseSentence() {}

    /**
     * The sentence for an event, plain text in one line.
     *
     * @param event the event's name as it travels
     * @param job the full name of the job
     * @param number the number of its build
     * @param instance what is known of the thing being released; its {@code version}, if it has one, names the release
     * @param data more fields of the event, or null
     */
    @NonNull
    public static String of(
            @NonNull String event,
            @NonNull String job,
            long number,
            @NonNull ObjectNode instance,
            @CheckForNull ObjectNode data) {
        String version = text(instance, "version");
        String release = "Release "
                + (version == null ? "#" + number : name(version))
                + " of " + name(job)
                + (version == null ? "" : " (#" + number + ")");
        return Limits.text(sentence(event, release, data), MOST_CHARS);
    }

    private static String sentence(String event, String release, ObjectNode data) {
        String reason = text(data, "reason");
        String because = reason == null ? "." : ": " + plain(reason);
        String outcome = text(data, "outcome");
        if (event.equals("before_release")) {
            return release + " is asked for.";
        }
        if (event.equals("before_release_complete")) {
            return release + " has been carried out, and is about to be deemed a success.";
        }
        if (event.equals("release_ended")) {
            return release + " " + ended(outcome) + because;
        }
        if (event.equals("ping")) {
            return "This is a test: nothing is being released.";
        }
        if (event.endsWith("_cancelled")) {
            String cancelled = event.substring(0, event.length() - "_cancelled".length());
            return release + " waits no longer for what a webhook says to " + name(cancelled) + because;
        }
        return name(event) + ": " + release + because;
    }

    private static String ended(String outcome) {
        return switch (outcome == null ? "" : outcome) {
            case "released" -> "was released";
            case "failed" -> "failed";
            case "stopped" -> "was stopped";
            case "rolled_back" -> "was rolled back";
            case "rollback_failed" -> "could not be rolled back";
            case "aborted" -> "was aborted";
            default -> "has ended";
        };
    }

    private static String text(ObjectNode object, String field) {
        JsonNode value = object == null ? null : object.get(field);
        return value == null
                        || !value.isValueNode()
                        || value.isNull()
                        || value.asText().isBlank()
                ? null
                : value.asText();
    }

    private static String name(String text) {
        return Limits.text(plain(text), NAME_CHARS);
    }

    private static String plain(String text) {
        return NOT_PLAIN.matcher(text).replaceAll(" ").strip();
    }
}

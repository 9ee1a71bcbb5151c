package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An event that webhooks listen to. The two of a release may be written {@code before_release}, {@code beforeRelease} or
 * {@code Before Release}; any other name is a custom event and travels as it was written.
 *
 * @param name the name as it travels
 */
public record ReleaseEvent(@NonNull String name) {

    /** Fires before anything of the release has begun (protocol: "Before Release"). */
    public static final ReleaseEvent BEFORE_RELEASE = new ReleaseEvent("before_release");

    /** Fires when the release has been carried out, before it is deemed a success (protocol: "Before Release Complete"). */
    public static final ReleaseEvent BEFORE_RELEASE_COMPLETE = new ReleaseEvent("before_release_complete");

    private static final Pattern GAP = Pattern.compile("[\\s_-]+");

    /**
     * The event of a name.
     *
     * @throws IllegalArgumentException if the name is blank, holds control characters, or is within two edits of a release
     *     event's (protocol: "event names")
     */
    @NonNull
    public static ReleaseEvent of(@NonNull String name) {
        String trimmed = name.strip();
        if (trimmed.isEmpty() || trimmed.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an event needs a name without control characters;"
                    + " write beforeRelease, beforeReleaseComplete or the name of a custom event");
        }
        for (ReleaseEvent event : List.of(BEFORE_RELEASE, BEFORE_RELEASE_COMPLETE)) {
            if (event.is(trimmed)) {
                return event;
            }
            if (Spelling.near(plain(trimmed), plain(event.name))) {
                throw new IllegalArgumentException("the event '" + trimmed + "' is nearly " + event.name + "; write "
                        + event.name + ", or a name of your own that is further from it");
            }
        }
        return new ReleaseEvent(trimmed);
    }

    /** Whether a name means this event, whatever spelling it uses (protocol: "event names"). */
    public boolean is(@NonNull String other) {
        return name.equals(other) || plain(name).equals(plain(other));
    }

    private static String plain(String name) {
        return GAP.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}

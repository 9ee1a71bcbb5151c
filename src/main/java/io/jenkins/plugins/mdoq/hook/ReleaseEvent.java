package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
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

    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern GAP = Pattern.compile("[\\s_-]+");

    /**
     * The event of a name.
     *
     * @throws IllegalArgumentException if the name is blank or holds control characters
     */
    @NonNull
    public static ReleaseEvent of(@NonNull String name) {
        String trimmed = name.strip();
        if (trimmed.isEmpty() || trimmed.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an event needs a name without control characters;"
                    + " write beforeRelease, beforeReleaseComplete or the name of a custom event");
        }
        String normal = normal(trimmed);
        if (normal.equals(BEFORE_RELEASE.name)) {
            return BEFORE_RELEASE;
        }
        return normal.equals(BEFORE_RELEASE_COMPLETE.name) ? BEFORE_RELEASE_COMPLETE : new ReleaseEvent(trimmed);
    }

    /** Whether a name means this event, whatever spelling it uses. */
    public boolean is(@NonNull String other) {
        return normal(name).equals(normal(other.strip()));
    }

    private static String normal(String name) {
        String parted = HUMP.matcher(name).replaceAll("$1_$2");
        return GAP.matcher(parted).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}

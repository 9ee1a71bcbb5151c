package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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

    /** Tells how the release ended; fired by this program alone (protocol: "more events"). */
    public static final ReleaseEvent RELEASE_ENDED = new ReleaseEvent("release_ended");

    /** Behind the name of an event: tells that a lock of that event was given up (protocol: "more events"). */
    static final String CANCELLED = "_cancelled";

    private static final List<ReleaseEvent> OF_A_RELEASE = List.of(BEFORE_RELEASE, BEFORE_RELEASE_COMPLETE);

    private static final List<ReleaseEvent> KNOWN = List.of(
            BEFORE_RELEASE,
            BEFORE_RELEASE_COMPLETE,
            BEFORE_RELEASE.cancelled(),
            BEFORE_RELEASE_COMPLETE.cancelled(),
            RELEASE_ENDED);

    private static final Pattern GAP = Pattern.compile("[\\s_-]+");

    /**
     * The event of a name.
     *
     * @throws IllegalArgumentException if the name is blank, holds control characters, or is within two edits of one of the
     *     names that this program fires by itself or for a release (protocol: "event names")
     */
    @NonNull
    public static ReleaseEvent of(@NonNull String name) {
        String trimmed = name.strip();
        if (trimmed.isEmpty() || trimmed.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an event needs a name without control characters;"
                    + " write beforeRelease, beforeReleaseComplete or the name of a custom event");
        }
        for (ReleaseEvent event : KNOWN) {
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

    /**
     * The event of a name, to be fired.
     *
     * @throws IllegalArgumentException as {@link #of} does, and for an event that this program fires by itself
     */
    @NonNull
    public static ReleaseEvent toFire(@NonNull String name) {
        ReleaseEvent event = of(name);
        if (event.tellsOnly()) {
            throw new IllegalArgumentException("the event " + event.name
                    + " is fired by itself, when it has happened; write beforeRelease, beforeReleaseComplete or a name of"
                    + " your own");
        }
        return event;
    }

    /** Whether it is one of the two events of a release, which a webhook can guard. */
    public boolean guardsReleases() {
        return OF_A_RELEASE.contains(this);
    }

    /** Whether it only tells what happened to a release: it blocks nothing and decides nothing (protocol: "more events"). */
    public boolean tellsOnly() {
        return KNOWN.contains(this) && !guardsReleases();
    }

    /** What is wrong with an event that is to block, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    public String blockingError(boolean blocking) {
        return blocking && tellsOnly()
                ? "the event " + name + " only tells what happened, so it cannot block; leave blocking out"
                : null;
    }

    /** The event that tells that a lock of this one was given up. */
    @NonNull
    public ReleaseEvent cancelled() {
        return new ReleaseEvent(name + CANCELLED);
    }

    /** Whether a name means this event, whatever spelling it uses (protocol: "event names"). */
    public boolean is(@NonNull String other) {
        return name.equals(other) || plain(name).equals(plain(other));
    }

    private static String plain(String name) {
        return GAP.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }
}

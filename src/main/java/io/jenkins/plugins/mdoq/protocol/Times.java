package io.jenkins.plugins.mdoq.protocol;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Points in time as people read them: to the second, and in one zone, which is always named. Logs and pages travel between
 * people in several zones, so none of them is the reader's own; only a browser knows that one.
 */
public final class Times {

    /** The zone of all times that are shown, as it stands beside them. */
    public static final String ZONE = "UTC";

    private Times() {}

    /** Such as {@code 2026-08-01 10:00:00 UTC}. */
    @NonNull
    public static String text(@NonNull Instant instant) {
        return bare(instant) + " " + ZONE;
    }

    /** Such as {@code 2026-08-01 10:00:00}, for a column whose title names {@link #ZONE}. */
    @NonNull
    public static String bare(@NonNull Instant instant) {
        // Unlike a formatter, this takes any instant, as a damaged journal may hold one.
        String iso = iso(instant);
        return iso.substring(0, iso.length() - 1).replace('T', ' ');
    }

    /** In ISO 8601, such as {@code 2026-08-01T10:00:00Z}, for machines. */
    @NonNull
    public static String iso(@NonNull Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
public final class Durations {

    private Durations() {}

    /** Such as {@code 42 ms}, {@code 3.1 s}, {@code 5 min 2 s} or {@code 2 d 4 h}. */
    @NonNull
    public static String text(@NonNull Duration duration) {
        if (duration.toDays() >= 1) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        long millis = duration.isNegative() ? 0 : duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        return millis < 3_600_000
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}

package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Times;
import io.jenkins.plugins.mdoq.report.Durations;
import java.time.Duration;
import java.time.Instant;

/**
 * A point in time as the page shows it.
 *
 * @param iso in ISO 8601 and UTC, to the second; the browser puts it in its own time zone
 * @param relative how far from now, such as {@code 5 min 2 s ago} or {@code in 3 h 0 min}
 */
public record TimeView(@NonNull String iso, @NonNull String relative) {

    /** The point in time with its zone, for those whose browser does not put it in theirs. */
    @NonNull
    public String absolute() {
        return iso.replace('T', ' ').replace("Z", " UTC");
    }

    /** A point in time, or null for null. */
    @CheckForNull
    static TimeView ofAny(@CheckForNull Instant at, @NonNull Instant now) {
        return at == null ? null : of(at, now);
    }

    @NonNull
    static TimeView of(@NonNull Instant at, @NonNull Instant now) {
        Duration since = Duration.between(at, now);
        return new TimeView(
                Times.iso(at),
                since.isNegative() ? Messages.TimeView_in(text(since.negated())) : Messages.TimeView_ago(text(since)));
    }

    /** Whole seconds: what is asked for every few seconds is not to flicker. */
    private static String text(Duration duration) {
        return duration.toSeconds() < 60 ? duration.toSeconds() + " s" : Durations.text(duration);
    }
}

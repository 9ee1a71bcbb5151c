package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.report.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A point in time as the page shows it.
 *
 * @param iso in ISO 8601 and UTC, to the second; the browser puts it in its own time zone
 * @param relative how far from now, such as {@code 5 min 2 s ago} or {@code in 3 h 0 min}
 */
public record TimeView(@NonNull String iso, @NonNull String relative) {

    /** When the first of some facts happened that is there, or null if none is. */
    @CheckForNull
    static Instant ofFirst(Fact... facts) {
        for (Fact fact : facts) {
            if (fact != null) {
                return fact.at();
            }
        }
        return null;
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
                at.truncatedTo(ChronoUnit.SECONDS).toString(),
                since.isNegative()
                        ? Messages.TimeView_in(Durations.text(since.negated()))
                        : Messages.TimeView_ago(Durations.text(since)));
    }
}

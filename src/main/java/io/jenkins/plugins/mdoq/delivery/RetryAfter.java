package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** The value of {@code Retry-After}: seconds, or a date in one of the three forms of RFC 9110 5.6.7. */
final class RetryAfter {

    private static final DateTimeFormatter IMF = form("dd MMM yyyy HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ASCTIME = form("MMM ppd HH:mm:ss yyyy");

    private RetryAfter() {}

    private static DateTimeFormatter form(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ROOT);
    }

    /** A year of two digits is never one that is more than 50 years ahead (RFC 9110 5.6.7). */
    private static DateTimeFormatter rfc850(Instant now) {
        int first = now.atOffset(ZoneOffset.UTC).getYear() - 49;
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern("dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, first)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ROOT);
    }

    /**
     * How long to wait from now; nothing or less if the time is past already.
     *
     * @return null if the value is absent or says nothing
     */
    @CheckForNull
    static Duration read(@CheckForNull String header, @NonNull Instant now) {
        String value = header == null ? "" : header.strip();
        if (value.isEmpty()) {
            return null;
        }
        if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            // Far beyond any bound there is no need to be exact.
            return Duration.ofSeconds(value.length() > 9 ? 999_999_999 : Long.parseLong(value));
        }
        // The day of the week says nothing that the date does not.
        int weekday = value.indexOf(value.indexOf(',') < 0 ? ' ' : ',');
        String date = value.substring(weekday + 1).strip();
        for (DateTimeFormatter form : List.of(IMF, ASCTIME, rfc850(now))) {
            try {
                Instant at = LocalDateTime.parse(date, form).toInstant(ZoneOffset.UTC);
                Duration wait = Duration.between(now, at);
                return wait.isNegative() ? Duration.ZERO : wait;
            } catch (DateTimeException e) {
                // Of another form.
                continue;
            }
        }
        return null;
    }
}

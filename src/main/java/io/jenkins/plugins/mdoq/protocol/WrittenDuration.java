package io.jenkins.plugins.mdoq.protocol;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as they are configured: a whole number and its unit, such as {@code 90s}, {@code 30m}, {@code 2h} or {@code 1d}. */
public final class WrittenDuration {

    /** The longest duration that can be set: ten years. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*([smhd])");
    private static final int SHOWN_CHARS = 60;

    private WrittenDuration() {}

    /**
     * Reads a duration. Nothing and {@code 0} are none.
     *
     * @throws IllegalArgumentException if it is none, in one line that says what to write instead; see {@link #error}
     */
    @NonNull
    public static Duration parse(@CheckForNull String text) {
        String written = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        if (written.isEmpty() || written.matches("0+")) {
            return Duration.ZERO;
        }
        Matcher form = FORM.matcher(written);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    written.matches("\\d{1,12}")
                            ? "is " + written + ", a number without a unit; write " + written + "s for seconds, "
                                    + written + "m for minutes or " + written + "h for hours"
                            : "is '" + Limits.text(text.strip(), SHOWN_CHARS)
                                    + "'; write a whole number and its unit, such as 90s, 30m, 2h or 1d, or 0 for none");
        }
        long number = Long.parseLong(form.group(1));
        long seconds = number
                * switch (form.group(2)) {
                    case "s" -> 1;
                    case "m" -> 60;
                    case "h" -> 3_600;
                    default -> 86_400;
                };
        if (seconds > LONGEST.toSeconds()) {
            throw new IllegalArgumentException(
                    "is " + written + "; write at most " + text(LONGEST) + ", or 0 for none");
        }
        return Duration.ofSeconds(seconds);
    }

    /** What is wrong with a duration, to stand behind its name, and what to write instead; null if nothing is. */
    @CheckForNull
    public static String error(@CheckForNull String text) {
        try {
            parse(text);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** The duration in the largest unit that it is a whole number of; {@code 0} for none. Less than a second is cut off. */
    @NonNull
    public static String text(@NonNull Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0) {
            return "0";
        }
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}

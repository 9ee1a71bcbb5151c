package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.lock.AddressRange;
import java.util.List;
import java.util.stream.Stream;

/** A list of address ranges that a form shows as one text, a range on each line. */
final class AddressRanges {

    /**
     * Stands for a range that was given and is blank, such as one from a variable that is not set. It is no range, so that nobody
     * takes the list for an empty one, which allows every address.
     */
    static final String NOT_SET = "(not-set)";

    private AddressRanges() {}

    /** The same as {@link #split}, with {@value #NOT_SET} for each text that is blank. */
    @NonNull
    static List<String> splitAndKeepBlank(@CheckForNull List<String> texts) {
        return Rows.given(texts).stream()
                .flatMap(text -> text == null || text.isBlank() ? Stream.of(NOT_SET) : split(List.of(text)).stream())
                .toList();
    }

    /** The ranges in texts of which each may hold several, separated by white space or commas. */
    @NonNull
    static List<String> split(@CheckForNull List<String> texts) {
        return Rows.given(texts).stream()
                .flatMap(text -> text == null ? Stream.empty() : Stream.of(text.split("[\\s,]+")))
                .filter(range -> !range.isEmpty())
                .toList();
    }

    /** The ranges as the text that a form shows. */
    @NonNull
    static String text(@NonNull List<String> ranges) {
        return String.join("\n", ranges);
    }

    /** What is wrong with the first of the ranges that is none, one line; null if nothing is. */
    @CheckForNull
    static String validationError(@NonNull List<String> ranges) {
        return ranges.stream()
                .map(AddressRanges::validationError)
                .filter(problem -> problem != null)
                .findFirst()
                .orElse(null);
    }

    /** What is wrong with a range, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    static String validationError(@NonNull String range) {
        if (range.equals(NOT_SET)) {
            return Messages.AddressRanges_notSet();
        }
        try {
            AddressRange.parse(range);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}

package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A setting with a few values, which are constants of an enum. It is kept as the text that was written, so that what is none of
 * them can be said in words, wherever it was written, and is never taken for the default.
 */
final class Choice {

    private static final int SHOWN_CHARS = 60;

    private Choice() {}

    /** A text as it is kept: the constant's own spelling if it is one; null for null, which is the default. */
    @CheckForNull
    static <E extends Enum<E>> String kept(@CheckForNull String written, @NonNull Class<E> type) {
        E constant = written == null ? null : find(written, type);
        return constant == null ? written : constant.name();
    }

    /** The constant of a kept text, the default for null; null if the text is none. */
    @CheckForNull
    static <E extends Enum<E>> E of(@CheckForNull String kept, @NonNull E byDefault) {
        return kept == null ? byDefault : find(kept, byDefault.getDeclaringClass());
    }

    /** What is wrong with a kept text, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    static <E extends Enum<E>> String problem(
            @NonNull String field, @CheckForNull String kept, @NonNull Class<E> type) {
        if (kept == null || find(kept, type) != null) {
            return null;
        }
        String choices = Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        return Messages.Choice_unknown(field, Limits.text(kept, SHOWN_CHARS), choices);
    }

    /**
     * The choices of a form.
     *
     * @param chosen what is chosen now; one that is no constant is kept, to be said and corrected
     * @param text what a constant is called there
     */
    @NonNull
    static <E extends Enum<E>> ListBoxModel items(
            @CheckForNull String chosen, @NonNull Class<E> type, @NonNull Function<E, String> text) {
        ListBoxModel items = new ListBoxModel();
        for (E constant : type.getEnumConstants()) {
            items.add(text.apply(constant), constant.name());
        }
        if (chosen != null && !chosen.isBlank() && find(chosen, type) == null) {
            items.add(chosen, chosen);
        }
        return items;
    }

    @CheckForNull
    private static <E extends Enum<E>> E find(String written, Class<E> type) {
        String name = written.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}

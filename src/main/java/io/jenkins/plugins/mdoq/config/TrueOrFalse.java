package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Limits;

/**
 * A setting that is true or false. It is kept as the text that was written: whatever else is read as false elsewhere, such as
 * the nothing that comes from a variable that is not set, and would leave a gate open without a word.
 */
final class TrueOrFalse {

    private static final int SHOWN_CHARS = 60;

    private TrueOrFalse() {}

    /** Whether a kept text is true; null is false. */
    static boolean isTrue(@CheckForNull String kept) {
        return kept != null && kept.strip().equalsIgnoreCase("true");
    }

    /** Whether it was to be set and is blank. */
    static boolean isBlank(@CheckForNull String kept) {
        return kept != null && kept.isBlank();
    }

    /** What is wrong with a kept text, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    static String problem(@NonNull String field, @CheckForNull String kept) {
        return kept == null || isTrue(kept) || kept.strip().equalsIgnoreCase("false")
                ? null
                : Messages.TrueOrFalse_unknown(field, Limits.text(kept, SHOWN_CHARS));
    }
}

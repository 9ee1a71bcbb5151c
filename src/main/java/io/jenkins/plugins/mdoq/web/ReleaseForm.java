package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * What an operator asked for and what was not done: shown again with what they wrote, so that none of it
 * is lost.
 *
 * @param status the HTTP status of the answer
 * @param error why not, one sentence
 * @param delivery the delivery that was meant, or null if none was named
 * @param outcome the outcome that was chosen, or null
 * @param message the reason that was written, or empty
 */
public record ReleaseForm(
        int status,
        @NonNull String error,
        @CheckForNull String delivery,
        @CheckForNull String outcome,
        @NonNull String message) {

    /** Whether it is about an entry. For the page. */
    public boolean isAbout(@NonNull EntryView entry) {
        return entry.delivery().equals(delivery);
    }

    /** Whether an outcome was chosen. For the page. */
    public boolean isChosen(@NonNull String word) {
        return word.equals(outcome);
    }
}

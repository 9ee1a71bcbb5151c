package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a form as they are saved: in arrays. Jenkins reads a saved list without those elements that it cannot read, and a
 * webhook, an event or an address range that went missing like that would be a gate that silently stands open. An array it
 * reads whole or, as the fields are critical ones, not at all; a field that is null after loading says so.
 */
final class Rows {

    private Rows() {}

    /** Whether saved rows could not be read. */
    static boolean unreadable(@CheckForNull Object[] rows) {
        return rows == null || Arrays.asList(rows).contains(null);
    }

    /** The rows, none if they could not be read. */
    @NonNull
    static <T> List<T> of(@CheckForNull T[] rows) {
        return unreadable(rows) ? List.of() : List.of(rows);
    }

    /** The given rows, none for null: an empty list arrives as null from a form and from configuration as code. */
    @NonNull
    static <T> List<T> given(@CheckForNull List<T> rows) {
        return rows == null ? List.of() : rows;
    }
}

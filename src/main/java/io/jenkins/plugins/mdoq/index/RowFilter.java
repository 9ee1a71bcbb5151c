package io.jenkins.plugins.mdoq.index;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.report.EntryState;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Which deliveries are looked for. What is null or blank lets all through.
 *
 * @param webhook the webhook's name
 * @param job a part of the job's full name, in whatever case
 * @param state the word of a state; one that there is not lets all through
 */
public record RowFilter(
        @Nullable String webhook,
        @Nullable String job,
        @Nullable String state) implements Predicate<DeliveryRow> {

    /** Makes nothing of what is blank, and of the word of no state. */
    public RowFilter {
        webhook = given(webhook);
        job = given(job);
        state = of(state) == null ? null : state;
    }

    /** Whether it lets all through. */
    public boolean all() {
        return webhook == null && job == null && state == null;
    }

    @Override
    public boolean test(@NonNull DeliveryRow row) {
        return (webhook == null || webhook.equals(row.webhook()))
                && (job == null || lower(row.process().job()).contains(lower(job)))
                && (state == null || row.state() == of(state));
    }

    private static String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static EntryState of(@Nullable String word) {
        for (EntryState each : EntryState.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        return null;
    }
}

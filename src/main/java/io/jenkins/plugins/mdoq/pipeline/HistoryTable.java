package io.jenkins.plugins.mdoq.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Durations;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.HistoryEntry;
import io.jenkins.plugins.mdoq.history.HookHistory;
import io.jenkins.plugins.mdoq.history.Limits;
import io.jenkins.plugins.mdoq.history.Outcome;
import io.jenkins.plugins.mdoq.history.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The history of one fired event as an aligned table of plain text. */
final class HistoryTable {

    private static final int WIDEST = 60;
    private static final List<String> HEADER =
            List.of("WEBHOOK", "ATTEMPTS", "STATUS", "TOOK", "LOCK", "OUTCOME", "MESSAGE");

    private HistoryTable() {}

    /** The lines of the table, its header first. */
    static List<String> of(@NonNull HookHistory hook) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        hook.entries().forEach(entry -> rows.add(row(entry)));
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> row(HistoryEntry entry) {
        Outcome outcome = entry.outcome();
        return List.of(
                Limits.text(entry.plan().webhook(), WIDEST),
                Integer.toString(entry.attempts()),
                status(entry),
                took(entry),
                lock(entry),
                outcome == null ? "-" : outcome.word(),
                entry.outcome() == Outcome.SUCCESS && !entry.data().has("message")
                        ? ""
                        : Limits.text(PlainText.line(entry.reason()), WIDEST));
    }

    private static String status(HistoryEntry entry) {
        if (entry.answer() != null) {
            return Integer.toString(entry.answer().status());
        }
        Fact.AttemptFailed failure = entry.lastFailure();
        return failure == null || failure.status() == null
                ? "-"
                : failure.status().toString();
    }

    private static String took(HistoryEntry entry) {
        Instant end = entry.release() != null
                ? entry.release().at()
                : entry.answer() != null
                        ? entry.answer().at()
                        : entry.lastFailure() != null ? entry.lastFailure().at() : null;
        return end == null ? "-" : Durations.text(Duration.between(entry.firedAt(), end));
    }

    private static String lock(HistoryEntry entry) {
        if (entry.plan().lock() == null) {
            return "none";
        }
        if (entry.release() != null) {
            return "released";
        }
        if (entry.expiry() != null) {
            return "expired";
        }
        return entry.closed() || entry.cancellation() != null ? "closed" : "held";
    }
}

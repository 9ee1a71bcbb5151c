package io.jenkins.plugins.mdoq.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Durations;
import io.jenkins.plugins.mdoq.history.HistoryEntry;
import io.jenkins.plugins.mdoq.history.HookHistory;
import io.jenkins.plugins.mdoq.history.Limits;
import io.jenkins.plugins.mdoq.history.LockState;
import io.jenkins.plugins.mdoq.history.Outcome;
import io.jenkins.plugins.mdoq.history.PlainText;
import io.jenkins.plugins.mdoq.history.TextTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The history of one fired event as an aligned table of plain text. */
final class HistoryTable {

    private static final int WIDEST = 60;

    /** Without bounds of their own: where a cell is cut, it says how much was cut. */
    private static final List<TextTable.Column> COLUMNS = Stream.of(
                    "WEBHOOK", "ATTEMPTS", "STATUS", "TOOK", "LOCK", "OUTCOME", "MESSAGE")
            .map(TextTable.Column::unbounded)
            .toList();

    private HistoryTable() {}

    /** The lines of the table, its header first. */
    static List<String> of(@NonNull HookHistory hook) {
        TextTable table = new TextTable(COLUMNS);
        hook.entries().forEach(entry -> table.add(row(entry)));
        return table.lines().stream().map(line -> "  " + line).toList();
    }

    private static List<String> row(HistoryEntry entry) {
        Outcome outcome = entry.outcome();
        return List.of(
                Limits.text(entry.plan().webhook(), WIDEST),
                Integer.toString(entry.attempts()),
                TextTable.cell(entry.status()),
                took(entry),
                lock(entry),
                outcome == null ? TextTable.NONE : outcome.word(),
                outcome == Outcome.SUCCESS && !entry.data().has("message")
                        ? ""
                        : Limits.text(PlainText.line(entry.reason()), WIDEST));
    }

    /** From the firing to what decided last, a release included. */
    private static String took(HistoryEntry entry) {
        Instant end = entry.release() != null
                ? entry.release().at()
                : entry.answer() != null
                        ? entry.answer().at()
                        : entry.lastFailure() != null ? entry.lastFailure().at() : null;
        return end == null ? TextTable.NONE : Durations.text(Duration.between(entry.firedAt(), end));
    }

    private static String lock(HistoryEntry entry) {
        LockState state = LockState.of(entry);
        if (state == null) {
            return "none";
        }
        return switch (state) {
            case RELEASED -> "released";
            case EXPIRED -> "expired";
            case HELD -> "held";
            case GIVEN_UP, CLOSED -> "closed";
        };
    }
}

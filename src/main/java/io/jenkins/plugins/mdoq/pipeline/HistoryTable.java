package io.jenkins.plugins.mdoq.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.LockState;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.report.Durations;
import io.jenkins.plugins.mdoq.report.PlainText;
import io.jenkins.plugins.mdoq.report.TextTable;
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
    static List<String> of(@NonNull EventHistory event) {
        TextTable table = new TextTable(COLUMNS);
        event.entries().forEach(entry -> table.add(row(entry)));
        return table.lines().stream().map(line -> "  " + line).toList();
    }

    private static List<String> row(DeliveryHistory entry) {
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
    private static String took(DeliveryHistory entry) {
        Instant end = entry.release() != null
                ? entry.release().at()
                : entry.answer() != null
                        ? entry.answer().at()
                        : entry.lastFailure() != null ? entry.lastFailure().at() : null;
        return end == null ? TextTable.NONE : Durations.text(Duration.between(entry.firedAt(), end));
    }

    private static String lock(DeliveryHistory entry) {
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

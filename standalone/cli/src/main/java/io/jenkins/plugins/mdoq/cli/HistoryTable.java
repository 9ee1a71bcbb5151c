package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.LockState;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.report.Durations;
import io.jenkins.plugins.mdoq.report.PlainText;
import io.jenkins.plugins.mdoq.report.TextTable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** A webhook history as a table for people: one row an entry, each column of a bounded width. */
final class HistoryTable {

    private static final List<TextTable.Column> COLUMNS = List.of(
            new TextTable.Column("TIME (UTC)", 19),
            new TextTable.Column("EVENT", 26),
            new TextTable.Column("WEBHOOK", 24),
            new TextTable.Column("TRIES", 5),
            new TextTable.Column("STATUS", 6),
            new TextTable.Column("TOOK", 10),
            new TextTable.Column("LOCK", 24),
            new TextTable.Column("RESULT", 7),
            new TextTable.Column("FLAGS", 13),
            new TextTable.Column("VERDICT", 8),
            new TextTable.Column("MESSAGE", 70));

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private HistoryTable() {}

    /** The lines: the table, the commands that were run, and what of the history could not be read. */
    static List<String> lines(History history) {
        TextTable table = new TextTable(COLUMNS);
        for (EventHistory event : history.events()) {
            if (event.entries().isEmpty()) {
                table.add(row(event, "no webhook listens"));
            }
            event.entries().forEach(entry -> table.add(row(event, entry)));
        }
        List<String> lines = new ArrayList<>(table.lines());
        Step.of(history).forEach(step -> lines.add(line(step)));
        history.damage().forEach(damage -> lines.add("damaged: " + PlainText.line(damage)));
        return lines;
    }

    private static List<String> row(EventHistory event, String message) {
        List<String> row =
                new ArrayList<>(List.of(time(event.fired().at()), event.fired().event()));
        while (row.size() < COLUMNS.size() - 2) {
            row.add(TextTable.NONE);
        }
        row.add(verdict(event));
        row.add(message);
        return row;
    }

    private static List<String> row(EventHistory event, DeliveryHistory entry) {
        return List.of(
                time(entry.firedAt()),
                event.fired().event(),
                entry.plan().webhook(),
                Integer.toString(entry.attempts()),
                TextTable.cell(entry.status()),
                took(entry),
                lock(entry),
                entry.result() == null ? TextTable.NONE : entry.result().word(),
                flags(entry),
                verdict(event),
                message(entry));
    }

    /** Of the last request alone; how long a lock was held stands in its own column. */
    private static String took(DeliveryHistory entry) {
        if (entry.answer() != null) {
            return Durations.text(Duration.ofMillis(entry.answer().millis()));
        }
        Fact.AttemptFailed failure = entry.lastFailure();
        return failure == null ? TextTable.NONE : Durations.text(Duration.ofMillis(failure.millis()));
    }

    private static String lock(DeliveryHistory entry) {
        LockState state = LockState.of(entry);
        if (state == null) {
            return TextTable.NONE;
        }
        return switch (state) {
            case RELEASED ->
                "released after "
                        + Durations.text(Duration.between(
                                entry.firedAt(), entry.release().at()));
            case EXPIRED -> "expired";
            case GIVEN_UP -> "given up";
            case HELD -> "held";
            case CLOSED -> "closed";
        };
    }

    private static String flags(DeliveryHistory entry) {
        List<String> flags = new ArrayList<>();
        if (Flags.isTrue(entry.data().get(Flags.STOP))) {
            flags.add("stop");
        }
        if (Flags.isTrue(entry.data().get(Flags.ROLLBACK))) {
            flags.add("rollback");
        }
        return flags.isEmpty() ? TextTable.NONE : String.join("+", flags);
    }

    private static String verdict(EventHistory event) {
        return event.settled() == null ? "waiting" : event.settled().action().word();
    }

    private static String message(DeliveryHistory entry) {
        boolean hasReason = entry.result() == Result.FAIL
                || entry.cancellation() != null
                || entry.data().path("message").isTextual();
        return hasReason ? entry.reason() : "";
    }

    private static String line(Step step) {
        String began =
                step.started().step() + ": started at " + time(step.started().at());
        StepFact.Finished finished = step.finished();
        if (finished == null) {
            return began + ", not finished";
        }
        return began + ", took "
                + Durations.text(Duration.between(step.started().at(), finished.at())) + ", "
                + (finished.status() == 0 ? "done" : "failed (" + finished.status() + ")")
                + (finished.message() == null ? "" : ": " + PlainText.line(finished.message()));
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}

package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.history.Durations;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Flags;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.HistoryEntry;
import io.jenkins.plugins.mdoq.history.HookHistory;
import io.jenkins.plugins.mdoq.history.PlainText;
import io.jenkins.plugins.mdoq.history.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** A webhook history as a table for people: one row an entry, each column of a bounded width. */
final class HistoryTable {

    private static final List<String> HEAD = List.of(
            "TIME (UTC)",
            "EVENT",
            "WEBHOOK",
            "TRIES",
            "STATUS",
            "TOOK",
            "LOCK",
            "RESULT",
            "FLAGS",
            "VERDICT",
            "MESSAGE");

    /** The widest that each column gets, in characters. */
    private static final int[] WIDEST = {19, 26, 24, 5, 6, 10, 24, 7, 13, 8, 70};

    private static final String NONE = "-";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private HistoryTable() {}

    /** The lines: the table, the commands that were run, and what of the history could not be read. */
    static List<String> lines(History history) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        for (HookHistory hook : history.hooks()) {
            if (hook.entries().isEmpty()) {
                rows.add(row(hook, "no webhook listens"));
            }
            hook.entries().forEach(entry -> rows.add(row(hook, entry)));
        }
        List<String> lines = new ArrayList<>(aligned(rows));
        Step.of(history).forEach(step -> lines.add(line(step)));
        history.damage().forEach(damage -> lines.add("damaged: " + PlainText.line(damage)));
        return lines;
    }

    private static List<String> row(HookHistory hook, String message) {
        List<String> row =
                new ArrayList<>(List.of(time(hook.fired().at()), hook.fired().event()));
        while (row.size() < HEAD.size() - 2) {
            row.add(NONE);
        }
        row.add(verdict(hook));
        row.add(message);
        return row;
    }

    private static List<String> row(HookHistory hook, HistoryEntry entry) {
        return List.of(
                time(entry.firedAt()),
                hook.fired().event(),
                entry.plan().webhook(),
                Integer.toString(entry.attempts()),
                status(entry),
                took(entry),
                lock(entry),
                entry.result() == null ? NONE : entry.result().word(),
                flags(entry),
                verdict(hook),
                message(entry));
    }

    private static String status(HistoryEntry entry) {
        if (entry.answer() != null) {
            return Integer.toString(entry.answer().status());
        }
        Fact.AttemptFailed failure = entry.lastFailure();
        return failure == null || failure.status() == null ? NONE : Integer.toString(failure.status());
    }

    private static String took(HistoryEntry entry) {
        if (entry.answer() != null) {
            return Durations.text(Duration.ofMillis(entry.answer().millis()));
        }
        Fact.AttemptFailed failure = entry.lastFailure();
        return failure == null ? NONE : Durations.text(Duration.ofMillis(failure.millis()));
    }

    /** How things stand with an entry's lock, in a few words. */
    static String lock(HistoryEntry entry) {
        if (entry.plan().lock() == null) {
            return NONE;
        }
        if (entry.release() != null) {
            return "released after "
                    + Durations.text(
                            Duration.between(entry.firedAt(), entry.release().at()));
        }
        if (entry.expiry() != null) {
            return "expired";
        }
        if (entry.cancellation() != null) {
            return "given up";
        }
        return entry.held() ? "held" : "closed";
    }

    private static String flags(HistoryEntry entry) {
        List<String> flags = new ArrayList<>();
        if (Flags.isTrue(entry.data().get(Flags.STOP))) {
            flags.add("stop");
        }
        if (Flags.isTrue(entry.data().get(Flags.ROLLBACK))) {
            flags.add("rollback");
        }
        return flags.isEmpty() ? NONE : String.join("+", flags);
    }

    private static String verdict(HookHistory hook) {
        return hook.settled() == null ? "waiting" : hook.settled().action().word();
    }

    private static String message(HistoryEntry entry) {
        boolean hasReason = entry.result() == Result.FAIL
                || entry.cancellation() != null
                || entry.data().path("message").isTextual();
        return hasReason ? entry.reason() : "";
    }

    private static String line(Step step) {
        String began =
                step.started().step() + ": started at " + time(step.started().at());
        Fact.StepFinished finished = step.finished();
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

    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[HEAD.size()];
        List<List<String>> cut = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < widths.length; i++) {
                String cell = cut(PlainText.line(row.get(i)), WIDEST[i]);
                widths[i] = Math.max(widths[i], length(cell));
                cells.add(cell);
            }
            cut.add(cells);
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : cut) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                line.append(cell).append(" ".repeat(widths[i] - length(cell) + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String cut(String text, int most) {
        return length(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}

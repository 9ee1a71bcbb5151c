package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.history.StepHistory;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The webhook history as a table of plain text, one row an entry: that of one event for a build's log, or all of it. Both
 * have the same columns about an entry. Where a name or a message is cut, its cell says how much was cut.
 */
public final class HistoryTable {

    /** The longest name or message that is shown whole, in UTF-16 units. */
    private static final int LONGEST = 60;

    private static final List<String> OF_ENTRY =
            List.of("WEBHOOK", "ATTEMPTS", "STATUS", "TOOK", "LOCK", "HELD", "OUTCOME");
    private static final String MESSAGE = "MESSAGE";

    private HistoryTable() {}

    /**
     * The entries of one event.
     *
     * @param now until when a lock counts that nothing has closed
     * @return the lines, the titles first
     */
    @NonNull
    public static List<String> of(@NonNull EventHistory event, @NonNull Instant now) {
        TextTable table = table(OF_ENTRY.stream(), Stream.of(MESSAGE));
        for (DeliveryHistory entry : event.entries()) {
            List<String> row = new ArrayList<>(cells(entry, now));
            row.add(message(entry));
            table.add(row);
        }
        return table.lines();
    }

    private static List<String> passedBy(EventHistory event) {
        return event.fired().passedBy().stream()
                .map(one -> PlainText.line(
                        event.fired().event() + ": " + one.webhook() + " was " + FactWords.passedBy(one)))
                .toList();
    }

    /**
     * All entries of a history, then the steps of the process, and what could not be read.
     *
     * @param now until when a lock counts that nothing has closed
     * @return the lines, the titles first
     */
    @NonNull
    public static List<String> of(@NonNull History history, @NonNull Instant now) {
        TextTable table = table(
                Stream.concat(Stream.of("TIME (" + Times.ZONE + ")", "EVENT"), OF_ENTRY.stream()),
                Stream.of("VERDICT", MESSAGE));
        for (EventHistory event : history.events()) {
            if (event.entries().isEmpty()) {
                List<String> none =
                        OF_ENTRY.stream().map(title -> TextTable.NONE).toList();
                table.add(row(event, none, "no webhook listens"));
            }
            event.entries().forEach(entry -> table.add(row(event, cells(entry, now), message(entry))));
        }
        List<String> lines = new ArrayList<>(table.lines());
        history.events().forEach(event -> lines.addAll(passedBy(event)));
        history.steps().forEach(step -> lines.add(line(step)));
        history.damage().forEach(damage -> lines.add("damaged: " + PlainText.line(damage)));
        return lines;
    }

    private static TextTable table(Stream<String> titles, Stream<String> more) {
        return new TextTable(
                Stream.concat(titles, more).map(TextTable.Column::unbounded).toList());
    }

    private static List<String> row(EventHistory event, List<String> ofEntry, String message) {
        List<String> row = new ArrayList<>();
        row.add(Times.bare(event.fired().at()));
        row.add(cut(event.fired().event()));
        row.addAll(ofEntry);
        row.add(verdict(event));
        row.add(message);
        return row;
    }

    private static List<String> cells(DeliveryHistory entry, Instant now) {
        return List.of(
                cut(entry.plan().webhook()),
                attempts(entry),
                TextTable.cell(entry.status()),
                duration(DeliveryTimes.took(entry)),
                TextTable.cell(DeliveryWords.lock(entry)),
                duration(DeliveryTimes.held(entry, now)),
                DeliveryWords.state(entry));
    }

    /** How often it was tried, and how often it was sent again after it was over. */
    private static String attempts(DeliveryHistory entry) {
        int again = entry.resendings().size();
        return again == 0 ? Integer.toString(entry.attempts()) : entry.attempts() + " + " + again + " again";
    }

    private static String duration(@Nullable Duration duration) {
        return duration == null ? TextTable.NONE : Durations.text(duration);
    }

    private static String verdict(EventHistory event) {
        if (event.tellsOnly()) {
            return TextTable.NONE;
        }
        Fact.Settled settled = event.settled();
        return settled == null ? "waiting" : settled.action().word();
    }

    private static String message(DeliveryHistory entry) {
        return cut(DeliveryWords.reason(entry));
    }

    private static String cut(String text) {
        return Limits.text(PlainText.line(text), LONGEST);
    }

    private static String line(StepHistory step) {
        StringBuilder line = new StringBuilder(step.step()).append(": ");
        StepFact.Started started = step.started();
        StepFact.Finished finished = step.finished();
        line.append(started == null ? "start unknown" : "started at " + Times.text(started.at()));
        if (finished == null) {
            return PlainText.line(line.append(", not finished").toString());
        }
        if (started != null) {
            line.append(", took ").append(Durations.text(Duration.between(started.at(), finished.at())));
        }
        line.append(", ").append(finished.status() == 0 ? "done" : "failed (" + finished.status() + ")");
        if (finished.message() != null) {
            line.append(": ").append(finished.message());
        }
        return PlainText.line(line.toString());
    }
}

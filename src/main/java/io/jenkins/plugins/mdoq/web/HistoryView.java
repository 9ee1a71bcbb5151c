package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.report.Durations;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A build's webhook history as the page shows it.
 *
 * @param events all fired events, oldest first
 * @param held the entries whose locks the build waits for
 * @param rollback how far the rollback is, or null if none was asked for
 * @param damage what could not be read of the history, one line each
 */
public record HistoryView(
        @NonNull List<EventView> events,
        @NonNull List<EntryView> held,
        @CheckForNull StateView rollback,
        @NonNull List<String> damage) {

    /**
     * The view of a history.
     *
     * @param rollbackStep the rollback's name among the steps of the process
     * @param buildOver whether the build has ended, so that it waits for nothing any more
     * @param maySee whether the viewer may release locks and so see their values
     */
    static HistoryView of(
            @NonNull History history,
            @NonNull String rollbackStep,
            boolean buildOver,
            boolean maySee,
            @NonNull Instant now) {
        List<EventView> events = history.events().stream()
                .map(event -> EventView.of(event, buildOver, maySee, now))
                .toList();
        return new HistoryView(
                events,
                events.stream()
                        .flatMap(event -> event.entries().stream())
                        .filter(entry -> entry.lock() != null && entry.lock().held())
                        .toList(),
                rollback(history, rollbackStep, buildOver),
                history.damage().stream().map(PlainText::line).toList());
    }

    private static StateView rollback(History history, String step, boolean buildOver) {
        EventHistory askedBy = history.rollbackAskedBy();
        StepFact.Started started = history.started(step);
        StepFact.Finished finished = history.finished(step);
        if (finished != null) {
            String message = finished.message();
            String took = started == null ? "" : " in " + Durations.text(Duration.between(started.at(), finished.at()));
            return finished.status() == 0
                    ? new StateView("The release was rolled back" + took + ".", Tone.GOOD)
                    : new StateView(
                            "The rollback failed" + (message == null ? "." : ": " + PlainText.line(message)), Tone.BAD);
        }
        if (started != null) {
            return buildOver
                    ? new StateView("The build ended in the midst of the rollback; see how far it came.", Tone.BAD)
                    : new StateView("The release is being rolled back.", Tone.DOUBTFUL);
        }
        Fact.Settled asking = askedBy == null ? null : askedBy.settled();
        if (asking == null) {
            return null;
        }
        String webhook = asking.webhook();
        String asked = webhook == null ? "" : " by " + PlainText.line(webhook);
        return buildOver
                ? new StateView(
                        "A rollback was asked for" + asked + ", but the build ended without one: no mdoqRollback ran.",
                        Tone.BAD)
                : new StateView("A rollback was asked for" + asked + "; it has not begun yet.", Tone.DOUBTFUL);
    }
}

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
import java.util.List;

/**
 * A build's webhook history as the page shows it.
 *
 * @param over whether the build has ended
 * @param still whether nothing here changes any more unless somebody asks for it
 * @param events all fired events, oldest first
 * @param held the entries whose locks the build waits for
 * @param rollback how far the rollback is, or null if none was asked for
 * @param damage what could not be read of the history, one line each
 */
public record HistoryView(
        boolean over,
        boolean still,
        @NonNull List<EventView> events,
        @NonNull List<EntryView> held,
        @CheckForNull StateView rollback,
        @NonNull List<String> damage) {

    /**
     * The view of a history.
     *
     * @param rollbackStep the rollback's name among the steps of the process
     * @param buildOver whether the build has ended, so that it waits for nothing any more
     */
    static HistoryView of(
            @NonNull History history, @NonNull String rollbackStep, boolean buildOver, @NonNull Viewer viewer) {
        List<EventView> events = history.events().stream()
                .map(event -> EventView.of(event, buildOver, viewer))
                .toList();
        return new HistoryView(
                buildOver,
                buildOver
                        && events.stream()
                                .flatMap(event -> event.entries().stream())
                                .noneMatch(entry -> entry.again().underWay()),
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
            return finished.status() == 0 ? rolledBack(started, finished) : rollbackFailed(finished.message());
        }
        if (started != null) {
            return buildOver
                    ? new StateView(Messages.HistoryView_rollbackInterrupted(), Tone.BAD)
                    : new StateView(Messages.HistoryView_rollingBack(), Tone.DOUBTFUL);
        }
        Fact.Settled asking = askedBy == null ? null : askedBy.settled();
        if (asking == null) {
            return null;
        }
        return notBegun(asking.decider(), buildOver);
    }

    private static StateView rolledBack(@CheckForNull StepFact.Started started, StepFact.Finished finished) {
        return new StateView(
                started == null
                        ? Messages.HistoryView_rolledBack()
                        : Messages.HistoryView_rolledBackIn(
                                Durations.text(Duration.between(started.at(), finished.at()))),
                Tone.GOOD);
    }

    private static StateView rollbackFailed(@CheckForNull String reason) {
        return new StateView(
                reason == null
                        ? Messages.HistoryView_rollbackFailed()
                        : Messages.HistoryView_rollbackFailedBecause(PlainText.line(reason)),
                Tone.BAD);
    }

    private static StateView notBegun(@CheckForNull String decider, boolean buildOver) {
        if (buildOver) {
            return new StateView(
                    decider == null
                            ? Messages.HistoryView_rollbackMissingAskedByNobody()
                            : Messages.HistoryView_rollbackMissing(PlainText.line(decider)),
                    Tone.BAD);
        }
        return new StateView(
                decider == null
                        ? Messages.HistoryView_rollbackAskedByNobody()
                        : Messages.HistoryView_rollbackAsked(PlainText.line(decider)),
                Tone.DOUBTFUL);
    }
}

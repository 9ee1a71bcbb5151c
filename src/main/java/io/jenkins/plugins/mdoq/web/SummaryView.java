package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A build's webhook history in a line: what it waits for, or what became of the release and why.
 *
 * @param headline what matters most now
 * @param reason who decided and why; empty if there is nothing to explain
 * @param symbol the name of Jenkins' symbol for it
 * @param badge whether it is worth a symbol beside the build in a list of builds
 * @param held the entries whose locks the build waits for
 */
public record SummaryView(
        @NonNull StateView headline,
        @NonNull String reason,
        @NonNull String symbol,
        boolean badge,
        @NonNull List<EntryView> held) {

    private static final String WAITING = "symbol-lock-closed";
    private static final String SENDING = "symbol-paper-plane-outline";
    private static final String UNDO = "symbol-undo";
    private static final String STOPPED = "symbol-close-circle";
    private static final String FAILED = "symbol-warning";
    private static final String DONE = "symbol-journal";

    /** The summary of a history, or null if no event was fired. */
    @CheckForNull
    static SummaryView of(@NonNull History history, @NonNull HistoryView view) {
        if (history.decisions().isEmpty()) {
            return null;
        }
        if (!view.held().isEmpty()) {
            return new SummaryView(
                    new StateView(Messages.SummaryView_waitingFor(names(view.held())), Tone.DOUBTFUL),
                    "",
                    WAITING,
                    true,
                    view.held());
        }
        EventHistory telling = telling(history);
        EventView event = view.events().stream()
                .filter(each -> each.key().equals(telling.key()))
                .findFirst()
                .orElseThrow();
        StateView rollback = view.rollback();
        if (rollback != null) {
            return new SummaryView(rollback, event.decision(), UNDO, true, List.of());
        }
        Fact.Settled settled = telling.settled();
        if (settled == null && !view.over()) {
            return new SummaryView(
                    new StateView(Messages.SummaryView_asking(names(event.entries())), Tone.DOUBTFUL),
                    "",
                    SENDING,
                    false,
                    List.of());
        }
        StateView headline = new StateView(
                Messages.SummaryView_verdict(event.event(), event.verdict().text()),
                event.verdict().tone());
        if (settled == null || settled.outcome() == Outcome.CANCELLED) {
            return new SummaryView(headline, event.decision(), DONE, false, List.of());
        }
        return switch (settled.action()) {
            case STOP -> new SummaryView(headline, event.decision(), STOPPED, true, List.of());
            case FAIL -> new SummaryView(headline, event.decision(), FAILED, true, List.of());
            default -> new SummaryView(headline, event.decision(), DONE, false, List.of());
        };
    }

    /** The event that says what became of the release: the first that ended it, else the last one fired. */
    private static EventHistory telling(History history) {
        EventHistory last = null;
        for (EventHistory event : history.decisions()) {
            last = event;
            Fact.Settled settled = event.settled();
            if (settled != null && settled.action() != Action.CONTINUE && settled.action() != Action.UNSTABLE) {
                return event;
            }
        }
        return last;
    }

    private static String names(List<EntryView> entries) {
        return entries.stream().map(EntryView::webhook).distinct().collect(Collectors.joining(", "));
    }
}

package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.report.Narrator;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.time.Instant;
import java.util.List;

/**
 * One fired event as the page shows it.
 *
 * @param event its name as it travels
 * @param firedAt when it was fired
 * @param verdict what came of it
 * @param decidedBy the webhook that decided; empty if none did
 * @param reason why; empty if there is nothing to say
 * @param entries one for each webhook that listened
 */
public record EventView(
        @NonNull String event,
        @NonNull TimeView firedAt,
        @NonNull StateView verdict,
        @NonNull String decidedBy,
        @NonNull String reason,
        @NonNull List<EntryView> entries) {

    static EventView of(@NonNull EventHistory history, boolean buildOver, boolean maySee, @NonNull Instant now) {
        Fact.Settled settled = history.settled();
        boolean open = settled == null && !buildOver;
        String event = history.fired().event();
        String decidedBy = settled == null ? null : settled.webhook();
        return new EventView(
                PlainText.line(event),
                TimeView.of(history.fired().at(), now),
                verdict(history, open),
                decidedBy == null ? "" : PlainText.line(decidedBy),
                settled == null || settled.outcome() == Outcome.SUCCESS ? "" : PlainText.line(settled.reason()),
                history.entries().stream()
                        .map(entry -> EntryView.of(entry, event, open, maySee, now))
                        .toList());
    }

    private static StateView verdict(EventHistory history, boolean open) {
        Fact.Settled settled = history.settled();
        if (settled == null) {
            return open
                    ? new StateView("waiting for the verdict", Tone.PLAIN)
                    : new StateView("the build ended without a verdict", Tone.DOUBTFUL);
        }
        return new StateView(
                Narrator.meaning(settled),
                switch (settled.action()) {
                    case CONTINUE -> settled.outcome() == Outcome.SUCCESS ? Tone.GOOD : Tone.DOUBTFUL;
                    case UNSTABLE -> Tone.DOUBTFUL;
                    case FAIL, ROLLBACK -> Tone.BAD;
                    case STOP -> settled.outcome() == Outcome.CANCELLED ? Tone.PLAIN : Tone.BAD;
                });
    }
}

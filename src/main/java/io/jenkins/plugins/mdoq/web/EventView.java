package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.util.List;

/**
 * One fired event as the page shows it.
 *
 * @param key names the firing within its build
 * @param event its name as it travels
 * @param firedAt when it was fired
 * @param verdict what the release does for it, or that it is waited for
 * @param decision who decided and why, one sentence; empty if there is nothing to explain
 * @param entries one for each webhook that listened
 * @param passedBy the webhooks that listen and were passed by, a line each
 */
public record EventView(
        @NonNull String key,
        @NonNull String event,
        @NonNull TimeView firedAt,
        @NonNull StateView verdict,
        @NonNull String decision,
        @NonNull List<EntryView> entries,
        @NonNull List<String> passedBy) {

    static EventView of(@NonNull EventHistory history, boolean buildOver, @NonNull Viewer viewer) {
        Fact.Settled settled = history.settled();
        boolean open = history.goesOn(!buildOver);
        return new EventView(
                history.key(),
                PlainText.line(history.fired().event()),
                TimeView.of(history.fired().at(), viewer.now()),
                verdict(history, open),
                settled == null || history.tellsOnly() ? "" : decision(settled),
                history.entries().stream()
                        .map(entry -> EntryView.of(history, entry, open, viewer))
                        .toList(),
                history.fired().passedBy().stream()
                        .map(one -> PlainText.line(one.webhook() + ": " + one.reason()))
                        .toList());
    }

    private static StateView verdict(EventHistory history, boolean open) {
        if (history.tellsOnly()) {
            return new StateView(Messages.EventView_tells(), Tone.PLAIN);
        }
        Fact.Settled settled = history.settled();
        if (settled == null) {
            return open
                    ? new StateView(Messages.EventView_waiting(), Tone.DOUBTFUL)
                    : new StateView(Messages.EventView_noVerdict(), Tone.DOUBTFUL);
        }
        if (history.entries().isEmpty() && settled.outcome() == Outcome.SUCCESS) {
            // Nobody was asked, so nothing speaks for the release.
            return new StateView(Messages.EventView_nobodyListened(), Tone.DOUBTFUL);
        }
        return switch (settled.action()) {
            case CONTINUE ->
                settled.outcome() == Outcome.SUCCESS
                        ? new StateView(Messages.EventView_goesOn(), Tone.GOOD)
                        : new StateView(Messages.EventView_goesOnAfterFail(), Tone.DOUBTFUL);
            case UNSTABLE -> new StateView(Messages.EventView_unstable(), Tone.DOUBTFUL);
            case FAIL -> new StateView(Messages.EventView_failed(), Tone.BAD);
            case ROLLBACK -> new StateView(Messages.EventView_toRollBack(), Tone.BAD);
            case STOP ->
                settled.outcome() == Outcome.CANCELLED
                        ? new StateView(Messages.EventView_aborted(), Tone.PLAIN)
                        : new StateView(Messages.EventView_stopped(), Tone.BAD);
        };
    }

    private static String decision(Fact.Settled settled) {
        String reason = settled.outcome() == Outcome.SUCCESS ? "" : PlainText.line(settled.reason());
        if (settled.decider() == null) {
            return reason;
        }
        String decider = PlainText.line(settled.decider());
        return reason.isEmpty()
                ? Messages.EventView_decidedBy(decider)
                : Messages.EventView_decidedByBecause(decider, reason);
    }
}

package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.time.Instant;
import java.util.List;

/**
 * What a fired event comes to: a pure function of its folded history (protocol: "history decides").
 *
 * @param outcome what the history says, the gravest word of the webhooks (protocol: "several webhooks on one event")
 * @param action what follows from it, by the settings in force when the event was fired
 * @param webhook the webhook whose entry decided, or null if none did
 * @param reason why, one line
 * @param by who decided in the place of that webhook, or null if it did itself
 */
public record Verdict(
        @NonNull Outcome outcome,
        @NonNull Action action,
        @CheckForNull String webhook,
        @NonNull String reason,
        @CheckForNull String by) {

    /** A verdict that the webhook itself decided, or nobody. */
    public Verdict(
            @NonNull Outcome outcome, @NonNull Action action, @CheckForNull String webhook, @NonNull String reason) {
        this(outcome, action, webhook, reason, null);
    }

    /**
     * The verdict on a history that is {@linkplain EventHistory#decided() decided}. Entries that still hold a lock have no
     * say: the release ends without them.
     */
    @NonNull
    public static Verdict of(@NonNull EventHistory event) {
        if (event.tellsOnly()) {
            return new Verdict(Outcome.SUCCESS, Action.CONTINUE, null, "it only tells what happened");
        }
        Verdict gravest = null;
        for (DeliveryHistory entry : event.entries()) {
            Outcome outcome = entry.outcome();
            if (outcome == null || !entry.state().closed() || !entry.plan().decides()) {
                continue;
            }
            Verdict verdict =
                    new Verdict(outcome, entry.action(), entry.plan().webhook(), entry.reason(), entry.decidedFor());
            if (gravest == null || verdict.isGraverThan(gravest)) {
                gravest = verdict;
            }
        }
        boolean nobodyDecides =
                event.entries().stream().noneMatch(entry -> entry.plan().decides());
        if (gravest == null && !nobodyDecides) {
            // Given up without a verdict, as in a history that was damaged: nobody agreed, so nothing passes.
            return new Verdict(Outcome.CANCELLED, Action.STOP, null, "no webhook came to a result");
        }
        if (gravest == null) {
            return new Verdict(Outcome.SUCCESS, Action.CONTINUE, null, whyNobodyDecides(event));
        }
        return gravest.outcome == Outcome.SUCCESS
                ? new Verdict(Outcome.SUCCESS, Action.CONTINUE, null, "every webhook agreed")
                : gravest;
    }

    private static String whyNobodyDecides(EventHistory event) {
        if (!event.entries().isEmpty()) {
            return "no webhook listens that decides";
        }
        return event.fired().passedBy().isEmpty() ? "no webhook listens" : "no webhook listens that was not passed by";
    }

    /** The verdict, or null if the history is not {@linkplain EventHistory#decided() decided} yet. */
    @CheckForNull
    static Verdict ifDecided(@NonNull EventHistory event) {
        return event.decided() ? of(event) : null;
    }

    /**
     * The note that the release is certain to fail and why it waits all the same; null if there is nothing to note, or it was
     * noted before (protocol: "several webhooks on one event").
     */
    @CheckForNull
    static Fact.Failing failing(@NonNull EventHistory event, @NonNull Instant at) {
        boolean open = event.settled() == null && event.failing() == null && event.mayNeedRollback();
        DeliveryHistory failure = open ? event.certainFailure() : null;
        List<String> waitsFor = event.entries().stream()
                .filter(DeliveryHistory::held)
                .map(entry -> entry.plan().webhook())
                .toList();
        return failure == null || waitsFor.isEmpty()
                ? null
                : new Fact.Failing(at, event.key(), failure.plan().webhook(), failure.reason(), waitsFor);
    }

    /** The verdict as a fact of the journal. */
    @NonNull
    Fact.Settled settled(@NonNull Instant at, @NonNull String key) {
        return new Fact.Settled(at, key, outcome, action, webhook, reason, by);
    }

    private boolean isGraverThan(Verdict other) {
        int byOutcome = outcome.compareTo(other.outcome);
        return byOutcome > 0 || byOutcome == 0 && action.compareTo(other.action) > 0;
    }
}

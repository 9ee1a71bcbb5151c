package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.DeliveryState;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes down that an event is over: its verdict, what it did not wait for, and whom that is told (protocol: "more events"). */
final class Closing {

    private Closing() {}

    /**
     * Closes an event if its history allows a verdict, and notes that it is certain to fail if it is. One that is closed stays as
     * it is.
     *
     * @param judge gives the verdict on a history, or null if it is too early for one
     */
    static void settle(
            @NonNull Journal.Transaction transaction,
            @NonNull EventHistory event,
            @NonNull Function<EventHistory, Verdict> judge,
            @NonNull Instant now) {
        if (event.settled() != null) {
            return;
        }
        Verdict verdict = judge.apply(event);
        if (verdict != null) {
            // The verdict first: should a crash tear these lines apart, no delivery may look given up without it.
            transaction.append(verdict.settled(now, event.key()));
            giveUp(transaction, event, verdict.reason(), now);
            return;
        }
        Fact.Failing failing = Verdict.failing(event, now);
        if (failing != null) {
            transaction.append(failing);
        }
    }

    /** Whether a crash left no more of the lines than the verdict and some of what follows, so that a webhook was not told. */
    static boolean isTorn(@NonNull EventHistory settled) {
        return settled.entries().stream()
                .anyMatch(entry -> Boolean.TRUE.equals(entry.plan().hearsOfCancel()) && heldUntilTheEnd(entry));
    }

    /**
     * Writes what is missing of an event that was closed; returns whether another event was fired that tells of the locks that were
     * held until then.
     */
    static boolean mend(@NonNull Journal.Transaction transaction, @NonNull EventHistory settled, @NonNull Instant now) {
        return giveUp(transaction, settled, settled.settled().reason(), now);
    }

    private static boolean giveUp(Journal.Transaction transaction, EventHistory event, String reason, Instant now) {
        List<PlannedDelivery> givenUp = new ArrayList<>();
        for (DeliveryHistory entry : event.entries()) {
            if (heldUntilTheEnd(entry)) {
                givenUp.add(entry.plan());
            }
            if (!entry.state().closed()) {
                transaction.append(new Fact.Cancelled(now, entry.plan().id(), reason));
            }
        }
        Fact.Fired tells = DeliveryPlanner.cancelled(event.fired(), givenUp, reason, now);
        if (tells != null) {
            transaction.append(tells);
        }
        return tells != null;
    }

    private static boolean heldUntilTheEnd(DeliveryHistory entry) {
        return entry.held()
                || entry.plan().lock() != null && entry.release() == null && entry.state() == DeliveryState.CANCELLED;
    }
}

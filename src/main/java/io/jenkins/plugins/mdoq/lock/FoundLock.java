package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;

/**
 * A lock that was found.
 *
 * @param history the journal's history when the lock was found; brought up to date by each change
 * @param waiter who waits for it here and now, or null if nobody does
 * @param over whether the process has ended, so that no lock of it is held any more
 */
record FoundLock(
        @NonNull String lock,
        @NonNull Journal journal,
        @NonNull History history,
        @Nullable LockWaiters.Waiter waiter,
        boolean over) {

    /** The event that the lock belongs to, as the history has it now. */
    EventHistory event() {
        return history.eventOfLock(lock);
    }

    /** The delivery that the lock belongs to, as the history has it now. */
    DeliveryHistory delivery() {
        return event().entryOfLock(lock);
    }

    PlannedDelivery plan() {
        return delivery().plan();
    }

    /** Whether the process waits for the lock. */
    boolean isHeld() {
        return !over && event().settled() == null && delivery().held();
    }

    LockStatus status(LockStatus.Kind kind) {
        return new LockStatus(kind, delivery().result());
    }

    /** How things stand with the lock. */
    LockStatus status() {
        return status(
                delivery().release() != null
                        ? LockStatus.Kind.RELEASED
                        : isHeld() ? LockStatus.Kind.HELD : LockStatus.Kind.OVER);
    }
}

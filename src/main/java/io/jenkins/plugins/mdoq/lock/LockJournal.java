package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * Writes down what happens to locks that were found: on the history as it is on disk at that moment, without the secrets that
 * an endpoint may know, and wakes who waits for the lock. Safe for any thread; does disk I/O on the caller's.
 */
final class LockJournal {

    private final WebhookDirectory webhooks;
    private final LockWaiters waiters;

    LockJournal(@NonNull WebhookDirectory webhooks, @NonNull LockWaiters waiters) {
        this.webhooks = webhooks;
        this.waiters = waiters;
    }

    /** Masks the secrets of the lock's webhook and of all others, as an endpoint may know those as well. */
    @NonNull
    Redactor redactor(@NonNull FoundLock found) {
        return webhooks.redactor(
                webhooks.secrets(found.plan().webhook(), found.plan().secretIds()));
    }

    /**
     * Decides on a lock as it is on disk now, and wakes who waits for it if that wrote something.
     *
     * @param redactor masks what the decision writes
     * @return what was decided and written: nothing on a lock whose journal is gone, which is over
     * @throws IOException if nothing was decided, as the history could not be read or written
     */
    @NonNull
    Journal.Committed<LockStatus> change(
            @NonNull FoundLock found,
            @NonNull Redactor redactor,
            @NonNull Function<Journal.Transaction, LockStatus> decision)
            throws IOException {
        Journal.Committed<LockStatus> committed;
        try {
            committed = found.journal().redacting(redactor).transact(found.history(), decision);
        } catch (Journal.GoneException e) {
            // It went between finding the lock and coming here: its build was deleted.
            return new Journal.Committed<>(new LockStatus(LockStatus.Kind.OVER, null), List.of());
        }
        if (!committed.facts().isEmpty()) {
            wake(found);
        }
        return committed;
    }

    /** Wakes the process that waits for a lock, if there is one; the history is its own from now on. */
    void wake(@NonNull FoundLock found) {
        LockWaiters.Waiter waiter = waiter(found);
        if (waiter != null) {
            waiter.wake(found.history());
        }
    }

    /** Lets the process that waits for a lock add to a transaction what follows from it; one that does not wait does so when it is resumed. */
    void decide(@NonNull FoundLock found, @NonNull Journal.Transaction transaction) {
        LockWaiters.Waiter waiter = waiter(found);
        if (waiter != null) {
            waiter.decide(transaction);
        }
    }

    /**
     * Who waits. Asked again, as the process may have been resumed since the lock was found: it then waits, and may have read the
     * journal before the change was in it.
     */
    @CheckForNull
    private LockWaiters.Waiter waiter(FoundLock found) {
        LockWaiters.Waiter now = waiters.get(found.lock());
        return now == null ? found.waiter() : now;
    }

    /** What a fact says of it: true if no process waits, so that nobody sees it now; else null. */
    @CheckForNull
    Boolean unseen(@NonNull FoundLock found) {
        return waiter(found) == null ? Boolean.TRUE : null;
    }
}

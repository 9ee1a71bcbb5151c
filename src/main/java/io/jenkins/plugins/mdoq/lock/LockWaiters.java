package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import java.time.Instant;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Who waits for which lock, in this JVM and now. It is no store: it is filled again from the journals when processes are
 * resumed, and a lock that is not in it may well be held. Safe for any thread.
 */
public final class LockWaiters {

    /** A process that waits. */
    public interface Waiter {
        /** The journal that the lock's facts belong into. */
        @NonNull
        Journal journal();

        /** Since when: when the event was fired that the lock belongs to. */
        @NonNull
        Instant since();

        /**
         * Adds to a transaction that releases a lock what follows from it, such as the verdict, so that both are one write. May
         * be called by any thread, and decides by the transaction's history alone.
         */
        void decide(@NonNull Journal.Transaction transaction);

        /**
         * Says that the journal has something new. Called on the thread of whoever wrote it; must return at once.
         *
         * @param history the journal's history with it; the waiter's own from now on
         */
        void wake(@NonNull History history);
    }

    private final ConcurrentMap<String, Waiter> waiters = new ConcurrentHashMap<>();

    /** Registers the process that waits for a lock. */
    public void put(@NonNull String lock, @NonNull Waiter waiter) {
        waiters.put(lock, waiter);
    }

    /** Forgets a lock. */
    public void remove(@NonNull String lock) {
        waiters.remove(lock);
    }

    /** Who waits for a lock, or null if nobody does here and now. */
    @Nullable
    public Waiter get(@NonNull String lock) {
        return waiters.get(lock);
    }

    /**
     * A process that waits, with one of the locks that it waits for.
     *
     * @param lock the lock's value; some of the process's others may have been released already
     */
    public record Waiting(@NonNull String lock, @NonNull Waiter waiter) {}

    /** All who wait here and now, each once however many locks it waits for, the longest first. */
    @NonNull
    public List<Waiting> waiting() {
        Map<Waiter, String> lockOf = new IdentityHashMap<>();
        waiters.forEach(
                (lock, waiter) -> lockOf.merge(waiter, lock, (one, other) -> one.compareTo(other) < 0 ? one : other));
        return lockOf.entrySet().stream()
                .map(each -> new Waiting(each.getValue(), each.getKey()))
                .sorted(Comparator.comparing((Waiting each) -> each.waiter().since())
                        .thenComparing(Waiting::lock))
                .toList();
    }

    /** How many locks are waited for. */
    public int size() {
        return waiters.size();
    }
}

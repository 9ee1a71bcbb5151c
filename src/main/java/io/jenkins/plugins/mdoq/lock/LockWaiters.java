package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
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

    /** How many locks are waited for. */
    public int size() {
        return waiters.size();
    }
}

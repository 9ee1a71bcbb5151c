package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import java.io.IOException;

/** Where the processes are that locks belong to. Called on any thread. */
public interface LockDirectory {

    /**
     * Where the journal of a process lies that is not waiting here and now.
     *
     * @param journal the journal
     * @param history what is in it, the lock among it
     * @param over whether the process has ended, so that no lock of it is held any more
     */
    record Home(@NonNull Journal journal, @NonNull History history, boolean over) {}

    /** Whether processes can be found yet; while not, the lock API answers 503. */
    boolean ready();

    /**
     * Finds the journal that a lock belongs into.
     *
     * @return its home, or null if there is no such process or its journal does not know the lock
     * @throws IOException if it could not be looked for; the lock API then answers 503
     */
    @CheckForNull
    Home find(@NonNull LockValue lock) throws IOException;
}

package io.jenkins.plugins.mdoq.index;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Journal;
import java.util.function.BiConsumer;

/** Where the processes are whose deliveries are shown together. Called on one thread at a time. */
public interface ProcessJournals {

    /** Names each process that may have a journal, and the journal, which need not exist. */
    void forEach(@NonNull BiConsumer<ProcessName, Journal> each);

    /** The journal of a process, which need not exist; null if there is no such process. */
    @CheckForNull
    Journal journal(@NonNull ProcessName process);

    /** Whether a process has ended, so that it waits for nothing any more; true of one that is not there. */
    boolean over(@NonNull ProcessName process);
}

package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.lock.LockDirectory;
import io.jenkins.plugins.mdoq.lock.LockValue;
import java.io.IOException;

/** Where the locks of one run are: in its own journal. */
final class RunDirectory implements LockDirectory {

    private final Journal journal;

    RunDirectory(Journal journal) {
        this.journal = journal;
    }

    @Override
    public boolean ready() {
        return true;
    }

    /** There is but one journal here, and it knows its locks: no need to look at the parts of the value. */
    @Override
    public Home find(LockValue lock) throws IOException {
        History history = journal.read();
        return history.eventOfLock(lock.toString()) == null ? null : new Home(journal, history, false);
    }
}

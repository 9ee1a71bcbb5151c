package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Fact;

/** Is told what happens to a process, such as to print it: each fact once it is in the journal, secrets masked. */
@FunctionalInterface
public interface HistoryListener {

    /**
     * Something happened. Called on the engine's executor, one call at a time for one fired event.
     *
     * @param webhook the webhook that the fact is about, or null if it is about the process
     */
    void happened(@CheckForNull String webhook, @NonNull Fact fact);
}

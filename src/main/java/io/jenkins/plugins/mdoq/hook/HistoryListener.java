package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Fact;

/** Receives what happens to a process, such as to print it: each fact once it is in the journal, secrets masked. */
@FunctionalInterface
public interface HistoryListener {

    /** Receives a fact, in the journal's order. Called on the engine's executor, one call at a time for one fired event. */
    void onFact(@NonNull Fact fact);
}

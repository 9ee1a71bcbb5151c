package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;

/**
 * A step of the process itself, such as its rollback.
 *
 * @param step the step's name
 * @param started how it began, or null if the journal has lost that
 * @param finished how it ended, or null if it has not: it is at work, or was interrupted
 */
public record StepHistory(
        @NonNull String step,
        @Nullable StepFact.Started started,
        @Nullable StepFact.Finished finished) {}

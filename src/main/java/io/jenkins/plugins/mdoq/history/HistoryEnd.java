package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * What a history lacks at its end although its process is over. Lines that were cut off at the end of a journal leave no
 * trace in its chain of hashes; but a process that ends in good order ends what it began, and what it did not end shows
 * that either it was killed or lines are missing. Which of the two cannot be told from the journal.
 *
 * @param kind what has no end
 * @param name its name
 */
public record HistoryEnd(@NonNull Kind kind, @NonNull String name) {

    /** What may have no end. */
    public enum Kind {
        /** An event that was fired has no verdict. */
        EVENT,
        /** A step that was started was not finished. */
        STEP
    }

    /**
     * The first thing in a history that has no end.
     *
     * @param history of a process that is over; of one that goes on it says nothing
     * @return null if all that began has ended
     */
    @CheckForNull
    public static HistoryEnd missing(@NonNull History history) {
        // What only tells of it may well be on its way when the process is over.
        for (EventHistory event : history.decisions()) {
            if (event.settled() == null) {
                return new HistoryEnd(Kind.EVENT, event.fired().event());
            }
        }
        for (StepHistory step : history.steps()) {
            if (step.finished() == null) {
                return new HistoryEnd(Kind.STEP, step.step());
            }
        }
        return null;
    }

    /** What it means, in one sentence. */
    @NonNull
    public String sentence() {
        return (kind == Kind.EVENT ? name + " has no verdict" : "the step " + name + " was started and not finished")
                + ", so the process was killed before that, or the lines from there on were cut off";
    }
}

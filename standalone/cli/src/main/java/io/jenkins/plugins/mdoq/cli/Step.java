package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.StepFact;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that a run started.
 *
 * @param started how it began
 * @param finished how it ended, or null if it has not: it is at work, or was interrupted
 */
record Step(StepFact.Started started, @CheckForNull StepFact.Finished finished) {

    /** All of a history, in the order in which they are run. */
    static List<Step> of(History history) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; history.started(ReleaseRun.releaseStep(i)) != null; i++) {
            add(history, ReleaseRun.releaseStep(i), steps);
        }
        if (history.started(ReleaseRun.ROLLBACK) != null) {
            add(history, ReleaseRun.ROLLBACK, steps);
        }
        return steps;
    }

    private static void add(History history, String step, List<Step> steps) {
        steps.add(new Step(history.started(step), history.finished(step)));
    }
}

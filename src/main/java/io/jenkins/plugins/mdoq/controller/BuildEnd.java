package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.hook.ReleaseEnd;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.ReleaseOutcome;
import io.jenkins.plugins.mdoq.report.FactWords;

/** How the release of a build ended: what its webhook history says, and where that lets it go on, what the build ended as. */
final class BuildEnd {

    private static final String ABORTED = "ABORTED";
    private static final String FAILURE = "FAILURE";
    private static final String SUCCESS = "SUCCESS";
    private static final String UNSTABLE = "UNSTABLE";

    private BuildEnd() {}

    /**
     * The end of a build that has ended.
     *
     * @param result the build's result, such as {@code SUCCESS}; null if it has none, as after a crash
     */
    @NonNull
    static ReleaseEnd of(@NonNull History history, @CheckForNull String result) {
        EventHistory asked = history.rollbackAskedBy();
        if (asked != null && asked.settled() != null) {
            return rollback(history, asked.fired().event(), FactWords.sentence(asked.settled()));
        }
        EventHistory last = null;
        for (EventHistory event : history.decisions()) {
            last = new ReleaseEvent(event.fired().event()).guardsReleases() ? event : last;
        }
        boolean aborted = ABORTED.equals(result);
        Fact.Settled settled = last == null ? null : last.settled();
        if (settled == null) {
            return new ReleaseEnd(
                    aborted ? ReleaseOutcome.ABORTED : ReleaseOutcome.FAILED,
                    "the build ended" + as(result) + " before the webhooks had decided"
                            + (last == null ? "" : " on " + last.fired().event()));
        }
        String why = FactWords.sentence(settled);
        if (settled.action() == Action.STOP) {
            if (settled.outcome() != Outcome.CANCELLED) {
                return new ReleaseEnd(ReleaseOutcome.STOPPED, why);
            }
            // The build gave the event up; it may have failed elsewhere.
            return new ReleaseEnd(FAILURE.equals(result) ? ReleaseOutcome.FAILED : ReleaseOutcome.ABORTED, why);
        }
        if (settled.action() == Action.FAIL) {
            return new ReleaseEnd(ReleaseOutcome.FAILED, why);
        }
        if (SUCCESS.equals(result) || UNSTABLE.equals(result)) {
            return new ReleaseEnd(ReleaseOutcome.RELEASED, why);
        }
        return aborted
                ? new ReleaseEnd(ReleaseOutcome.ABORTED, "the build was aborted")
                : new ReleaseEnd(ReleaseOutcome.FAILED, "the build ended" + as(result));
    }

    private static String as(@CheckForNull String result) {
        return result == null ? "" : " as " + result;
    }

    private static ReleaseEnd rollback(History history, String event, String why) {
        StepFact.Finished finished = history.finished(BuildHistory.ROLLBACK);
        if (finished != null) {
            return finished.status() == 0
                    ? new ReleaseEnd(ReleaseOutcome.ROLLED_BACK, why)
                    : new ReleaseEnd(
                            ReleaseOutcome.ROLLBACK_FAILED,
                            "the rollback failed"
                                    + (finished.message() == null ? "" : ": " + finished.message())
                                    + "; before that: " + why);
        }
        if (history.started(BuildHistory.ROLLBACK) != null) {
            return new ReleaseEnd(
                    ReleaseOutcome.ROLLBACK_FAILED, "the rollback was begun and not finished; before that: " + why);
        }
        return event.equals(ReleaseEvent.BEFORE_RELEASE.name())
                ? new ReleaseEnd(ReleaseOutcome.ROLLED_BACK, "nothing was released; before that: " + why)
                : new ReleaseEnd(
                        ReleaseOutcome.ROLLBACK_FAILED, "the build ended without a rollback; before that: " + why);
    }
}

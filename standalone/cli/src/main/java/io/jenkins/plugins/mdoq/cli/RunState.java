package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.ReleaseOutcome;
import io.jenkins.plugins.mdoq.protocol.Times;
import io.jenkins.plugins.mdoq.report.FactWords;
import java.time.Instant;
import java.util.Locale;

/**
 * How the run of a history stands, read off the history alone.
 *
 * @param code what the run ends with, or null as long as that is open
 * @param outcome the outcome in a word of the protocol (protocol: "more events"), {@code waiting} or {@code interrupted}
 * @param why one line
 * @param deployed whether the release command succeeded and nothing undid it
 * @param at when the last thing happened that this follows from, or null if nothing has
 */
record RunState(
        @CheckForNull ExitCode code,
        String outcome,
        String why,
        boolean deployed,
        @CheckForNull Instant at) {

    static final String RELEASED = ReleaseOutcome.RELEASED.word();
    static final String FAILED = ReleaseOutcome.FAILED.word();
    static final String STOPPED = ReleaseOutcome.STOPPED.word();
    static final String ROLLED_BACK = ReleaseOutcome.ROLLED_BACK.word();
    static final String ROLLBACK_FAILED = ReleaseOutcome.ROLLBACK_FAILED.word();
    static final String ABORTED = ReleaseOutcome.ABORTED.word();
    static final String WAITING = "waiting";
    static final String INTERRUPTED = "interrupted";

    /** Whether there is nothing left to do for it. */
    boolean ended() {
        return code != null;
    }

    /**
     * How the run ended that ends with a code: a run that ends although its history is open, as it needs a person, ends as its code
     * says.
     */
    ReleaseOutcome outcome(ExitCode with) {
        if (ended() || outcome.equals(ABORTED)) {
            return ReleaseOutcome.valueOf(outcome.toUpperCase(Locale.ROOT));
        }
        return with == ExitCode.ROLLBACK_FAILED ? ReleaseOutcome.ROLLBACK_FAILED : ReleaseOutcome.FAILED;
    }

    /** The outcome as people read it. */
    String words() {
        return outcome.replace('_', ' ') + (at == null ? "" : " at " + Times.text(at));
    }

    /** The same after this run was aborted. */
    RunState aborted(String reason) {
        return new RunState(code, ABORTED, reason, deployed, at);
    }

    /** How the run of a history stands. */
    static RunState of(History history) {
        boolean fired = history.begun() != null && !history.begun().kind().equals(ReleaseIdentity.RELEASE);
        return fired ? ofEvents(history) : ofRelease(history);
    }

    /** Of events that were fired one by one. */
    private static RunState ofEvents(History history) {
        Fact.Settled worst = null;
        Instant last = null;
        for (EventHistory event : history.decisions()) {
            if (event.settled() == null) {
                return waiting(event);
            }
            last = event.settled().at();
            if (worst == null || event.settled().action().compareTo(worst.action()) > 0) {
                worst = event.settled();
            }
        }
        if (worst == null) {
            return nothing();
        }
        String outcome = worst.outcome() == Outcome.CANCELLED
                ? ABORTED
                : switch (worst.action()) {
                    case CONTINUE, UNSTABLE -> RELEASED;
                    case FAIL -> FAILED;
                    case STOP -> STOPPED;
                    case ROLLBACK -> ROLLED_BACK;
                };
        return new RunState(ExitCode.of(worst.action()), outcome, FactWords.sentence(worst), false, last);
    }

    private static RunState ofRelease(History history) {
        EventHistory before = history.event(ReleaseEvent.BEFORE_RELEASE.name());
        if (before == null) {
            return nothing();
        }
        if (before.settled() == null) {
            return waiting(before);
        }
        if (!goesOn(before)) {
            return ended(history, before.settled(), false);
        }
        String step = ReleaseRun.lastRelease(history);
        if (history.started(step) == null) {
            return new RunState(
                    null,
                    INTERRUPTED,
                    "the release command was not run yet",
                    false,
                    before.settled().at());
        }
        StepFact.Finished released = history.finished(step);
        if (released == null) {
            Instant started = history.started(step).at();
            return new RunState(
                    null, INTERRUPTED, "the release command was started and has not finished", false, started);
        }
        if (released.status() != 0) {
            return failed(history, released);
        }
        EventHistory complete = history.event(ReleaseEvent.BEFORE_RELEASE_COMPLETE.name());
        if (complete == null) {
            return new RunState(null, INTERRUPTED, "before_release_complete was not fired yet", true, released.at());
        }
        if (complete.settled() == null) {
            RunState waiting = waiting(complete);
            return new RunState(null, waiting.outcome(), waiting.why(), true, waiting.at());
        }
        return goesOn(complete)
                ? new RunState(
                        ExitCode.RELEASED,
                        RELEASED,
                        FactWords.sentence(complete.settled()),
                        true,
                        complete.settled().at())
                : ended(history, complete.settled(), true);
    }

    private static boolean goesOn(EventHistory event) {
        return ExitCode.of(event.settled().action()) == ExitCode.RELEASED;
    }

    /** The release command failed; whether it was undone. */
    private static RunState failed(History history, StepFact.Finished released) {
        String why = commandFailed(released);
        StepFact.Started started = history.started(ReleaseRun.ROLLBACK);
        if (started == null) {
            return new RunState(ExitCode.COMMAND_FAILED, FAILED, why, false, released.at());
        }
        return undone(history, started, ExitCode.COMMAND_FAILED, why, false);
    }

    /** Why a release is over whose command failed. */
    static String commandFailed(StepFact.Finished released) {
        return "the release command failed with exit status " + released.status()
                + (released.message() == null ? "" : ": " + released.message());
    }

    private static RunState undone(
            History history, StepFact.Started started, ExitCode code, String why, boolean deployed) {
        StepFact.Finished finished = history.finished(ReleaseRun.ROLLBACK);
        if (finished == null) {
            return new RunState(
                    ExitCode.ROLLBACK_FAILED,
                    ROLLBACK_FAILED,
                    "the rollback command was started and has not finished; before that: " + why,
                    deployed,
                    started.at());
        }
        return finished.status() == 0
                ? new RunState(code, ROLLED_BACK, why, false, finished.at())
                : new RunState(
                        ExitCode.ROLLBACK_FAILED,
                        ROLLBACK_FAILED,
                        "the rollback command failed with exit status " + finished.status() + "; before that: " + why,
                        deployed,
                        finished.at());
    }

    /** A verdict that does not let the release go on. */
    private static RunState ended(History history, Fact.Settled verdict, boolean deployed) {
        String why = FactWords.sentence(verdict);
        if (verdict.action() == Action.FAIL) {
            return new RunState(ExitCode.FAILED, FAILED, why, deployed, verdict.at());
        }
        if (verdict.action() == Action.STOP) {
            String outcome = verdict.outcome() == Outcome.CANCELLED ? ABORTED : STOPPED;
            return new RunState(ExitCode.STOPPED, outcome, why, deployed, verdict.at());
        }
        StepFact.Started started = history.started(ReleaseRun.ROLLBACK);
        if (started != null) {
            return undone(history, started, ExitCode.ROLLED_BACK, why, deployed);
        }
        return deployed
                ? new RunState(null, INTERRUPTED, why + "; it has not been undone", true, verdict.at())
                : new RunState(ExitCode.ROLLED_BACK, ROLLED_BACK, why, false, verdict.at());
    }

    private static RunState nothing() {
        return new RunState(null, INTERRUPTED, "no event was fired yet", false, null);
    }

    private static RunState waiting(EventHistory event) {
        return new RunState(
                null,
                WAITING,
                event.fired().event() + " is not settled",
                false,
                event.facts().get(event.facts().size() - 1).at());
    }
}

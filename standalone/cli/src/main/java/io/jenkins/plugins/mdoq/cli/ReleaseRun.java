package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.hook.ReleaseEnd;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.ReleaseOutcome;
import io.jenkins.plugins.mdoq.protocol.Times;
import java.io.IOException;
import java.util.Map;

/**
 * A release from its first event to its end. It keeps no state of its own: each step looks into the history first, so
 * that a run that was killed goes on where it stood.
 */
final class ReleaseRun {

    /** The step of the release command; a rerun is a step of its own, as what a journal says is never changed. */
    static final String RELEASE = "release";

    /** The step of the rollback command. */
    static final String ROLLBACK = "rollback";

    /** What a status is that a command could not even be started with; shells use it too. */
    private static final int NOT_STARTED = 127;

    /** What the exit status is of a command that was ended because its time was over; {@code timeout} uses it too. */
    private static final int OUT_OF_TIME = 124;

    /**
     * What is run, and when.
     *
     * @param release the release command
     * @param rollback the rollback command, or null if there is none
     * @param rerun whether a release command that a killed run left unfinished is run again
     * @param rollbackOnFailure whether the rollback command is run as well if the release command failed
     * @param outputAside whether what the commands print goes to the standard error
     */
    record Commands(
            String release,
            @CheckForNull String rollback,
            boolean rerun,
            boolean rollbackOnFailure,
            boolean outputAside) {

        /** The command lines by the names of their options. */
        Map<String, String> lines() {
            return rollback == null ? Map.of("run", release) : Map.of("run", release, "rollback", rollback);
        }
    }

    private final Session session;
    private final Commands commands;

    /** The last verdict, because of which what follows is done. */
    private Fact.Settled verdict;

    /** Whether this run did anything, rather than finding it done. */
    private boolean worked;

    ReleaseRun(Session session, Commands commands) {
        this.session = session;
        this.commands = commands;
    }

    /**
     * Runs the release to its end, which may be long in coming.
     *
     * @throws AbortedException if a signal came or the time was over
     */
    RunEnd run() throws IOException {
        ExitCode code;
        try {
            code = toItsEnd();
        } catch (AbortedException e) {
            session.end(new ReleaseEnd(ReleaseOutcome.ABORTED, e.getMessage()));
            throw e;
        }
        RunState state = RunState.of(session.history());
        session.end(new ReleaseEnd(state.outcome(code), state.why()));
        return new RunEnd(code, state, !worked);
    }

    private ExitCode toItsEnd() throws IOException {
        Fact.Settled before = fire(ReleaseEvent.BEFORE_RELEASE);
        if (!goesOn(before)) {
            return end(before);
        }
        StepFact.Finished released = released();
        if (released == null) {
            return ExitCode.COMMAND_FAILED;
        }
        if (released.status() != 0) {
            return commandFailed(released);
        }
        Fact.Settled complete = fire(ReleaseEvent.BEFORE_RELEASE_COMPLETE);
        if (!goesOn(complete)) {
            return end(complete);
        }
        warnIfUnstable(before);
        warnIfUnstable(complete);
        return ExitCode.RELEASED;
    }

    private Fact.Settled fire(ReleaseEvent event) throws IOException {
        EventHistory before = session.history().event(event.name());
        worked |= before == null || before.settled() == null;
        verdict = session.fire(event);
        return verdict;
    }

    private static boolean goesOn(Fact.Settled verdict) {
        return ExitCode.of(verdict.action()) == ExitCode.RELEASED;
    }

    private void warnIfUnstable(Fact.Settled verdict) {
        if (verdict.action() == Action.UNSTABLE) {
            session.tell("warning: released although " + verdict.webhook() + " objected to " + verdict.key());
        }
    }

    private ExitCode end(Fact.Settled settled) throws IOException {
        return settled.action() == Action.ROLLBACK
                ? rollBack(settled.reason(), ExitCode.ROLLED_BACK)
                : ExitCode.of(settled.action());
    }

    /** Undoes what a release command did that failed, if that was asked for now or by the run that this one resumes. */
    private ExitCode commandFailed(StepFact.Finished released) throws IOException {
        if (!commands.rollbackOnFailure() && session.history().started(ROLLBACK) == null) {
            return ExitCode.COMMAND_FAILED;
        }
        verdict = null;
        return rollBack(RunState.commandFailed(released), ExitCode.COMMAND_FAILED);
    }

    /** The name of the n-th run of the release command; 0 is the first. */
    static String releaseStep(int reruns) {
        return reruns == 0 ? RELEASE : RELEASE + " (rerun " + reruns + ")";
    }

    private static int reruns(History history) {
        int reruns = 0;
        while (history.started(releaseStep(reruns + 1)) != null) {
            reruns++;
        }
        return reruns;
    }

    /** The step of the last run of the release command, which need not have been started. */
    static String lastRelease(History history) {
        return releaseStep(reruns(history));
    }

    /** Runs the release command unless it ran already; how it ended, now or then, or null if that is unknown. */
    @CheckForNull
    private StepFact.Finished released() throws IOException {
        History history = session.history();
        int reruns = reruns(history);
        String step = releaseStep(reruns);
        StepFact.Started started = history.started(step);
        if (started == null) {
            return run(step, commands.release(), verdict.action().word(), verdict.reason());
        }
        StepFact.Finished finished = history.finished(step);
        if (finished != null) {
            session.tell(step + ": finished already, at " + Times.text(finished.at())
                    + (finished.status() == 0 ? "" : ", with exit status " + finished.status()));
            return finished;
        }
        session.tell(step + ": was started at " + Times.text(started.at()) + " and interrupted; what it did until"
                + " then, or still does, is unknown");
        if (!commands.rerun()) {
            session.tell(step + ": not run again; add --rerun if it may be");
            return null;
        }
        return run(releaseStep(reruns + 1), commands.release(), verdict.action().word(), verdict.reason());
    }

    /**
     * Undoes the release.
     *
     * @param reason why
     * @param undone what the release ends with if that succeeds
     */
    private ExitCode rollBack(String reason, ExitCode undone) throws IOException {
        History history = session.history();
        StepFact.Started started = history.started(ROLLBACK);
        StepFact.Finished finished = history.finished(ROLLBACK);
        if (finished != null) {
            session.tell(ROLLBACK + ": finished already, at " + Times.text(finished.at())
                    + (finished.status() == 0 ? "" : ", with exit status " + finished.status()));
        } else if (started != null) {
            session.tell(ROLLBACK + ": was started at " + Times.text(started.at())
                    + " and interrupted; it is never started twice, so see for yourself what it left");
            return ExitCode.ROLLBACK_FAILED;
        } else if (history.started(RELEASE) == null) {
            session.tell(ROLLBACK + ": nothing was released, so there is nothing to undo"
                    + (commands.rollback() == null ? "" : "; the rollback command is not run"));
            return ExitCode.ROLLED_BACK;
        } else if (commands.rollback() == null) {
            return withoutCommand();
        } else {
            finished = run(ROLLBACK, commands.rollback(), Action.ROLLBACK.word(), reason);
        }
        return finished.status() == 0 ? undone : ExitCode.ROLLBACK_FAILED;
    }

    /** A release that stands although it should be undone must not be reported as rolled back. */
    private ExitCode withoutCommand() {
        session.tell("no --rollback command: the release was not undone; run this again with the same --history and"
                + " --rollback CMD to undo it");
        return ExitCode.ROLLBACK_FAILED;
    }

    /** Runs a command; that it begins is on disk before it does, how it ended before anything follows from it. */
    private StepFact.Finished run(String step, String line, String action, String reason) throws IOException {
        boolean releases = !step.equals(ROLLBACK);
        if (releases || session.abort().signalled()) {
            session.abort().check();
        }
        worked = true;
        Map<String, String> environment = CommandEnvironment.of(
                session.environment(),
                session.secretVariables(),
                releases ? RELEASE : ROLLBACK,
                verdict,
                action,
                reason,
                session.folder().path());
        session.record(new StepFact.Started(session.clock().instant(), step));
        int status;
        String message = null;
        try {
            session.signs().during(() -> step + ": still at work");
            status = new ShellCommand(line, environment, commands.outputAside(), releases).run(session.abort());
        } catch (IOException e) {
            status = NOT_STARTED;
            message = "it could not be started: " + e.getMessage();
        } finally {
            session.signs().during(null);
        }
        if (status != 0 && session.abort().signalled()) {
            // It did not fail, it was ended: for whoever resumes, as good as killed.
            session.tell(step + ": ended, as " + Abort.REASON);
            throw new AbortedException(Abort.REASON);
        }
        if (status != 0 && releases && session.abort().reason() != null) {
            status = OUT_OF_TIME;
            message = "it was ended, as " + session.abort().reason();
        }
        StepFact.Finished finished = new StepFact.Finished(session.clock().instant(), step, status, message);
        session.record(finished);
        return finished;
    }
}

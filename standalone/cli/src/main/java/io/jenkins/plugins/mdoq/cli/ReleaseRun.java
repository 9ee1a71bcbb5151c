package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.report.Times;
import java.io.IOException;

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

    private final Session session;
    private final String command;
    private final String rollbackCommand;
    private final boolean rerun;

    /**
     * A run.
     *
     * @param command the release command
     * @param rollbackCommand the rollback command, or null if there is none
     * @param rerun whether a release command that a killed run left unfinished is run again
     */
    ReleaseRun(Session session, String command, @CheckForNull String rollbackCommand, boolean rerun) {
        this.session = session;
        this.command = command;
        this.rollbackCommand = rollbackCommand;
        this.rerun = rerun;
    }

    /**
     * Runs the release to its end, which may be long in coming.
     *
     * @throws AbortedException if a signal came
     */
    ExitCode run() throws IOException {
        Fact.Settled before = session.fire(ReleaseEvent.BEFORE_RELEASE);
        if (!goesOn(before)) {
            return end(before);
        }
        if (!released()) {
            return ExitCode.COMMAND_FAILED;
        }
        Fact.Settled complete = session.fire(ReleaseEvent.BEFORE_RELEASE_COMPLETE);
        if (!goesOn(complete)) {
            return end(complete);
        }
        warnIfUnstable(before);
        warnIfUnstable(complete);
        return ExitCode.RELEASED;
    }

    private static boolean goesOn(Fact.Settled verdict) {
        return ExitCode.of(verdict.action()) == ExitCode.RELEASED;
    }

    private void warnIfUnstable(Fact.Settled verdict) {
        if (verdict.action() == Action.UNSTABLE) {
            session.tell("warning: released although " + verdict.webhook() + " objected to " + verdict.key());
        }
    }

    private ExitCode end(Fact.Settled verdict) throws IOException {
        return verdict.action() == Action.ROLLBACK ? rollBack() : ExitCode.of(verdict.action());
    }

    /** The name of the n-th run of the release command; 0 is the first. */
    static String releaseStep(int reruns) {
        return reruns == 0 ? RELEASE : RELEASE + " (rerun " + reruns + ")";
    }

    /** Runs the release command unless it ran already; whether it succeeded, now or then. */
    private boolean released() throws IOException {
        History history = session.history();
        int reruns = 0;
        while (history.started(releaseStep(reruns + 1)) != null) {
            reruns++;
        }
        String step = releaseStep(reruns);
        StepFact.Started started = history.started(step);
        if (started == null) {
            return run(step, command).status() == 0;
        }
        StepFact.Finished finished = history.finished(step);
        if (finished != null) {
            session.tell(step + ": finished already, at " + Times.text(finished.at())
                    + (finished.status() == 0 ? "" : ", with exit status " + finished.status()));
            return finished.status() == 0;
        }
        session.tell(step + ": was started at " + Times.text(started.at()) + " and interrupted; what it did until"
                + " then, or still does, is unknown");
        if (!rerun) {
            session.tell(step + ": not run again; add --rerun if it may be");
            return false;
        }
        return run(releaseStep(reruns + 1), command).status() == 0;
    }

    private ExitCode rollBack() throws IOException {
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
        } else if (rollbackCommand == null) {
            return withoutCommand(history);
        } else {
            finished = run(ROLLBACK, rollbackCommand);
        }
        tellEndpoints(finished);
        return finished.status() == 0 ? ExitCode.ROLLED_BACK : ExitCode.ROLLBACK_FAILED;
    }

    /** A release that stands although it should be undone must not be reported as rolled back. */
    private ExitCode withoutCommand(History history) {
        if (history.started(RELEASE) == null) {
            session.tell("no --rollback command: nothing was released, so there is nothing to undo");
            return ExitCode.ROLLED_BACK;
        }
        session.tell("no --rollback command: the release was not undone; run this again with the same --history and"
                + " --rollback CMD to undo it");
        return ExitCode.ROLLBACK_FAILED;
    }

    private void tellEndpoints(StepFact.Finished finished) throws IOException {
        EventHistory asked = session.history().rollbackAskedBy();
        String suffix = "rolled_back";
        String event = asked.fired().event() + "_" + suffix;
        boolean told = asked.entries().stream()
                .flatMap(entry -> entry.notices().stream())
                .anyMatch(notice -> notice.event().equals(event));
        if (!told) {
            ObjectNode data = JsonNodeFactory.instance.objectNode();
            data.put("result", finished.status() == 0 ? "success" : "fail");
            data.put(
                    "message",
                    finished.status() == 0
                            ? "the rollback command succeeded"
                            : "the rollback command failed with exit status " + finished.status());
            session.tellEndpoints(asked, suffix, data);
        }
    }

    /** Runs a command; that it begins is on disk before it does, how it ended before anything follows from it. */
    private StepFact.Finished run(String step, String line) throws IOException {
        session.abort().check();
        session.record(new StepFact.Started(session.clock().instant(), step));
        int status;
        String message = null;
        try {
            status = ShellCommand.run(line, session.abort());
        } catch (IOException e) {
            status = NOT_STARTED;
            message = "it could not be started: " + e.getMessage();
        }
        if (status != 0 && session.abort().requested()) {
            // It did not fail, it was ended: for whoever resumes, as good as killed.
            session.tell(step + ": ended, as " + Abort.REASON);
            throw new AbortedException();
        }
        StepFact.Finished finished = new StepFact.Finished(session.clock().instant(), step, status, message);
        session.record(finished);
        return finished;
    }
}

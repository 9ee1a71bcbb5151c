package io.jenkins.plugins.mdoq.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mdoq.config.ConfiguredWebhooks;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs {@code mdoqRollback}. That the rollback starts is in the history before its body begins, so that it is never started
 * twice by us.
 */
final class RollbackStepExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(RollbackStepExecution.class.getName());

    /** What a look at the history says of a rollback that is to begin. */
    private enum Beginning {
        /** It starts now. */
        START,
        /** It was started before, and is not started twice. */
        STARTED_BEFORE,
        /** No verdict asks for one. */
        NOT_ASKED_FOR,
        /** The step was stopped while it waited for its turn. */
        STOPPED
    }

    private final String name;

    /** Null until the body began. Set by the thread that read the history, read by the one that aborts. */
    private volatile BodyExecution body;

    /** Whether the body has ended. Set by the thread that runs the Pipeline, and written with the program. */
    private volatile boolean ended;

    /** What the body failed with; null if it did not. */
    private volatile Throwable failure;

    /** Whether it was decided to start the body, or that there is nothing to start. */
    private transient boolean begun;

    /** Why the step was stopped, or null if it was not. */
    private transient Throwable stoppedBy;

    RollbackStepExecution(@NonNull StepContext context, @NonNull String name) {
        super(context);
        this.name = name;
    }

    /**
     * The history is read from disk, which is no work for the thread that runs the Pipeline. And it is read once that thread has
     * left this method: until then no other may end a step that has a body.
     */
    @Override
    public boolean start() throws IOException, InterruptedException {
        SavedProgram.then("mdoqRollback", getContext(), () -> run(false));
        return false;
    }

    /**
     * A body that had begun goes on by itself. Jenkins may have gone down just before, or the history was not read yet; or just
     * behind, when its end was not in the history yet.
     */
    @Override
    public void onResume() {
        if (body == null) {
            ReleaseHookService.get().executor().execute(() -> run(true));
        } else if (ended) {
            ReleaseHookService.get().executor().execute(() -> finish(null));
        }
    }

    private void run(boolean resumed) {
        try {
            Run<?, ?> build = build();
            BuildLog log = log(build);
            Journal.Committed<Beginning> committed = BuildHistory.of(build).transact(this::decide);
            committed.facts().forEach(log::onFact);
            switch (committed.result()) {
                case START -> startBody();
                case STOPPED -> LOGGER.fine("The rollback was stopped before it began");
                case STARTED_BEFORE -> {
                    if (resumed) {
                        throw new AbortException(
                                "MDOQ: the rollback had just been started when Jenkins went down. It is"
                                        + " not started twice; see what it did and finish it by hand");
                    }
                    log.line("the rollback was already run in this build; nothing to do");
                    getContext().onSuccess(null);
                }
                case NOT_ASKED_FOR -> {
                    log.line("no webhook asked for a rollback; nothing to do");
                    getContext().onSuccess(null);
                }
            }
        } catch (Exception e) {
            getContext().onFailure(e);
        }
    }

    /** That the rollback starts is written down only if it does: a build has but one. */
    private Beginning decide(Journal.Transaction transaction) {
        History history = transaction.history();
        if (!begin()) {
            return Beginning.STOPPED;
        }
        if (history.rollbackAskedBy() == null) {
            return Beginning.NOT_ASKED_FOR;
        }
        if (history.started(BuildHistory.ROLLBACK) != null) {
            return Beginning.STARTED_BEFORE;
        }
        transaction.append(new StepFact.Started(Instant.now(), BuildHistory.ROLLBACK));
        return Beginning.START;
    }

    /** Whether the step goes on; from then on a stop no longer ends it at once. */
    private synchronized boolean begin() {
        begun = stoppedBy == null;
        return begun;
    }

    private synchronized void startBody() {
        body = getContext()
                .newBodyInvoker()
                .withDisplayName(name)
                .withCallback(new Callback(this))
                .start();
        if (stoppedBy != null) {
            body.cancel(stoppedBy);
        }
    }

    /**
     * The log of the step. Jenkins has none for a step that it was killed while it began; a rollback is not to fail of that, and what
     * becomes of it is in the history.
     */
    private BuildLog log(Run<?, ?> build) throws InterruptedException {
        TaskListener listener;
        try {
            listener = getContext().get(TaskListener.class);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "There is no log of the build for the rollback of " + build);
            listener = TaskListener.NULL;
        }
        return new BuildLog(build, listener, false);
    }

    private Run<?, ?> build() throws IOException, InterruptedException {
        Run<?, ?> build = getContext().get(Run.class);
        if (build == null) {
            throw new AbortException("mdoqRollback needs a build around it");
        }
        return build;
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        synchronized (this) {
            stoppedBy = cause;
            if (body == null && begun) {
                // The body is about to start and is cancelled then, or there is none and the step ends by itself.
                return;
            }
        }
        if (body == null) {
            super.stop(cause);
        } else {
            body.cancel(cause);
        }
    }

    @Override
    public String getStatus() {
        return body == null ? "reading the webhook history" : "rolling the release back";
    }

    /** Ends the step when the body has ended. */
    private static final class Callback extends BodyExecutionCallback {

        private static final long serialVersionUID = 1L;

        /** Null in a program that the first version of the plugin wrote. */
        private final RollbackStepExecution step;

        Callback(RollbackStepExecution step) {
            this.step = step;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            step(context).bodyEnded(result, null);
        }

        @Override
        public void onFailure(StepContext context, Throwable thrown) {
            step(context).bodyEnded(null, thrown);
        }

        private RollbackStepExecution step(StepContext context) {
            return step == null ? new RollbackStepExecution(context, "") : step;
        }
    }

    /**
     * The end is noted once the program behind the body is on disk: a body whose end is in the history does not run on after a
     * crash, not even a part of it.
     */
    private void bodyEnded(@CheckForNull Object result, @CheckForNull Throwable thrown) {
        failure = thrown;
        ended = true;
        try {
            SavedProgram.then("mdoqRollback", getContext(), () -> finish(result));
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
        }
    }

    private void finish(@CheckForNull Object result) {
        Throwable end = failure;
        try {
            end = note();
        } catch (Exception e) {
            if (end == null) {
                end = e;
            } else {
                end.addSuppressed(e);
            }
        }
        if (end == null) {
            getContext().onSuccess(result);
        } else {
            getContext().onFailure(end);
        }
    }

    /** What the step ends with: null for a success, else why the release ended, with the rollback's failure in it. */
    private Throwable note() throws IOException, InterruptedException {
        Run<?, ?> build = build();
        Redactor redactor = ConfiguredWebhooks.redactor();
        Journal journal = BuildHistory.of(build).redacting(redactor);
        BuildLog log = log(build);
        String message = failure == null ? null : Limits.message(redactor.text(String.valueOf(failure.getMessage())));
        Journal.Committed<EventHistory> committed = journal.transact(transaction -> {
            if (transaction.history().finished(BuildHistory.ROLLBACK) == null) {
                transaction.append(
                        new StepFact.Finished(Instant.now(), BuildHistory.ROLLBACK, failure == null ? 0 : 1, message));
            }
            return transaction.history().rollbackAskedBy();
        });
        committed.facts().forEach(log::onFact);
        EventHistory askedBy = committed.result();
        if (failure == null || askedBy == null) {
            return failure;
        }
        FlowInterruptedException stop = ReleaseHookStepExecution.interruption(askedBy.settled(), Result.FAILURE);
        stop.addSuppressed(failure);
        return stop;
    }
}

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
import java.util.List;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
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
        FlowExecution execution = getContext().get(FlowExecution.class);
        if (execution == null) {
            throw new AbortException("mdoqRollback needs a Pipeline around it");
        }
        // Answered by that same thread, so after it has left.
        execution
                .getCurrentExecutions(true)
                .addListener(() -> run(false), ReleaseHookService.get().executor());
        return false;
    }

    /** A body that had begun goes on by itself. Jenkins may have gone down just before, or the history was not read yet. */
    @Override
    public void onResume() {
        if (body == null) {
            ReleaseHookService.get().executor().execute(() -> run(true));
        }
    }

    private void run(boolean resumed) {
        try {
            Run<?, ?> build = build();
            BuildLog log = new BuildLog(build, getContext().get(TaskListener.class), false);
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
                .withCallback(new Callback())
                .start();
        if (stoppedBy != null) {
            body.cancel(stoppedBy);
        }
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

    /** Notes the rollback's end, then ends the step. */
    private static final class Callback extends BodyExecutionCallback {

        private static final long serialVersionUID = 1L;

        @Override
        public void onSuccess(StepContext context, Object result) {
            finish(context, result, null);
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            finish(context, null, failure);
        }

        private static void finish(StepContext context, @CheckForNull Object result, @CheckForNull Throwable failure) {
            ReleaseHookService.get().executor().execute(() -> {
                Throwable end = failure;
                try {
                    end = note(context, failure);
                } catch (Exception e) {
                    if (end == null) {
                        end = e;
                    } else {
                        end.addSuppressed(e);
                    }
                }
                if (end == null) {
                    context.onSuccess(result);
                } else {
                    context.onFailure(end);
                }
            });
        }

        /** What the step ends with: null for a success, else why the release ended, with the rollback's failure in it. */
        private static Throwable note(StepContext context, Throwable failure) throws Exception {
            Run<?, ?> build = context.get(Run.class);
            Redactor redactor = ConfiguredWebhooks.redactor();
            Journal journal = BuildHistory.of(build).redacting(redactor);
            BuildLog log = new BuildLog(build, context.get(TaskListener.class), false);
            String message =
                    failure == null ? null : Limits.message(redactor.text(String.valueOf(failure.getMessage())));
            journal.append(List.of(new StepFact.Finished(
                            Instant.now(), BuildHistory.ROLLBACK, failure == null ? 0 : 1, message)))
                    .forEach(log::onFact);
            History history = journal.read();
            EventHistory askedBy = history.rollbackAskedBy();
            if (askedBy == null) {
                return failure;
            }
            if (failure == null) {
                return null;
            }
            FlowInterruptedException stop = ReleaseHookStepExecution.interruption(askedBy.settled(), Result.FAILURE);
            stop.addSuppressed(failure);
            return stop;
        }
    }
}

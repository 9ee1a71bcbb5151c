package io.jenkins.plugins.mdoq.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
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

    private final String name;

    /** Null until the body began. Set by the thread that read the history, read by the one that aborts. */
    private volatile BodyExecution body;

    private transient volatile boolean stopped;

    RollbackStepExecution(@NonNull StepContext context, @NonNull String name) {
        super(context);
        this.name = name;
    }

    @Override
    public boolean start() {
        // The history is read from disk, which is no work for the thread that runs the Pipeline.
        ReleaseHookService.get().executor().execute(() -> begin(false));
        return false;
    }

    /** A body that had begun goes on by itself. Jenkins may have gone down just before, or the history was not read yet. */
    @Override
    public void onResume() {
        if (body == null) {
            ReleaseHookService.get().executor().execute(() -> begin(true));
        }
    }

    private void begin(boolean resumed) {
        try {
            Run<?, ?> build = build();
            BuildLog log = new BuildLog(build, getContext().get(TaskListener.class), false);
            boolean[] startedBefore = new boolean[1];
            EventHistory[] askedBy = new EventHistory[1];
            List<Fact> written = BuildHistory.of(build).update(history -> {
                askedBy[0] = history.rollbackAskedBy();
                startedBefore[0] = history.started(BuildHistory.ROLLBACK) != null;
                return askedBy[0] == null || startedBefore[0]
                        ? List.of()
                        : List.of(new StepFact.Started(Instant.now(), BuildHistory.ROLLBACK));
            });
            if (!written.isEmpty()) {
                written.forEach(fact -> log.happened(null, fact));
                body = getContext()
                        .newBodyInvoker()
                        .withDisplayName(name)
                        .withCallback(new Callback())
                        .start();
                if (stopped) {
                    body.cancel(new FlowInterruptedException(Result.ABORTED, true));
                }
            } else if (resumed && startedBefore[0]) {
                throw new AbortException("MDOQ: the rollback had just been started when Jenkins went down. It is not"
                        + " started twice; see what it did and finish it by hand");
            } else {
                log.line(
                        startedBefore[0]
                                ? "the rollback was already run in this build; nothing to do"
                                : "no webhook asked for a rollback; nothing to do");
                getContext().onSuccess(null);
            }
        } catch (Exception e) {
            getContext().onFailure(e);
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
        stopped = true;
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

    /** Notes the rollback's end and tells the endpoints, then ends the step. */
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
            Journal journal = BuildHistory.of(build)
                    .redacting(Redactor.of(MdoqGlobalConfiguration.get().allSecrets()));
            BuildLog log = new BuildLog(build, context.get(TaskListener.class), false);
            String message = failure == null ? null : Limits.message(String.valueOf(failure.getMessage()));
            journal.append(List.of(new StepFact.Finished(
                            Instant.now(), BuildHistory.ROLLBACK, failure == null ? 0 : 1, message)))
                    .forEach(fact -> log.happened(null, fact));
            History history = journal.read();
            EventHistory askedBy = history.rollbackAskedBy();
            if (askedBy == null) {
                return failure;
            }
            ReleaseHookService.get()
                    .hook()
                    .tell(
                            ReleaseHookService.process(build, log),
                            askedBy,
                            "rolled_back",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("result", failure == null ? "success" : "fail")
                                    .put("message", message));
            if (failure == null) {
                return null;
            }
            FlowInterruptedException stop = ReleaseHookStepExecution.interruption(askedBy.settled(), Result.FAILURE);
            stop.addSuppressed(failure);
            return stop;
        }
    }
}

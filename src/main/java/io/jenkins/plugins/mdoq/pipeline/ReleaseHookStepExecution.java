package io.jenkins.plugins.mdoq.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.history.Action;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.HookHistory;
import io.jenkins.plugins.mdoq.history.Narrator;
import io.jenkins.plugins.mdoq.history.Outcome;
import io.jenkins.plugins.mdoq.history.PlainText;
import io.jenkins.plugins.mdoq.hook.Firing;
import io.jenkins.plugins.mdoq.hook.HookRun;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/**
 * Runs {@code mdoqReleaseHook}. It holds the step's words and nothing of the release: how far that is stands in the build's
 * webhook history, from which it goes on after a restart. Holds no thread while it waits.
 */
final class ReleaseHookStepExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ReleaseHookStepExecution.class.getName());

    private final ReleaseHookStep step;

    /** Null until the event is being fired, and after a restart until it is resumed. */
    private transient volatile HookRun run;

    private transient volatile boolean stopped;

    ReleaseHookStepExecution(@NonNull StepContext context, @NonNull ReleaseHookStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        fire();
        return false;
    }

    /**
     * Goes on from the history. The event may not have been fired yet when Jenkins went down; then it is now, under the
     * same key.
     */
    @Override
    public void onResume() {
        try {
            fire();
        } catch (Exception e) {
            getContext().onFailure(e);
        }
    }

    private synchronized void fire() throws IOException, InterruptedException {
        Run<?, ?> build = get(Run.class);
        FlowNode node = get(FlowNode.class);
        ReleaseEvent event = ReleaseEvent.of(step.getEvent());
        ObjectNode data = step.getData() == null ? null : JsonMaps.toJson(step.getData());
        Payload.checkNames(data);
        BuildLog log = new BuildLog(build, get(TaskListener.class), getContext().get(Computer.class) != null);
        ObjectNode instance =
                InstanceDescription.of(build, getContext().get(EnvVars.class), step.getInstance());
        run = ReleaseHookService.get()
                .hook()
                .fire(
                        ReleaseHookService.process(build, (webhook, fact) -> happened(log, node, webhook, fact)),
                        new Firing(node.getId(), event, webhooks(event), instance, data));
        run.verdict().whenComplete((settled, error) -> ended(log, settled, error));
    }

    private <T> T get(Class<T> type) throws IOException, InterruptedException {
        T value = getContext().get(type);
        if (value == null) {
            throw new AbortException("mdoqReleaseHook needs a " + type.getSimpleName() + " around it");
        }
        return value;
    }

    private List<Webhook> webhooks(ReleaseEvent event) throws AbortException {
        List<Webhook> all = MdoqGlobalConfiguration.get().engineWebhooks();
        List<Webhook> asked = all;
        if (step.getWebhooks() != null) {
            asked = new ArrayList<>();
            for (String name : step.getWebhooks()) {
                asked.add(all.stream()
                        .filter(webhook -> webhook.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AbortException("There is no MDOQ webhook '" + name
                                + "'; configured are: " + all.stream().map(Webhook::name).toList())));
            }
        }
        if (step.isFailIfNoWebhook() && asked.stream().allMatch(webhook -> webhook.settingsFor(event) == null)) {
            throw new AbortException("No MDOQ webhook listens to " + event.name()
                    + "; add the event to a webhook under Manage Jenkins, or leave out failIfNoWebhook");
        }
        return asked;
    }

    private void happened(BuildLog log, FlowNode node, @CheckForNull String webhook, Fact fact) {
        log.happened(webhook, fact);
        if (fact instanceof Fact.Fired fired
                && fired.deliveries().stream().anyMatch(plan -> plan.lock() != null)) {
            node.addAction(new PauseAction("MDOQ webhooks"));
        }
    }

    private void ended(BuildLog log, @CheckForNull Fact.Settled settled, @CheckForNull Throwable error) {
        if (stopped) {
            return;
        }
        try {
            PauseAction.endCurrentPause(get(FlowNode.class));
            if (error != null) {
                throw new AbortException("MDOQ: " + error.getMessage());
            }
            HookHistory hook =
                    BuildHistory.of(get(Run.class)).read().hook(get(FlowNode.class).getId());
            if (hook != null && !hook.entries().isEmpty()) {
                HistoryTable.of(hook).forEach(log::line);
            }
            act(settled);
            getContext().onSuccess(hook == null ? null : HookOutcome.of(settled, hook));
        } catch (Exception e) {
            if (error != null) {
                e.addSuppressed(error);
            }
            getContext().onFailure(e);
        }
    }

    /** Does to the build what the verdict says; throws where the build is not to go on. */
    private void act(Fact.Settled settled) throws Exception {
        if (!step.isPropagate()) {
            return;
        }
        if (settled.action() == Action.STOP) {
            throw interruption(settled, step.stopResult());
        }
        if (settled.action() == Action.ROLLBACK) {
            throw interruption(settled, Result.FAILURE);
        }
        if (settled.action() == Action.FAIL) {
            throw new AbortException(text(settled));
        }
        if (settled.outcome() == Outcome.FAIL) {
            get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(text(settled)));
            if (settled.action() == Action.UNSTABLE) {
                get(Run.class).setResult(Result.UNSTABLE);
            }
        }
    }

    /** An interruption, as {@code retry} repeats any other failure, and a cancelled release must not be repeated. */
    static FlowInterruptedException interruption(@NonNull Fact.Settled settled, @NonNull Result result) {
        return new FlowInterruptedException(result, true, new ReleaseEndedCause(settled));
    }

    private static String text(Fact.Settled settled) {
        return "MDOQ: " + Narrator.meaning(settled)
                + (settled.webhook() == null ? "" : ", decided by " + settled.webhook()) + ": "
                + PlainText.line(settled.reason());
    }

    /** The endpoints that hold a lock are told by the engine; the build does not wait for that. */
    @Override
    public void stop(Throwable cause) throws Exception {
        stopped = true;
        HookRun running = run;
        if (running == null) {
            // Aborted before it was resumed after a restart: the locks must be closed all the same.
            running = ReleaseHookService.get()
                    .hook()
                    .resume(
                            ReleaseHookService.process(get(Run.class), (webhook, fact) -> {}),
                            get(FlowNode.class).getId());
        }
        running.cancel("the build was aborted" + (cause.getMessage() == null ? "" : ": " + cause.getMessage()));
        try {
            PauseAction.endCurrentPause(get(FlowNode.class));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not note the end of a pause", e);
        }
        super.stop(cause);
    }

    @Override
    public String getStatus() {
        return "waiting for the verdict of the MDOQ webhooks on " + step.getEvent();
    }
}

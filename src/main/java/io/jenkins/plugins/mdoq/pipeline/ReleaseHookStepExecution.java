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
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.controller.BuildSource;
import io.jenkins.plugins.mdoq.controller.ReleaseEndings;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.hook.EventRun;
import io.jenkins.plugins.mdoq.hook.FireRequest;
import io.jenkins.plugins.mdoq.hook.Guards;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.ReleaseProcess;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.report.FactWords;
import io.jenkins.plugins.mdoq.report.HistoryTable;
import java.io.IOException;
import java.time.Instant;
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
    private transient volatile EventRun run;

    private transient volatile boolean stopped;

    ReleaseHookStepExecution(@NonNull StepContext context, @NonNull ReleaseHookStep step) {
        super(context);
        this.step = step;
    }

    /** The event is fired once the program is on disk: one that is in the history is gone on with after a crash. */
    @Override
    public boolean start() throws IOException, InterruptedException {
        SavedProgram.then("mdoqReleaseHook", getContext(), () -> begin(false));
        return false;
    }

    /**
     * Goes on from the history, whatever the configuration is by now. If Jenkins went down before the event was fired, it
     * is now, under the same key.
     */
    @Override
    public void onResume() {
        ReleaseHookService.get().executor().execute(() -> begin(true));
    }

    private void begin(boolean resumed) {
        try {
            EventHistory event = resumed ? fired() : null;
            synchronized (this) {
                if (stopped) {
                    // It ended the step, and has cancelled what was fired before a restart.
                    return;
                }
                if (event == null) {
                    if (resumed && !get(FlowNode.class).isActive()) {
                        // The next step would get this one's place in the program, and would be taken for it.
                        throw new AbortException(
                                "MDOQ: Jenkins went down while it wrote to disk that this step had begun,"
                                        + " and cannot go on with the Pipeline from here. Nobody was asked; start the build anew");
                    }
                    fire();
                } else {
                    resume(event);
                }
            }
        } catch (Exception e) {
            getContext().onFailure(e);
        }
    }

    /** What the history holds of this step's event; null if it was not fired. */
    @CheckForNull
    private EventHistory fired() throws IOException, InterruptedException {
        return BuildHistory.of(get(Run.class)).read().event(key());
    }

    private void fire() throws IOException, InterruptedException {
        ReleaseEvent event = ReleaseEvent.toFire(step.getEvent());
        ObjectNode data = step.getData() == null ? null : JsonMaps.toJson(step.getData());
        Payload.checkNames(data);
        ObjectNode instance =
                InstanceDescription.of(get(Run.class), getContext().get(EnvVars.class), step.getInstance());
        FireRequest request =
                new FireRequest(key(), event, webhooks(event), instance, data, BuildSource.of(get(Run.class)));
        BuildLog log = log();
        follow(log, ReleaseHookService.get().hook().fire(process(log), request));
    }

    private void resume(EventHistory event) throws IOException, InterruptedException {
        BuildLog log = log();
        log.know(event);
        if (event.settled() != null) {
            log.onFact(event.settled()); // Jenkins may have gone down before the log had it.
        }
        ReleaseEndings.get().begun(get(Run.class));
        follow(log, ReleaseHookService.get().hook().resume(process(log), key()));
    }

    private void follow(BuildLog log, EventRun eventRun) {
        run = eventRun;
        eventRun.verdict().whenComplete((settled, error) -> ended(log, eventRun.settled(), settled, error));
    }

    private BuildLog log() throws IOException, InterruptedException {
        return new BuildLog(
                get(Run.class), get(TaskListener.class), getContext().get(Computer.class) != null);
    }

    private ReleaseProcess process(BuildLog log) throws IOException, InterruptedException {
        FlowNode node = get(FlowNode.class);
        Run<?, ?> build = get(Run.class);
        return ReleaseHookService.process(build, fact -> onFact(build, log, node, fact));
    }

    /** The firing's key: the step's place in the program, which is the same after a restart. */
    private String key() throws IOException, InterruptedException {
        return get(FlowNode.class).getId();
    }

    private <T> T get(Class<T> type) throws IOException, InterruptedException {
        T value = getContext().get(type);
        if (value == null) {
            throw new AbortException("mdoqReleaseHook needs a " + type.getSimpleName() + " around it");
        }
        return value;
    }

    private List<Webhook> webhooks(ReleaseEvent event) throws IOException, InterruptedException {
        List<Webhook> all;
        try {
            all = MdoqGlobalConfiguration.get().engineWebhooks();
        } catch (IllegalStateException e) {
            // In one line, without a stack trace: whoever reads the build's log did not write the configuration.
            throw new AbortException("MDOQ: " + e.getMessage());
        }
        List<Webhook> asked = all;
        List<String> names = step.getWebhooks();
        if (names != null) {
            asked = new ArrayList<>();
            for (String name : names) {
                asked.add(all.stream()
                        .filter(webhook -> webhook.name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () -> new AbortException("There is no MDOQ webhook '" + name + "'; configured are: "
                                        + all.stream().map(Webhook::name).toList())));
            }
        }
        refuseUnguarded(event, all, asked);
        return asked;
    }

    /** A gate that nobody stands at is no gate: a release that should be guarded, and is not, fails here and says so. */
    private void refuseUnguarded(ReleaseEvent event, List<Webhook> all, List<Webhook> asked)
            throws IOException, InterruptedException {
        String job = get(Run.class).getParent().getFullName();
        Boolean strict = step.getFailIfNoWebhook();
        if (Boolean.TRUE.equals(strict) && asked.stream().noneMatch(webhook -> webhook.guards(event, job))) {
            throw new AbortException("No MDOQ webhook listens to " + event.name() + " that decides and is for the job "
                    + job + "; add the event to a webhook under Manage Jenkins » System » MDOQ webhooks, or leave out"
                    + " failIfNoWebhook");
        }
        String missing = strict == null && Guards.ofRelease(event) ? Guards.missing(all, job) : null;
        if (missing != null) {
            throw new AbortException(
                    "MDOQ: " + missing + "; add one of the two events to a webhook under Manage Jenkins"
                            + " » System » MDOQ webhooks, or write failIfNoWebhook: false if the release may pass unguarded");
        }
    }

    private static void onFact(Run<?, ?> build, BuildLog log, FlowNode node, Fact fact) {
        if (fact instanceof Fact.Fired) {
            // It is on disk, and no request has left yet.
            ReleaseEndings.get().begun(build);
        }
        log.onFact(fact);
        if (fact instanceof Fact.Fired fired && fired.deliveries().stream().anyMatch(plan -> plan.lock() != null)) {
            node.addAction(new PauseAction("MDOQ webhooks"));
        }
    }

    private void ended(
            BuildLog log,
            @CheckForNull EventHistory event,
            @CheckForNull Fact.Settled settled,
            @CheckForNull Throwable error) {
        if (stopped) {
            return;
        }
        try {
            PauseAction.endCurrentPause(get(FlowNode.class));
            if (error != null) {
                throw new AbortException("MDOQ: " + error.getMessage());
            }
            if (event != null && !event.entries().isEmpty()) {
                HistoryTable.of(event, Instant.now()).forEach(line -> log.line("  " + line));
            }
            act(settled);
            getContext().onSuccess(event == null ? null : HookOutcome.of(settled, event));
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
        return "MDOQ: " + FactWords.sentence(settled);
    }

    /** The endpoints that hold a lock are notified by the engine; the build does not wait for that. */
    @Override
    public void stop(Throwable cause) throws Exception {
        EventRun running;
        synchronized (this) {
            stopped = true;
            running = run;
        }
        if (running == null && fired() != null) {
            // Aborted before it was resumed after a restart: the locks must be closed all the same.
            running = ReleaseHookService.get().hook().resume(process(log()), key());
        }
        if (running != null) {
            running.cancel("the build was aborted" + (cause.getMessage() == null ? "" : ": " + cause.getMessage()));
        }
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

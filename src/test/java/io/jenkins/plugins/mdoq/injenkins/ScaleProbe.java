package io.jenkins.plugins.mdoq.injenkins;

import hudson.ExtensionList;
import hudson.model.ParametersAction;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.lock.LockAnswer;
import io.jenkins.plugins.mdoq.lock.LockRequest;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.GraphListener;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.jvnet.hudson.test.JenkinsRule;

/** What the measurements of scale do within the controller. Each method is called in its process. */
public final class ScaleProbe {

    private ScaleProbe() {}

    /** When the step behind the wait began, by build; in nanoseconds. */
    public static final class NextStep implements GraphListener.Synchronous {
        private final Map<Object, Long> at = new ConcurrentHashMap<>();
        private volatile CountDownLatch next = new CountDownLatch(1);

        @Override
        public void onNewHead(FlowNode node) {
            if (node.getDisplayFunctionName().equals("echo")) {
                at.put(node.getExecution(), System.nanoTime());
                next.countDown();
            }
        }
    }

    /** The heap in use after collections, in bytes. */
    public static long heap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** How many threads there are. */
    public static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** How many of them are the engine's. */
    public static int engineThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("MDOQ"))
                .count();
    }

    private static WorkflowJob job(JenkinsRule j, String name) {
        return j.jenkins.getItemByFullName(name, WorkflowJob.class);
    }

    /** Starts builds and waits until all of them wait; returns how long that took, in milliseconds. */
    public static long start(JenkinsRule j, String name, int builds) throws Exception {
        long begun = System.nanoTime();
        WorkflowJob job = job(j, name);
        int before = waiting(j, name).size();
        for (int i = 0; i < builds; i++) {
            // Two builds that are alike are taken for one in the queue.
            job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("number", before + "-" + i)));
        }
        await(j, name, before + builds);
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private static void await(JenkinsRule j, String name, int builds) throws Exception {
        while (waiting(j, name).size() < builds) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The builds of a job that wait in a step which was started or resumed in this process. */
    static List<WorkflowRun> waiting(JenkinsRule j, String name) throws Exception {
        List<WorkflowRun> waiting = new ArrayList<>();
        Map<Path, Boolean> held = new ConcurrentHashMap<>();
        ReleaseHookService.get()
                .waiting()
                .forEach(one -> held.put(one.waiter().journal().file(), true));
        for (WorkflowRun build : job(j, name).getBuilds()) {
            InputAction input = build.getAction(InputAction.class);
            if (build.isBuilding()
                    && (name.equals("input")
                            ? input != null && !input.getExecutions().isEmpty()
                            : held.containsKey(BuildHistory.of(build).file()))) {
                waiting.add(build);
            }
        }
        return waiting;
    }

    /** How long since the start of this process until all builds of a job wait again, in milliseconds. */
    public static long resumed(JenkinsRule j, String name) throws Exception {
        int builds = (int) job(j, name).getBuilds().stream()
                .filter(WorkflowRun::isBuilding)
                .count();
        await(j, name, builds);
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }

    /** Lets builds of both kinds go on, in turns; lines with the times until their next step began. */
    public static ArrayList<String> goOn(JenkinsRule j, int builds) throws Exception {
        NextStep listener = new NextStep();
        ExtensionList.lookup(GraphListener.class).add(0, listener);
        Iterator<WorkflowRun> inputs = waiting(j, "input").iterator();
        Iterator<WorkflowRun> gates = waiting(j, "gate").iterator();
        long[] input = new long[builds];
        long[] gate = new long[builds];
        for (int i = 0; i < builds; i++) {
            WorkflowRun paused = inputs.next();
            input[i] = time(j, listener, paused, () -> proceed(paused));
            WorkflowRun held = gates.next();
            byte[] body = bodyThatReleases(held);
            gate[i] = time(j, listener, held, () -> release(body));
        }
        ExtensionList.lookup(GraphListener.class).remove(listener);
        return new ArrayList<>(List.of("input: " + percentiles(input), "lock: " + percentiles(gate)));
    }

    private interface GoOn {
        void on() throws Exception;
    }

    private static long time(JenkinsRule j, NextStep listener, WorkflowRun build, GoOn going) throws Exception {
        listener.next = new CountDownLatch(1);
        FlowExecution execution = build.getExecution();
        long begun = System.nanoTime();
        going.on();
        if (!listener.next.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError(build + " does not go on");
        }
        // What is left of it to do must not slow the next one.
        j.waitForCompletion(build);
        return listener.at.get(execution) - begun;
    }

    private static void proceed(WorkflowRun build) throws Exception {
        for (InputStepExecution input :
                List.copyOf(build.getAction(InputAction.class).getExecutions())) {
            input.proceed((Object) null);
        }
    }

    /** What its endpoint would send to release a lock of a build, the first one that is held. */
    static byte[] bodyThatReleases(WorkflowRun build) throws Exception {
        History history = BuildHistory.of(build).read();
        String lock = history.decisions().get(0).entries().stream()
                .filter(DeliveryHistory::held)
                .findFirst()
                .orElseThrow()
                .plan()
                .lock();
        return LockApiClient.body(lock, ",\"result\":\"success\"").getBytes(StandardCharsets.UTF_8);
    }

    private static void release(byte[] body) {
        LockAnswer answer = ReleaseHookService.get()
                .lockApi()
                .answer(new LockRequest("release", "application/json", body, null, "127.0.0.1"));
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
    }

    /** Lets all builds of a job go on and waits for their end. */
    public static void finish(JenkinsRule j, String name) throws Exception {
        for (WorkflowRun build : waiting(j, name)) {
            if (name.equals("input")) {
                proceed(build);
            } else {
                release(bodyThatReleases(build));
            }
        }
        for (WorkflowRun build : job(j, name).getBuilds()) {
            j.waitForCompletion(build);
        }
    }

    /** The middle and the slowest hundredth of times in nanoseconds. */
    static String percentiles(long[] nanoseconds) {
        long[] sorted = nanoseconds.clone();
        Arrays.sort(sorted);
        return String.format(
                "p50 %.2f ms, p99 %.2f ms",
                sorted[sorted.length / 2] / 1e6, sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)] / 1e6);
    }
}

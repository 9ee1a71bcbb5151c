package io.jenkins.plugins.mdoq.injenkins;

import static io.jenkins.plugins.mdoq.injenkins.Gate.event;

import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.hook.ReleaseEnd;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What became of all builds of a controller, once they are over. */
public final class BuildResults {

    private BuildResults() {}

    /** Waits until all builds are over and have told how they ended; gives the result of each, and its log. */
    public static TreeMap<String, String> waitForAll(JenkinsRule j) throws Exception {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        TreeMap<String, String> results = new TreeMap<>();
        for (WorkflowJob job : j.jenkins.allItems(WorkflowJob.class)) {
            for (WorkflowRun build : job.getBuilds()) {
                String name = job.getFullName() + "#" + build.getNumber();
                if (!hasFired(build)) {
                    results.put(name, "LOST");
                    continue;
                }
                while (build.isBuilding() && System.nanoTime() < until) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                waitForItsEnd(build);
                results.put(
                        name,
                        build.isBuilding()
                                ? "UNFINISHED\n" + JenkinsRule.getLog(build) + whereItStands(build)
                                : build.getResult() + "\n" + JenkinsRule.getLog(build));
            }
        }
        return results;
    }

    private static String whereItStands(WorkflowRun build) throws Exception {
        FlowExecution execution = build.getExecution();
        return "\nprogram: " + execution
                + (execution instanceof CpsFlowExecution program ? "\n" + program.getThreadDump() : "")
                + "\nhistory: " + BuildHistory.of(build).read().events();
    }

    /** Whether a build has a history. One that was killed as it began Jenkins may leave unfinished for ever, without a program. */
    private static boolean hasFired(WorkflowRun build) throws Exception {
        for (int tries = 0;
                tries < 100 && build.isBuilding() && !BuildHistory.of(build).exists();
                tries++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return BuildHistory.of(build).exists();
    }

    /** Waits until a build has told how it ended; what was not told by then is seen by who checks it. */
    private static void waitForItsEnd(WorkflowRun build) throws Exception {
        for (int tries = 0; tries < 600; tries++) {
            History history = BuildHistory.of(build).read();
            if (history.decisions().isEmpty()
                    || ReleaseEnd.wasSaid(history)
                            && history.events().stream().allMatch(event -> event.settled() != null)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}

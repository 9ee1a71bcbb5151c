package io.jenkins.plugins.mdoq.injenkins;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * A build that has fired <em>Before Release</em> and waits for a lock.
 *
 * @param run the build
 * @param body what the endpoint was sent
 */
public record WaitingBuild(WorkflowRun run, JsonNode body) {

    /** Starts such a build in a job of its own. */
    public static WaitingBuild start(JenkinsRule j, Endpoint endpoint) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("mdoqReleaseHook 'beforeRelease'\necho 'goes on'", true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        WaitingBuild build = new WaitingBuild(run, endpoint.take());
        // Its answer is in the history: nothing but the lock is missing.
        j.waitForMessage("answered 200", run);
        return build;
    }

    /** The lock's value. */
    public String lock() {
        return body.get("lock").asText();
    }

    /** The delivery's id. */
    public String delivery() {
        return body.get("delivery").asText();
    }

    /** Waits for the build's end. */
    public WorkflowRun end(JenkinsRule j, Result result) throws Exception {
        return j.assertBuildStatus(result, j.waitForCompletion(run));
    }
}

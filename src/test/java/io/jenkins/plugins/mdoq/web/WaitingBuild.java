package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
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
record WaitingBuild(WorkflowRun run, JsonNode body) {

    static WaitingBuild start(JenkinsRule j, Endpoint endpoint) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("mdoqReleaseHook 'beforeRelease'\necho 'goes on'", true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        WaitingBuild build = new WaitingBuild(run, endpoint.take());
        // Its answer is in the history: nothing but the lock is missing.
        j.waitForMessage("answered 200", run);
        return build;
    }

    String lock() {
        return body.get("lock").asText();
    }

    String delivery() {
        return body.get("delivery").asText();
    }

    /** Waits for the build's end. */
    WorkflowRun end(JenkinsRule j, Result result) throws Exception {
        return j.assertBuildStatus(result, j.waitForCompletion(run));
    }
}

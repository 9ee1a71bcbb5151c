package io.jenkins.plugins.mdoq.controller;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryState;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A lock whose build is over without having given it up is found and closed, and never at the first look. */
@WithJenkins
class LostBuildsInJenkinsTest {

    @Test
    void shouldCloseTheLockOfABuildThatWasKilledAtTheSecondLook(JenkinsRule j) throws Exception {
        try (Endpoint endpoint = Endpoint.answering("{}")) {
            Gate.configure(webhook("gate", endpoint, blocking("beforeRelease"), event("before_release_cancelled")));
            WaitingBuild waiting = WaitingBuild.start(j, endpoint);
            WorkflowRun build = waiting.run();
            ReleaseEndings.get().look();
            build.doKill();
            j.waitForCompletion(build);

            ReleaseEndings.get().look();
            assertThat(fired(build).settled()).as("at the first look").isNull();

            ReleaseEndings.get().look();
            assertThat(endpoint.take().get("event").asText()).isEqualTo("before_release_cancelled");
            assertThat(fired(build).settled().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(fired(build).entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.state()).isEqualTo(DeliveryState.CANCELLED));
            ReleaseEndings.get().look();
            assertThat(fired(build).entries()).hasSize(1);
            assertThat(Gate.release(waiting.body(), "{}").statusCode()).isEqualTo(410);
        }
    }

    @Test
    void shouldCloseNoLockOfABuildThatGoesOnWaiting(JenkinsRule j) throws Exception {
        try (Endpoint endpoint = Endpoint.answering("{}")) {
            Gate.configure(webhook("gate", endpoint, blocking("beforeRelease")));
            WaitingBuild waiting = WaitingBuild.start(j, endpoint);

            for (int look = 0; look < 3; look++) {
                ReleaseEndings.get().look();
            }

            assertThat(fired(waiting.run()).settled()).isNull();
            assertThat(Gate.release(waiting.body(), "{}").statusCode()).isEqualTo(200);
            j.assertBuildStatusSuccess(j.waitForCompletion(waiting.run()));
        }
    }

    private static EventHistory fired(WorkflowRun build) throws Exception {
        return BuildHistory.of(build).read().decisions().get(0);
    }
}

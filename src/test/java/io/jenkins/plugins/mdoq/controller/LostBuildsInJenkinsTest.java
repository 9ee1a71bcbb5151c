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
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A lock whose build is over without having given it up is found and closed, and never at the first look. */
class LostBuildsInJenkinsTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void shouldCloseTheLockOfABuildThatWasKilledAtTheSecondLook() throws Throwable {
        sessions.then(LostBuildsInJenkinsTest::closeTheLockOfABuildThatWasKilled);
    }

    private static void closeTheLockOfABuildThatWasKilled(JenkinsRule j) throws Exception {
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
    void shouldCloseTheLockOfABuildThatJenkinsLeftWithoutAProgram() throws Throwable {
        try (Endpoint endpoint = Endpoint.answering("{}")) {
            Path[] folder = new Path[1];
            sessions.then(j -> {
                Gate.configure(webhook("gate", endpoint, blocking("beforeRelease"), event("before_release_cancelled")));
                folder[0] = WaitingBuild.start(j, endpoint).run().getRootDir().toPath();
            });
            // What is on disk if Jenkins is killed after the event was written and before the program was.
            Path file = folder[0].resolve("build.xml");
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replaceAll("(?s)<execution .*</execution>", "")
                            .replaceAll("<completed>.*</completed>", ""));
            Files.delete(folder[0].resolve("program.dat"));
            sessions.then(j -> {
                WorkflowRun build =
                        j.jenkins.allItems(WorkflowJob.class).iterator().next().getBuildByNumber(1);
                assertThat(build.isBuilding()).as("Jenkins shows it as running").isTrue();
                // The look at the start was the first, or this one is.
                ReleaseEndings.get().look();
                ReleaseEndings.get().look();

                assertThat(endpoint.take().get("event").asText()).isEqualTo("before_release_cancelled");
                assertThat(fired(build).settled().outcome()).isEqualTo(Outcome.CANCELLED);
                assertThat(build.isBuilding()).isTrue();
            });
        }
    }

    @Test
    void shouldCloseNoLockOfABuildThatGoesOnWaiting() throws Throwable {
        sessions.then(LostBuildsInJenkinsTest::leaveTheLockOfABuildThatWaits);
    }

    private static void leaveTheLockOfABuildThatWaits(JenkinsRule j) throws Exception {
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

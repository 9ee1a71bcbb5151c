package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.hook.ReleaseEnd;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A webhook that listens to release_ended hears once how a build ended (protocol: "more events"). */
class ReleaseEndedInJenkinsTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private Endpoint endpoint;

    @BeforeEach
    void listen() throws Exception {
        endpoint = Endpoint.answering("{}");
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private void configure() throws Exception {
        Gate.configure(webhook(
                "release-gate",
                endpoint,
                event("beforeRelease"),
                event("beforeReleaseComplete"),
                event("releaseEnded")));
    }

    private static WorkflowRun start(JenkinsRule j, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun build(JenkinsRule j) {
        return j.jenkins.getItemByFullName("release", WorkflowJob.class).getBuildByNumber(1);
    }

    /** The first release_ended, past whatever came before it. */
    private JsonNode ended() throws Exception {
        JsonNode body = endpoint.take();
        while (!body.get("event").asText().equals("release_ended")) {
            body = endpoint.take();
        }
        return body;
    }

    /** Waits until the build's history says that all was told; then nothing more is to come. */
    private static History settled(WorkflowRun build) throws Exception {
        while (true) {
            History history = BuildHistory.of(build).read();
            if (ReleaseEnd.wasSaid(history) && history.events().stream().allMatch(event -> event.settled() != null)) {
                return history;
            }
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SUCCESS | released | the release goes on: every webhook agreed | mdoqReleaseHook 'beforeReleaseComplete'
            SUCCESS | released | the release goes on: every webhook agreed | echo 'nothing else is asked'
            FAILURE | failed   | the build ended as FAILURE                | error 'no disk'
            """)
    void shouldTellOnceHowTheBuildEnded(String result, String outcome, String reason, String rest) throws Throwable {
        sessions.then(j -> {
            configure();
            WorkflowRun build = start(j, "mdoqReleaseHook 'beforeRelease'\n" + rest);
            j.assertBuildStatus(Result.fromString(result), j.waitForCompletion(build));

            JsonNode told = ended();
            assertThat(told.get("outcome").asText()).isEqualTo(outcome);
            assertThat(told.get("reason").asText()).isEqualTo(reason);
            assertThat(told.get("parent_log").asInt()).isEqualTo(1);
            assertThat(told.has("lock")).isFalse();
            assertThat(told.get("source").get("job").asText()).isEqualTo("release");
            assertThat(settled(build).notices()).hasSize(1);
        });
        sessions.then(j -> {
            settled(build(j));
            assertThat(endpoint.waiting()).as("once").isZero();
        });
    }

    @Test
    void shouldTellThatTheBuildWasAborted() throws Throwable {
        sessions.then(j -> {
            configure();
            WorkflowRun build = start(j, "mdoqReleaseHook 'beforeRelease'\nsleep 600");
            j.waitForMessage("Sleeping for", build);
            build.getExecutor().interrupt();
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
            JsonNode told = ended();
            assertThat(told.get("outcome").asText()).isEqualTo("aborted");
            assertThat(told.get("reason").asText()).isEqualTo("the build was aborted");
        });
    }

    @Test
    void shouldTellThatTheBuildWasAbortedWhileItWaitedAndThatTheLockIsGivenUp() throws Throwable {
        sessions.then(j -> {
            Gate.configure(webhook(
                    "release-gate",
                    endpoint,
                    blocking("beforeRelease"),
                    event("beforeReleaseCancelled"),
                    event("releaseEnded")));
            WorkflowRun build = start(j, "mdoqReleaseHook 'beforeRelease'");
            endpoint.take();
            j.waitForMessage("answered 200 in", build);
            build.getExecutor().interrupt();
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));

            Set<String> told = new HashSet<>();
            for (int i = 0; i < 2; i++) {
                JsonNode body = endpoint.take();
                told.add(body.get("event").asText() + " " + body.path("outcome").asText());
            }
            assertThat(told).containsExactlyInAnyOrder("before_release_cancelled ", "release_ended aborted");
        });
    }

    @Test
    void shouldTellNothingOfABuildWithoutARelease() throws Throwable {
        sessions.then(j -> {
            Gate.configure(webhook("release-gate", endpoint, event("Instance created"), event("releaseEnded")));
            WorkflowRun build = start(j, "mdoqReleaseHook 'Instance created'");
            j.assertBuildStatusSuccess(j.waitForCompletion(build));
            assertThat(endpoint.take().get("event").asText()).isEqualTo("Instance created");
        });
        sessions.then(j -> assertThat(endpoint.waiting()).isZero());
    }

    @Test
    @DisplayName("An endpoint written for MDOQ, which listens to the two events of a release, is sent nothing else")
    void shouldTellNobodyWhoDoesNotListen() throws Throwable {
        sessions.then(j -> {
            Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
            WorkflowRun build = start(j, "mdoqReleaseHook 'beforeRelease'");
            endpoint.take();
            j.waitForMessage("answered 200 in", build);
            build.getExecutor().interrupt();
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
        });
        sessions.then(j -> {
            assertThat(endpoint.waiting()).isZero();
            assertThat(BuildHistory.of(build(j)).read().notices()).isEmpty();
        });
    }

    @Test
    void shouldGoOnTellingAfterARestart() throws Throwable {
        CountDownLatch never = new CountDownLatch(1);
        JsonNode[] before = new JsonNode[1];
        endpoint.behave(body -> {
            if (body.get("event").asText().equals("release_ended")) {
                never.await();
            }
            return "{}";
        });
        sessions.then(j -> {
            configure();
            j.assertBuildStatusSuccess(j.waitForCompletion(start(j, "mdoqReleaseHook 'beforeRelease'")));
            before[0] = ended();
        });
        endpoint.behave(body -> "{}");
        sessions.then(j -> {
            JsonNode again = ended();
            assertThat(again.get("delivery")).isEqualTo(before[0].get("delivery"));
            EventHistory notice = settled(build(j)).notices().get(0);
            assertThat(notice.entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.answer()).isNotNull());
        });
        never.countDown();
    }

    @Test
    void shouldTellOfABuildThatWentOnThroughARestart() throws Throwable {
        sessions.then(j -> {
            configure();
            WorkflowRun build = start(j, "mdoqReleaseHook 'beforeRelease'\nsleep 10\nerror 'no disk'");
            j.waitForMessage("Sleeping for", build);
        });
        sessions.then(j -> {
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(build(j)));
            assertThat(ended().get("outcome").asText()).isEqualTo("failed");
            assertThat(settled(build(j)).notices()).hasSize(1);
        });
    }

    /** A build that was killed is not resumed; what it left is looked at when Jenkins has started. */
    @Test
    void shouldTellOfABuildThatWasKilledWhenJenkinsHasStarted() throws Throwable {
        sessions.then(j -> {
            configure();
            // No thread of the engine is free when the build ends, so that nothing of its end is told.
            WorkflowRun build = start(j, "mdoqReleaseHook 'beforeRelease'\nsleep 600");
            j.waitForMessage("Sleeping for", build);
            endpoint.take();
            CountDownLatch taken = new CountDownLatch(ReleaseHookService.THREADS);
            for (int i = 0; i < ReleaseHookService.THREADS; i++) {
                ReleaseHookService.get().executor().execute(() -> {
                    taken.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            taken.await();
            build.doKill();
            j.waitForCompletion(build);
            assertThat(BuildHistory.of(build).read().notices()).isEmpty();
        });
        sessions.then(j -> {
            JsonNode told = ended();
            assertThat(told.get("outcome").asText()).isEqualTo("aborted");
            assertThat(settled(build(j)).notices()).hasSize(1);
        });
    }
}

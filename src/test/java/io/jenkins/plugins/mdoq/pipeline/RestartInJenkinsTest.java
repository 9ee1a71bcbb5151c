package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.config.EventConfiguration;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class RestartInJenkinsTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private Endpoint endpoint;
    private JsonNode body;

    @BeforeEach
    void listen() throws Exception {
        endpoint = Endpoint.answering("{}");
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private WorkflowRun start(JenkinsRule j, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun build(JenkinsRule j) {
        return j.jenkins.getItemByFullName("release", WorkflowJob.class).getBuildByNumber(1);
    }

    private void waitForALock(JenkinsRule j) throws Exception {
        waitForALock(j, blocking("beforeRelease"));
    }

    private void waitForALock(JenkinsRule j, EventConfiguration event) throws Exception {
        Gate.configure(webhook("release-gate", endpoint, event));
        WorkflowRun build = start(j, "mdoqReleaseHook 'beforeRelease'\necho 'went on'");
        body = endpoint.take();
        j.waitForMessage("answered 200 in", build);
    }

    @Test
    void shouldGoOnWaitingForALockAfterARestart() throws Throwable {
        sessions.then(this::waitForALock);
        sessions.then(j -> {
            WorkflowRun build = build(j);
            j.waitForMessage("Ready to run", build);
            assertThat(build.isBuilding()).isTrue();
            assertThat(Gate.release(moved(j), "{\"result\":\"success\"}").statusCode())
                    .isEqualTo(200);
            j.assertBuildStatusSuccess(j.waitForCompletion(build));
            j.assertLogContains("went on", build);
            // What has an answer is never sent again.
            assertThat(endpoint.waiting()).isZero();
            build.getExecution()
                    .getCurrentHeads()
                    .forEach(node -> assertThat(PauseAction.isPaused(node)).isFalse());
        });
    }

    /** The controller of a test has another port after each restart. */
    private JsonNode moved(JenkinsRule j) throws Exception {
        ObjectNode moved = body.deepCopy();
        moved.put("release_url", j.getURL() + "mdoq/lock/release");
        return moved;
    }

    private static Instant deadline(JenkinsRule j) throws Exception {
        return entry(j).plan().deadline();
    }

    private static DeliveryHistory entry(JenkinsRule j) throws Exception {
        return BuildHistory.of(build(j))
                .read()
                .events()
                .iterator()
                .next()
                .entries()
                .iterator()
                .next();
    }

    @Test
    void shouldKeepTheLockTimeoutThroughARestart() throws Throwable {
        EventConfiguration event = blocking("beforeRelease");
        event.setLockTimeout("25s");
        event.setOnLockTimeout("ROLLBACK");
        Instant[] deadline = new Instant[1];
        sessions.then(j -> {
            waitForALock(j, event);
            deadline[0] = deadline(j);
        });
        sessions.then(j -> {
            WorkflowRun build = build(j);
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(build));
            j.assertLogContains("lock timeout of 25s: the lock, held since ", build);
            j.assertLogNotContains("went on", build);
            assertThat(deadline(j)).isEqualTo(deadline[0]);
            assertThat(entry(j).expiry().at()).isAfterOrEqualTo(deadline[0]);
            assertThat(entry(j).expiry().kind()).isEqualTo(Fact.Expired.Kind.LOCK_TIMEOUT);
            assertThat(entry(j).outcome()).isEqualTo(Outcome.ROLLBACK);
        });
    }

    @Test
    void shouldKeepTheHeartbeatThroughARestart() throws Throwable {
        EventConfiguration event = blocking("beforeRelease");
        event.setHeartbeat("25s");
        event.setOnLockTimeout("STOP");
        sessions.then(j -> waitForALock(j, event));
        sessions.then(j -> {
            WorkflowRun build = build(j);
            j.waitForMessage("Ready to run", build);
            // Within the time that an endpoint has after a restart at the least.
            ObjectNode note = moved(j).deepCopy();
            note.put("release_url", j.getURL() + "mdoq/lock/log");
            assertThat(Gate.release(note, "{\"message\":\"still at it\"}").statusCode())
                    .isEqualTo(200);
            j.waitForMessage("still at it", build);
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
            j.assertLogContains("heartbeat of 25s: no release of the lock and no progress since ", build);
            assertThat(entry(j).expiry().kind()).isEqualTo(Fact.Expired.Kind.HEARTBEAT);
            assertThat(entry(j).expiry().at())
                    .isAfterOrEqualTo(entry(j).progress().get(0).at().plusSeconds(25));
            assertThat(Gate.release(note, "{\"message\":\"one more\"}").statusCode())
                    .as("late progress")
                    .isEqualTo(410);
        });
    }

    @Test
    void shouldWaitThroughTwoRestarts() throws Throwable {
        sessions.then(this::waitForALock);
        sessions.then(j -> j.waitForMessage("Ready to run", build(j)));
        sessions.then(j -> {
            Gate.release(moved(j), "{\"result\":\"fail\",\"stop_release\":true,\"message\":\"no\"}");
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build(j)));
        });
    }

    @Test
    void shouldResumeToTheVerdictOfAReleaseThatIsOnDisk() throws Throwable {
        Path[] folder = new Path[1];
        sessions.then(j -> {
            waitForALock(j);
            folder[0] = build(j).getRootDir().toPath().resolve("mdoq");
        });
        Journal.in(folder[0])
                .append(List.of(new Fact.Released(
                        Instant.now(),
                        body.get("delivery").asText(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("result", "fail")
                                .put("stop_release", true)
                                .put("message", "while you were away"),
                        "endpoint at 127.0.0.1",
                        List.of(),
                        true)));
        sessions.then(j -> {
            WorkflowRun build = build(j);
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
            j.assertLogContains("lock released by endpoint at 127.0.0.1", build);
            j.assertLogContains("while you were away", build);
        });
    }

    @Test
    void shouldSendAgainUnderTheSameDeliveryWhatHadNoAnswer() throws Throwable {
        CountDownLatch never = new CountDownLatch(1);
        endpoint.behave(request -> {
            never.await();
            return "{}";
        });
        sessions.then(j -> {
            Gate.configure(webhook("release-gate", endpoint, event("beforeRelease")));
            start(j, "mdoqReleaseHook 'beforeRelease'\necho 'went on'");
            body = endpoint.take();
        });
        endpoint.behave(request -> "{}");
        sessions.then(j -> {
            j.assertBuildStatusSuccess(j.waitForCompletion(build(j)));
            assertThat(endpoint.take().get("delivery")).isEqualTo(body.get("delivery"));
        });
        never.countDown();
    }

    @Test
    void shouldStillReleaseWhatWaitsWhenItsWebhookIsGoneAndItsJobMoved() throws Throwable {
        sessions.then(j -> {
            waitForALock(j);
            MdoqGlobalConfiguration.get().setWebhooks(List.of());
            build(j).getParent().renameTo("moved");
        });
        sessions.then(j -> {
            WorkflowRun build =
                    j.jenkins.getItemByFullName("moved", WorkflowJob.class).getBuildByNumber(1);
            j.waitForMessage("Ready to run", build);
            assertThat(Gate.release(moved(j), "{}").statusCode()).isEqualTo(200);
            j.assertBuildStatusSuccess(j.waitForCompletion(build));
        });
    }

    @Test
    void shouldFinishARollbackThatWasRunningWithoutStartingItAgain() throws Throwable {
        sessions.then(j -> {
            endpoint.behave(request -> "{\"result\":\"fail\",\"rollback_release\":true}");
            Gate.configure(webhook("release-gate", endpoint, event("beforeReleaseComplete")));
            WorkflowRun build = start(j, """
                    try {
                        mdoqReleaseHook 'beforeReleaseComplete'
                    } finally {
                        mdoqRollback {
                            echo 'rolling back'
                            sleep 5
                            echo 'rolled back'
                        }
                    }
                    """);
            j.waitForMessage("rolling back", build);
            j.waitForMessage("Sleeping for", build);
        });
        sessions.then(j -> {
            WorkflowRun build = build(j);
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(build));
            assertThat(j.getLog(build).split("rolling back", -1)).hasSize(2);
            j.assertLogContains("rolled back", build);
            assertThat(BuildHistory.of(build)
                            .read()
                            .finished(BuildHistory.ROLLBACK)
                            .status())
                    .isZero();
        });
    }
}

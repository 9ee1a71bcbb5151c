package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Items;
import hudson.tasks.LogRotator;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Future;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What happens to a controller and its jobs in the course of the years, while a build waits for a lock. */
class ControllerLifeInJenkinsTest {

    private static final String SCRIPT = "mdoqReleaseHook 'beforeRelease'\necho 'went on'";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private Endpoint endpoint;
    private JsonNode body;

    @BeforeEach
    void listen() throws IOException {
        endpoint = Endpoint.answering("{}");
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private WorkflowRun waiting(JenkinsRule j) throws Exception {
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
        WorkflowJob job = j.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(SCRIPT, true));
        return waiting(j, job);
    }

    private WorkflowRun waiting(JenkinsRule j, WorkflowJob job) throws Exception {
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        body = endpoint.take();
        j.waitForMessage("answered 200 in", build);
        return build;
    }

    private static WorkflowRun build(JenkinsRule j) {
        return j.jenkins.getItemByFullName("release", WorkflowJob.class).getBuildByNumber(1);
    }

    /** Releases the lock; the controller of a test has another port after each restart. */
    private int release(JenkinsRule j) throws Exception {
        ObjectNode moved = body.deepCopy();
        moved.put("release_url", j.getURL() + "mdoq/lock/release");
        return Gate.release(moved, "{\"result\":\"success\"}").statusCode();
    }

    private void assertGoesOnOnce(JenkinsRule j, WorkflowRun build) throws Exception {
        j.assertBuildStatusSuccess(j.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build).split("went on", -1)).hasSize(2);
        assertThat(endpoint.waiting())
                .as("what has an answer is not sent again")
                .isZero();
    }

    @Test
    void shouldTakeAReleaseWhileJenkinsPreparesToShutDownAndGoOnAfterwards() throws Throwable {
        sessions.then(j -> {
            WorkflowRun build = waiting(j);
            j.jenkins.doQuietDown();
            assertThat(release(j)).isEqualTo(200);
            j.waitForMessage("lock released by", build);
            assertThat(build.isBuilding()).isTrue();
            j.assertLogNotContains("went on", build);
        });
        sessions.then(j -> assertGoesOnOnce(j, build(j)));
    }

    @Test
    void shouldGoOnWhenJenkinsDoesNotShutDownAfterAll() throws Throwable {
        sessions.then(j -> {
            WorkflowRun build = waiting(j);
            j.jenkins.doQuietDown();
            assertThat(release(j)).isEqualTo(200);
            j.waitForMessage("lock released by", build);
            j.jenkins.doCancelQuietDown();
            assertGoesOnOnce(j, build);
        });
    }

    @Test
    void shouldGoOnWaitingWhenTheConfigurationIsReloadedFromDisk() throws Throwable {
        sessions.then(j -> {
            waiting(j);
            j.jenkins.reload();
            WorkflowRun build = build(j);
            assertThat(build.isBuilding()).isTrue();
            assertThat(release(j)).isEqualTo(200);
            assertGoesOnOnce(j, build);
        });
    }

    @Test
    void shouldFollowAJobThatIsRenamedAndMovedAway() throws Throwable {
        sessions.then(j -> {
            WorkflowRun build = waiting(j);
            MockFolder folder = j.createFolder("shop");
            build.getParent().renameTo("other");
            WorkflowJob moved = Items.move(build.getParent(), folder);
            assertThat(moved.getFullName()).isEqualTo("shop/other");
            assertThat(release(j)).isEqualTo(200);
            assertGoesOnOnce(j, moved.getBuildByNumber(1));
        });
    }

    @Test
    void shouldCloseTheLocksOfAJobThatIsDeleted() throws Throwable {
        sessions.then(j -> {
            WorkflowRun build = waiting(j);
            build.getParent().delete();
            assertThat(release(j)).as("a build that is gone").isIn(404, 410);
            assertThat(ReleaseHookService.get().waiting()).isEmpty();
        });
    }

    @Test
    void shouldKeepABuildThatWaitsWhenOldOnesAreDiscarded() throws Throwable {
        sessions.then(j -> {
            WorkflowRun build = waiting(j);
            WorkflowJob job = build.getParent();
            job.setBuildDiscarder(new LogRotator(-1, 1, -1, -1));
            job.setDefinition(new CpsFlowDefinition("echo 'nothing'", true));
            for (int i = 0; i < 3; i++) {
                j.buildAndAssertSuccess(job);
            }
            job.logRotate();
            assertThat(job.getBuildByNumber(2)).as("an old one").isNull();
            assertThat(release(j)).isEqualTo(200);
            // Over, it is an old one itself.
            j.assertBuildStatusSuccess(j.waitForCompletion(build));
        });
    }

    @Test
    void shouldKnowNoLockOfABuildThatWasDeleted() throws Throwable {
        sessions.then(j -> {
            WorkflowRun build = waiting(j);
            assertThat(release(j)).isEqualTo(200);
            j.waitForCompletion(build);
            assertThat(release(j)).as("the same release again").isEqualTo(200);
            Path history = BuildHistory.of(build).file();
            build.delete();
            assertThat(history).doesNotExist();
            assertThat(release(j)).isEqualTo(404);
        });
    }

    @Test
    void shouldGiveAReplayDeliveriesOfItsOwn() throws Throwable {
        sessions.then(j -> {
            WorkflowRun build = waiting(j);
            assertThat(release(j)).isEqualTo(200);
            j.assertBuildStatusSuccess(j.waitForCompletion(build));
            String first = body.get("delivery").asText();
            String before = Files.readString(BuildHistory.of(build).file());
            Future<?> replay = build.getAction(ReplayAction.class)
                    .run2(SCRIPT, Map.of())
                    .getFuture()
                    .getStartCondition();
            WorkflowRun again = (WorkflowRun) replay.get();
            body = endpoint.take();
            assertThat(body.get("delivery").asText()).isNotEqualTo(first);
            assertThat(body.at("/source/build").asInt()).isEqualTo(2);
            j.waitForMessage("answered 200 in", again);
            assertThat(release(j)).isEqualTo(200);
            assertGoesOnOnce(j, again);
            assertThat(BuildHistory.of(build).file()).hasContent(before);
        });
    }

    @Test
    void shouldFireInABuildThatIsRestartedFromAStageWhatItComesTo() throws Throwable {
        sessions.then(j -> {
            Gate.configure(webhook("release-gate", endpoint, event("beforeRelease"), event("beforeReleaseComplete")));
            WorkflowJob job = j.createProject(WorkflowJob.class, "release");
            job.setDefinition(new CpsFlowDefinition("""
                    pipeline {
                        agent none
                        stages {
                            stage('Gate') { steps { mdoqReleaseHook 'beforeRelease' } }
                            stage('Release') { steps { mdoqReleaseHook 'beforeReleaseComplete' } }
                        }
                    }
                    """, true));
            WorkflowRun build = j.buildAndAssertSuccess(job);
            assertThat(endpoint.take().get("event").asText()).isEqualTo("before_release");
            assertThat(endpoint.take().get("event").asText()).isEqualTo("before_release_complete");
            build.getAction(RestartDeclarativePipelineAction.class).run("Release");
            assertThat(endpoint.take().get("event").asText()).isEqualTo("before_release_complete");
            WorkflowRun again = job.getBuildByNumber(2);
            j.assertBuildStatusSuccess(j.waitForCompletion(again));
            assertThat(BuildHistory.of(again).read().decisions())
                    .extracting(EventHistory::key)
                    .hasSize(1);
            assertThat(endpoint.waiting()).isZero();
        });
    }

    @Test
    void shouldAskAgainUnderTheSameIdWhenTheHistoryIsOneOfABackup() throws Throwable {
        Path[] file = new Path[1];
        String[] backup = new String[1];
        endpoint.behave(asked -> {
            backup[0] = Files.readString(file[0]);
            return "{}";
        });
        sessions.then(j -> {
            Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
            WorkflowJob job = j.createProject(WorkflowJob.class, "release");
            file[0] = job.getBuildDir().toPath().resolve("1").resolve("mdoq").resolve("webhook-history.jsonl");
            job.setDefinition(new CpsFlowDefinition(SCRIPT, true));
            waiting(j, job);
        });
        Files.writeString(file[0], backup[0]);
        sessions.then(j -> {
            WorkflowRun build = build(j);
            JsonNode again = endpoint.take();
            assertThat(again.get("delivery")).isEqualTo(body.get("delivery"));
            assertThat(again.get("lock")).isEqualTo(body.get("lock"));
            assertThat(release(j)).isEqualTo(200);
            assertGoesOnOnce(j, build);
        });
    }
}

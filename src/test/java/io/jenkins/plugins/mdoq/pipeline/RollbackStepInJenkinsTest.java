package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RollbackStepInJenkinsTest {

    private static final String ROLLBACK =
            "{\"result\":\"fail\",\"rollback_release\":true,\"message\":\"checkout is broken\"}";

    private static JenkinsRule j;

    private Endpoint endpoint;

    @BeforeAll
    static void controller(JenkinsRule rule) {
        j = rule;
    }

    /** Lets every release begin and asks for each to be undone in the end. */
    @BeforeEach
    void listen() throws Exception {
        endpoint = Endpoint.behaving(
                body -> body.get("event").asText().equals("before_release_complete") ? ROLLBACK : "{}");
        Gate.configure(webhook(
                "release-gate",
                endpoint,
                event("beforeRelease"),
                event("beforeReleaseComplete"),
                event("releaseEnded")));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private static WorkflowRun run(String script, Result result) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return j.buildAndAssertStatus(result, job);
    }

    private static List<String> stages(WorkflowRun build) {
        return new DepthFirstScanner()
                .allNodes(build.getExecution()).stream()
                        .map(node -> node.getAction(LabelAction.class))
                        .filter(label -> label != null)
                        .map(LabelAction::getDisplayName)
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scripted.Jenkinsfile", "declarative.Jenkinsfile"})
    void shouldRollBackAsTheExamplesOfTheDocumentationDo(String example) throws Exception {
        WorkflowRun build = run(Files.readString(Path.of("docs/examples", example)), Result.FAILURE);

        j.assertLogContains("deploying 1.4.2", build);
        j.assertLogContains("deploying 1.4.1", build);
        j.assertLogContains(
                "A rollback of the release was asked for by the MDOQ webhook release-gate: checkout is broken", build);
        assertThat(stages(build)).contains("Rollback release");
        endpoint.take();
        endpoint.take();
        JsonNode told = endpoint.take();
        assertThat(told.get("event").asText()).isEqualTo("release_ended");
        assertThat(told.get("outcome").asText()).isEqualTo("rolled_back");
        assertThat(told.get("reason").asText()).contains("decided by release-gate: checkout is broken");
        assertThat(BuildHistory.of(build).read().finished(BuildHistory.ROLLBACK).status())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scripted.Jenkinsfile", "declarative.Jenkinsfile"})
    void shouldPassByWhenTheReleaseSucceeds(String example) throws Exception {
        endpoint.behave(body -> "{}");

        WorkflowRun build = run(Files.readString(Path.of("docs/examples", example)), Result.SUCCESS);

        j.assertLogNotContains("deploying 1.4.1", build);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scripted.Jenkinsfile", "declarative.Jenkinsfile"})
    void shouldUndoNothingWhenTheReleaseIsStopped(String example) throws Exception {
        endpoint.behave(body -> "{\"result\":\"fail\",\"stop_release\":true}");

        WorkflowRun build = run(Files.readString(Path.of("docs/examples", example)), Result.ABORTED);

        j.assertLogNotContains("deploying", build);
        j.assertLogContains("no webhook asked for a rollback; nothing to do", build);
    }

    @Test
    void shouldPutTheStopsCauseFirstWhenTheRollbackFails() throws Exception {
        WorkflowRun build = run("""
                try {
                    mdoqReleaseHook 'beforeReleaseComplete'
                } finally {
                    mdoqRollback(name: 'Undo') { error 'disk is full' }
                }
                """, Result.FAILURE);

        assertThat(stages(build)).contains("Undo");
        j.assertLogContains("checkout is broken", build);
        j.assertLogContains("disk is full", build);
        assertThat(build.getExecution().getCauseOfFailure().getSuppressed())
                .anySatisfy(suppressed -> assertThat(suppressed).hasMessageContaining("disk is full"));
        endpoint.take();
        JsonNode told = endpoint.take();
        assertThat(told.get("outcome").asText()).isEqualTo("rollback_failed");
        assertThat(told.get("reason").asText()).startsWith("the rollback failed: disk is full; before that: ");
        History history = BuildHistory.of(build).read();
        assertThat(history.finished(BuildHistory.ROLLBACK).status()).isEqualTo(1);
    }

    @Test
    void shouldRollBackOnce() throws Exception {
        WorkflowRun build = run("""
                mdoqReleaseHook event: 'beforeReleaseComplete', propagate: false
                mdoqRollback { echo 'the first time' }
                mdoqRollback { echo 'the second time' }
                """, Result.SUCCESS);

        j.assertLogContains("the first time", build);
        j.assertLogNotContains("the second time", build);
        j.assertLogContains("the rollback was already run in this build", build);
    }

    @Test
    void shouldSayNothingWasAskedWhereNoEventWasFired() throws Exception {
        j.assertLogContains(
                "no webhook asked for a rollback; nothing to do", run("mdoqRollback { echo 'x' }", Result.SUCCESS));
    }

    /** A build has but one rollback: it must not be used up by a step that was aborted before its turn came. */
    @Test
    void shouldNotUseUpTheRollbackOfAStepThatIsAbortedWhileItIsQueued() throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                mdoqReleaseHook event: 'beforeReleaseComplete', propagate: false
                waitUntil(initialRecurrencePeriod: 100) { currentBuild.description == 'go' }
                mdoqRollback { echo 'rolling back' }
                """, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        j.waitForMessage("a rollback is asked for", build);
        Executor executor = ReleaseHookService.get().executor();
        CountDownLatch free = new CountDownLatch(1);
        occupy(executor, free);
        build.setDescription("go");
        j.waitForMessage("[Pipeline] mdoqRollback", build);

        build.getExecutor().interrupt();
        j.waitForCompletion(build);
        free.countDown();
        // All its threads are free again only once what was queued has been done.
        CountDownLatch again = new CountDownLatch(1);
        occupy(executor, again);
        again.countDown();

        j.assertBuildStatus(Result.ABORTED, build);
        j.assertLogNotContains("rolling back", build);
        assertThat(BuildHistory.of(build).read().started(BuildHistory.ROLLBACK)).isNull();
    }

    /** Takes all threads of the engine, and returns once it has them. */
    private static void occupy(Executor executor, CountDownLatch until) throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(ReleaseHookService.THREADS);
        for (int i = 0; i < ReleaseHookService.THREADS; i++) {
            executor.execute(() -> {
                taken.countDown();
                try {
                    until.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        taken.await();
    }
}

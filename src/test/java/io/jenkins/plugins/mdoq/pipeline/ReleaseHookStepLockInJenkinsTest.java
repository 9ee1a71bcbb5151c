package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds that wait for a lock. */
@WithJenkins
class ReleaseHookStepLockInJenkinsTest {

    private static JenkinsRule j;

    private Endpoint endpoint;

    @BeforeAll
    static void controller(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void listen() throws Exception {
        endpoint = Endpoint.answering("{\"result\":\"success\"}");
        Gate.configure(webhook("release-gate", endpoint, event("beforeRelease")));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private static WorkflowJob job(String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static WorkflowRun run(String script, Result result) throws Exception {
        return j.buildAndAssertStatus(result, job(script));
    }

    @Test
    void shouldHoldTheBuildUntilTheLockIsReleasedAndShowProgress() throws Exception {
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
        WorkflowRun build = job("mdoqReleaseHook 'beforeRelease'\necho 'went on'")
                .scheduleBuild2(0)
                .waitForStart();
        JsonNode body = endpoint.take();
        j.waitForMessage("answered 200 in", build);
        assertThat(body.get("lock").asText())
                .startsWith(build.getParent().getFullName() + "#" + build.getNumber() + ":release-gate:");

        assertThat(Gate.log(body, "stock is being imported\n[MDOQ] before_release: the release goes on")
                        .statusCode())
                .isEqualTo(200);
        j.waitForMessage("| stock is being imported", build);
        assertThat(build.isBuilding()).isTrue();
        assertThat(Gate.release(body, "{\"result\":\"success\"}").body())
                .isEqualTo("{\"released\":true,\"result\":\"success\"}");

        j.assertBuildStatusSuccess(j.waitForCompletion(build));
        j.assertLogContains("lock released by endpoint at 127.0.0.1", build);
        j.assertLogContains("| [MDOQ] before_release: the release goes on", build);
        j.assertLogContains("went on", build);
    }

    @Test
    void shouldHonourARelaseThatComesBeforeTheAnswer() throws Exception {
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
        endpoint.behave(body -> {
            Gate.release(body, "{\"result\":\"fail\",\"stop_release\":true,\"message\":\"early\"}");
            return "{}";
        });

        WorkflowRun build = run("mdoqReleaseHook 'beforeRelease'", Result.ABORTED);

        j.assertLogContains("early", build);
    }

    @Test
    void shouldCloseTheLockAndTellTheEndpointWhenTheBuildIsAborted() throws Exception {
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease"), event("beforeReleaseCancelled")));
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        build.run().getExecutor().interrupt();
        build.end(j, Result.ABORTED);

        JsonNode told = endpoint.take();
        assertThat(told.get("event").asText()).isEqualTo("before_release_cancelled");
        assertThat(told.has("lock")).isFalse();
        assertThat(told.at("/about/lock")).isEqualTo(build.body().get("lock"));
        assertThat(told.at("/about/delivery")).isEqualTo(build.body().get("delivery"));
        assertThat(Gate.release(build.body(), "{}").statusCode()).isEqualTo(410);
    }

    @Test
    void shouldEndWithATimeoutAroundIt() throws Exception {
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease"), event("beforeReleaseCancelled")));

        WorkflowRun build =
                run("timeout(time: 2, unit: 'SECONDS') { mdoqReleaseHook 'beforeRelease' }", Result.ABORTED);

        endpoint.take();
        assertThat(endpoint.take().get("event").asText()).isEqualTo("before_release_cancelled");
        assertThat(build.getResult()).isEqualTo(Result.ABORTED);
    }

    @Test
    void shouldKeepParallelBranchesApart() throws Exception {
        Gate.configure(
                webhook("a", endpoint, blocking("beforeRelease")), webhook("b", endpoint, event("beforeRelease")));
        WorkflowRun build = job("""
                        parallel one: { mdoqReleaseHook event: 'beforeRelease', webhooks: ['a'] },
                                 two: { mdoqReleaseHook event: 'beforeRelease', webhooks: ['b']; echo 'two is done' }
                        """).scheduleBuild2(0).waitForStart();
        JsonNode first = endpoint.take();
        JsonNode second = endpoint.take();
        j.waitForMessage("two is done", build);

        Gate.release(first.has("lock") ? first : second, "{}");

        j.assertBuildStatusSuccess(j.waitForCompletion(build));
    }

    @Test
    void shouldWarnThatAWaitInsideANodeHoldsAnExecutor() throws Exception {
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
        endpoint.behave(body -> {
            Gate.release(body, "{}");
            return "{}";
        });

        j.assertLogContains(
                "this wait holds an executor", run("node { mdoqReleaseHook 'beforeRelease' }", Result.SUCCESS));
        j.assertLogNotContains("this wait holds an executor", run("mdoqReleaseHook 'beforeRelease'", Result.SUCCESS));
    }

    @Test
    void shouldReleaseTheLockOfAWebhookThatIsGoneAndOfAJobThatMoved() throws Exception {
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        MdoqGlobalConfiguration.get().setWebhooks(List.of());
        WorkflowJob job = build.run().getParent();
        job.renameTo(job.getName() + "-renamed");

        assertThat(Gate.release(build.body(), "{}").statusCode()).isEqualTo(200);
        build.end(j, Result.SUCCESS);
    }

    @Test
    void shouldNotBeDisturbedByAReloadOfConfigurationAsCode() throws Exception {
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream("""
                        unclassified:
                          mdoqReleaseHook:
                            webhooks:
                              - name: other
                                url: http://127.0.0.1:1/
                                secrets: [{credentialsId: mdoq-secret}]
                                events: [{event: beforeRelease}]
                        """.getBytes(StandardCharsets.UTF_8))));

        assertThat(build.run().isBuilding()).isTrue();
        assertThat(Gate.release(build.body(), "{}").statusCode()).isEqualTo(200);
        build.end(j, Result.SUCCESS);
    }

    @Test
    void shouldLeaveNothingBehindWhenTheBuildIsDeletedWhileItWaits() throws Exception {
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        build.run().getParent().delete();

        assertThat(Gate.release(build.body(), "{}").statusCode()).isEqualTo(404);
        assertThat(BuildHistory.of(build.run()).exists()).isFalse();
    }
}

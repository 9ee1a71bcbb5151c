package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.DeliveryState;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/**
 * A controller that was killed with the plugin of commit d08db36, and started with this one. What it left is kept as test
 * data: a build that waits for its lock, one in the body of its rollback, and one that is over.
 */
@WithJenkins
class UpgradeInJenkinsTest {

    private Endpoint endpoint;

    @BeforeEach
    void listen() throws Exception {
        endpoint = Endpoint.answering("{\"result\":\"success\"}");
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private void configure() throws Exception {
        Gate.configure(webhook("gate", endpoint, blocking("beforeRelease"), event("beforeReleaseComplete")));
    }

    private static WorkflowRun build(JenkinsRule j, String job) {
        return j.jenkins.getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
    }

    private static EventHistory only(History history) {
        List<EventHistory> events = history.decisions();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    @LocalData("d08db36")
    void shouldGoOnWithABuildThatWaitedUnderTheVersionBefore(JenkinsRule j) throws Exception {
        configure();
        WorkflowRun build = build(j, "waiting");
        j.waitForMessage("Ready to run", build);
        DeliveryHistory entry =
                only(BuildHistory.of(build).read()).entries().iterator().next();
        assertThat(entry.state()).isEqualTo(DeliveryState.WAITING);
        ObjectNode body = new ObjectMapper().createObjectNode();
        body.put("lock", entry.plan().lock());
        body.put("release_url", j.getURL() + "mdoq/lock/release");

        assertThat(Gate.release(body, "{\"result\":\"success\"}").statusCode()).isEqualTo(200);

        j.assertBuildStatusSuccess(j.waitForCompletion(build));
        assertThat(JenkinsRule.getLog(build).split("went on", -1)).hasSize(2);
        JsonNode next = endpoint.take();
        assertThat(next.get("event").asText())
                .as("what was answered is not sent again")
                .isEqualTo("before_release_complete");
        assertThat(endpoint.waiting()).isZero();
    }

    @Test
    @LocalData("d08db36")
    void shouldFinishARollbackThatTheVersionBeforeBegan(JenkinsRule j) throws Exception {
        configure();
        WorkflowRun build = build(j, "rollback");
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(build));
        String log = JenkinsRule.getLog(build);
        assertThat(log.split("undoing", -1)).hasSize(2);
        assertThat(log.split("undone", -1)).hasSize(2);
        History history = BuildHistory.of(build).read();
        assertThat(history.finished(BuildHistory.ROLLBACK).status()).isZero();
        assertThat(only(history).settled().outcome()).isEqualTo(Outcome.ROLLBACK);
    }

    @Test
    @LocalData("d08db36")
    void shouldReadAHistoryOfTheVersionBefore(JenkinsRule j) throws Exception {
        WorkflowRun build = build(j, "finished");
        History history = BuildHistory.of(build).read();
        assertThat(history.damage()).isEmpty();
        assertThat(only(history).settled().outcome()).isEqualTo(Outcome.SUCCESS);
        try (JenkinsRule.WebClient browser = j.createWebClient()) {
            assertThat(browser.getPage(build, "mdoq").getWebResponse().getContentAsString())
                    .contains("before_release_complete")
                    .contains("This history is whole");
        }
    }
}

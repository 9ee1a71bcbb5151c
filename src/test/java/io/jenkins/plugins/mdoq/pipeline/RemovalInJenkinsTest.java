package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.SecretReference;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.hook.ReleaseEnd;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The plugin is removed while a build waits, and is installed again later, as the page on administration describes it. */
class RemovalInJenkinsTest {

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension();

    @Test
    void shouldFindEverythingAgainWhenItWasRemovedAndInstalledAgain() throws Throwable {
        try (Endpoint endpoint = Endpoint.answering("{}")) {
            String url = endpoint.url();
            controller.startJenkins();
            controller.run(j -> finishOneBuild(j, url));
            endpoint.take();
            controller.run(RemovalInJenkinsTest::leaveABuildWaiting);
            JsonNode asked = endpoint.take();
            controller.run(j -> j.waitForMessage("answered 200", build(j, "waiting")));
            controller.stopJenkins();
            Path home = controller.getHome().toPath();
            Path plugin = home.resolve("plugins/mdoq-release-hook.jpl");
            Path aside = home.resolve("removed.jpl");
            Files.move(plugin, aside);

            controller.startJenkins();
            controller.run(RemovalInJenkinsTest::liveWithoutIt);
            controller.stopJenkins();

            Files.move(aside, plugin);
            controller.startJenkins();
            controller.run(RemovalInJenkinsTest::findEverythingAgain);
            Map<String, JsonNode> told = new HashMap<>();
            for (JsonNode body : List.of(endpoint.take(), endpoint.take())) {
                told.put(body.get("event").asText(), body);
            }
            assertThat(told).containsOnlyKeys("before_release_cancelled", "release_ended");
            assertThat(told.get("before_release_cancelled").at("/about/lock")).isEqualTo(asked.get("lock"));
        }
    }

    private static void finishOneBuild(JenkinsRule j, String url) throws Exception {
        SecretTexts.put("mdoq-secret", Gate.SECRET);
        WebhookConfiguration webhook = new WebhookConfiguration("gate", url);
        webhook.setSecrets(List.of(new SecretReference("mdoq-secret")));
        webhook.setEvents(List.of(
                blocking("beforeRelease"),
                event("Instance created"),
                event("before_release_cancelled"),
                event("release_ended")));
        MdoqGlobalConfiguration.get().setWebhooks(List.of(webhook));
        WorkflowJob job = j.createProject(WorkflowJob.class, "finished");
        job.setDefinition(new CpsFlowDefinition("mdoqReleaseHook 'Instance created'", true));
        j.buildAndAssertSuccess(job);
    }

    private static void leaveABuildWaiting(JenkinsRule j) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "waiting");
        job.setDefinition(new CpsFlowDefinition("mdoqReleaseHook 'beforeRelease'", true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun build(JenkinsRule j, String job) {
        return j.jenkins.getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
    }

    private static void liveWithoutIt(JenkinsRule j) throws Exception {
        assertThat(Jenkins.get().getPluginManager().getPlugin("mdoq-release-hook"))
                .isNull();
        WorkflowRun waiting = build(j, "waiting");
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(waiting));
        j.assertBuildStatusSuccess(build(j, "finished"));
        // Whatever an administrator saves meanwhile takes nothing with it.
        Jenkins.get().save();
        for (WorkflowJob job : j.jenkins.allItems(WorkflowJob.class)) {
            job.save();
        }
    }

    private static void findEverythingAgain(JenkinsRule j) throws Exception {
        assertThat(MdoqGlobalConfiguration.get().getWebhooks())
                .singleElement()
                .satisfies(webhook -> assertThat(webhook.getEvents()).hasSize(4));
        History finished = BuildHistory.of(build(j, "finished")).read();
        assertThat(finished.damage()).isEmpty();
        assertThat(finished.decisions()).singleElement().satisfies(RemovalInJenkinsTest::succeeded);
        // What is undecided is given up at the second look, a minute after the first.
        for (int tries = 0; tries < 1200; tries++) {
            if (ReleaseEnd.wasSaid(BuildHistory.of(build(j, "waiting")).read())) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(BuildHistory.of(build(j, "waiting")).read().decisions())
                .singleElement()
                .satisfies(event -> assertThat(event.settled().outcome()).isEqualTo(Outcome.CANCELLED));
    }

    private static void succeeded(EventHistory event) {
        assertThat(event.settled().outcome()).isEqualTo(Outcome.SUCCESS);
    }
}

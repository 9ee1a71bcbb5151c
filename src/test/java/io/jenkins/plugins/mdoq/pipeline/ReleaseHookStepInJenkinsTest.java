package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.PasswordParameterValue;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.mdoq.config.EventConfiguration;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.SecretReference;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
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
class ReleaseHookStepInJenkinsTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"beforeRelease", "before_release", "Before Release"})
    void shouldFireTheEventInEverySpellingAndGoOnOnSuccess(String spelling) throws Exception {
        WorkflowRun build = run("mdoqReleaseHook '" + spelling + "'\necho 'released'", Result.SUCCESS);

        JsonNode body = endpoint.take();
        assertThat(body.get("event").asText()).isEqualTo("before_release");
        assertThat(body.get("secret").asText()).isEqualTo(Gate.SECRET);
        assertThat(body.get("parent_log").asInt()).isEqualTo(build.getNumber());
        assertThat(body.has("lock")).isFalse();
        j.assertLogContains("[MDOQ] before_release: asking 1 webhook", build);
        j.assertLogContains("answered 200 in", build);
        j.assertLogContains("WEBHOOK", build);
        j.assertLogContains("released", build);
    }

    @Test
    void shouldDescribeTheBuildAndLayTheStepsMapsOverIt() throws Exception {
        WorkflowJob job = job("mdoqReleaseHook event: 'beforeRelease', instance: [shop: 'Bücher “ß” 日本', job: 'mine',"
                + " n: 1.5, list: [1, true, null, [a: \"${'g' + 1}\"]]], data: [ticket: 'SHOP-17']");
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("TARGET", ""), new PasswordParameterDefinition("TOKEN", "", "")));
        QueueTaskFuture<WorkflowRun> build = job.scheduleBuild2(
                0,
                new ParametersAction(
                        new StringParameterValue("TARGET", "shop"),
                        new PasswordParameterValue("TOKEN", "hunter2", "")));
        j.assertBuildStatusSuccess(build);

        JsonNode body = endpoint.take();
        JsonNode instance = body.get("instance");
        assertThat(instance.get("shop").asText()).isEqualTo("Bücher “ß” 日本");
        assertThat(instance.get("job").asText()).isEqualTo("mine");
        assertThat(instance.get("build_number").asInt()).isEqualTo(1);
        assertThat(instance.get("build_url").asText()).startsWith(j.getURL().toString());
        assertThat(instance.get("parameters").toString()).isEqualTo("{\"TARGET\":\"shop\"}");
        assertThat(instance.get("list").toString()).isEqualTo("[1,true,null,{\"a\":\"g1\"}]");
        assertThat(body.get("ticket").asText()).isEqualTo("SHOP-17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "schl\u00fcssel"})
    void shouldFailTheBuildIfACredentialHoldsNoSecretAndSayWhich(String text) throws Exception {
        SecretTexts.put("unfit", text);
        WebhookConfiguration webhook = webhook("release-gate", endpoint, event("beforeRelease"));
        webhook.setSecrets(List.of(new SecretReference("unfit")));
        MdoqGlobalConfiguration.get().setWebhooks(List.of(webhook));

        WorkflowRun build = run("mdoqReleaseHook 'beforeRelease'", Result.FAILURE);

        assertThat(endpoint.waiting()).isZero();
        j.assertLogContains("the webhook has no secret: the credential unfit is gone or cannot be used", build);
        j.assertLogNotContains("\tat ", build);
    }

    @Test
    void shouldSayInOneLineThatTheConfigurationCannotBeRead() throws Exception {
        Path file = j.jenkins
                .getRootDir()
                .toPath()
                .resolve(MdoqGlobalConfiguration.get().getId() + ".xml");
        Files.writeString(file, Files.readString(file).replace("</webhooks>", ""));
        MdoqGlobalConfiguration.get().load();

        WorkflowRun build = run("mdoqReleaseHook 'beforeRelease'", Result.FAILURE);

        j.assertLogContains("MDOQ: the configuration of the MDOQ webhooks could not be read, so that no event", build);
        j.assertLogNotContains("\tat ", build);
        j.assertLogNotContains(file.getFileName().toString(), build);
        j.assertLogNotContains("Trusted proxies", build);
    }

    @Test
    void shouldAbortTheBuildOnAStopAndNameWebhookAndReason() throws Exception {
        endpoint.behave(body -> "{\"result\":\"fail\",\"stop_release\":true,\"message\":\"stock import is running\"}");

        WorkflowRun build = run("mdoqReleaseHook 'beforeRelease'\necho 'went on'", Result.ABORTED);

        j.assertLogNotContains("went on", build);
        j.assertLogContains("The release was stopped by the MDOQ webhook release-gate: stock import is running", build);
    }

    @Test
    void shouldFailInsteadIfAStopIsToBeAFailure() throws Exception {
        endpoint.behave(body -> "{\"result\":\"fail\",\"stop_release\":true}");

        run("mdoqReleaseHook event: 'beforeRelease', stopResult: 'FAILURE'", Result.FAILURE);
    }

    @Test
    void shouldNotRepeatACancelledRelease() throws Exception {
        endpoint.behave(body -> "{\"result\":\"fail\",\"stop_release\":true}");

        run("retry(3) { mdoqReleaseHook 'beforeRelease' }", Result.ABORTED);

        endpoint.take();
        assertThat(endpoint.waiting()).isZero();
    }

    @Test
    void shouldLetRetryRepeatADeliveryError() throws Exception {
        endpoint.behave(body -> {
            if (endpoint.waiting() == 1) {
                throw new IllegalStateException("the first time");
            }
            return "{}";
        });

        run("retry(2) { mdoqReleaseHook 'beforeRelease' }", Result.SUCCESS);
    }

    @Test
    void shouldFollowTheEventsSettingOnABareFail() throws Exception {
        endpoint.behave(body -> "{\"result\":\"fail\",\"message\":\"smoke test is red\"}");
        EventConfiguration event = event("beforeRelease");
        Gate.configure(webhook("release-gate", endpoint, event));
        j.assertLogContains("a fail, but the release goes on", run("mdoqReleaseHook 'beforeRelease'", Result.SUCCESS));

        event.setOnFail("UNSTABLE");
        Gate.configure(webhook("release-gate", endpoint, event));
        run("mdoqReleaseHook 'beforeRelease'\necho 'went on'", Result.UNSTABLE);

        event.setOnFail("FAIL");
        Gate.configure(webhook("release-gate", endpoint, event));
        j.assertLogContains("smoke test is red", run("mdoqReleaseHook 'beforeRelease'", Result.FAILURE));
    }

    @Test
    void shouldFailOnADeliveryErrorUnlessTheEventSaysOtherwise() throws Exception {
        endpoint.behave(body -> "<html>Fatal error: mdoq-is-awesome</html>");
        EventConfiguration event = event("beforeRelease");
        Gate.configure(webhook("release-gate", endpoint, event));
        WorkflowRun failed = run("mdoqReleaseHook 'beforeRelease'", Result.FAILURE);
        j.assertLogContains("the answer is not exactly one JSON object", failed);
        j.assertLogContains("| <html>Fatal error: ****</html>", failed);
        j.assertLogNotContains(Gate.SECRET, failed);

        event.setOnDeliveryError("CONTINUE");
        Gate.configure(webhook("release-gate", endpoint, event));
        run("mdoqReleaseHook 'beforeRelease'\necho 'went on'", Result.SUCCESS);
    }

    @Test
    void shouldReturnTheOutcomeToASandboxedScript() throws Exception {
        endpoint.behave(body ->
                "{\"result\":\"fail\",\"rollback_release\":\"1\",\"message\":\"no\",\"checks\":[{\"name\":\"a\"}]}");

        WorkflowRun build = run("""
                def o = mdoqReleaseHook event: 'beforeRelease', propagate: false
                echo "${o.result} ${o.stopRelease} ${o.rollbackRelease} ${o.action} ${o.message} ${o.webhook}"
                echo "${o.webhooks.size()} ${o.webhooks[0].name} ${o.webhooks[0].status} ${o.webhooks[0].attempts}"
                echo "data: ${o.webhooks[0].data.checks[0].name}"
                """, Result.SUCCESS);

        j.assertLogContains("fail false true rollback no release-gate", build);
        j.assertLogContains("1 release-gate 200 1", build);
        j.assertLogContains("data: a", build);
    }

    @Test
    void shouldGoOnIfNoWebhookListensUnlessSetToFail() throws Exception {
        j.assertLogContains(
                "nightly: no webhook listens", run("mdoqReleaseHook 'nightly'\necho 'went on'", Result.SUCCESS));
        j.assertLogContains(
                "No MDOQ webhook listens to nightly that decides and is for the job ",
                run("mdoqReleaseHook event: 'nightly', failIfNoWebhook: true", Result.FAILURE));
    }

    @Test
    void shouldRefuseBadInputWithOneClearLine() throws Exception {
        j.assertLogContains("an event needs a name", run("mdoqReleaseHook ''", Result.FAILURE));
        j.assertLogContains(
                "stopResult is 'SUCCESS'; write 'ABORTED' or 'FAILURE'",
                run("mdoqReleaseHook event: 'beforeRelease', stopResult: 'SUCCESS'", Result.FAILURE));
        j.assertLogContains(
                "'secret' in 'data' is a field of the protocol itself",
                run("mdoqReleaseHook event: 'beforeRelease', data: [secret: 'x']", Result.FAILURE));
        j.assertLogContains(
                "'instance.when' is a java.util.Date, which JSON has no form for",
                run("mdoqReleaseHook event: 'beforeRelease', instance: [when: new Date()]", Result.FAILURE));
        j.assertLogContains(
                "is nested over 100 levels deep, or contains itself",
                run(
                        "def m = [:]; for (int i = 0; i < 120; i++) { m = [m: m] }\n"
                                + "mdoqReleaseHook event: 'beforeRelease', instance: m",
                        Result.FAILURE));
        j.assertLogContains(
                "at most 1048576 are sent",
                run("mdoqReleaseHook event: 'beforeRelease', instance: [x: 'x' * 1048576]", Result.FAILURE));
        assertThat(endpoint.waiting()).isZero();
    }

    @Test
    void shouldFailIfTheCredentialIsGone() throws Exception {
        SecretTexts.remove("mdoq-secret");

        WorkflowRun build = run("mdoqReleaseHook 'beforeRelease'", Result.FAILURE);

        j.assertLogContains("the credential mdoq-secret is gone or cannot be used", build);
        assertThat(endpoint.waiting()).isZero();
    }

    @Test
    void shouldTakeTheMostSevereOutcomeOfSeveralWebhooks() throws Exception {
        try (Endpoint other = Endpoint.answering("{\"result\":\"fail\",\"rollback_release\":true}")) {
            endpoint.behave(body -> "{\"result\":\"fail\",\"stop_release\":true}");
            Gate.configure(
                    webhook("stop", endpoint, event("beforeRelease")),
                    webhook("rollback", other, event("beforeRelease")),
                    webhook("waits", other, blocking("nothing")));

            j.assertLogContains(
                    "a rollback is asked for, decided by rollback",
                    run("mdoqReleaseHook 'beforeRelease'", Result.FAILURE));
        }
    }
}

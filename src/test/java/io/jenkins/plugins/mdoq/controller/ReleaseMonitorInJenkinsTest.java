package io.jenkins.plugins.mdoq.controller;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.JenkinsLocationConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ReleaseMonitorInJenkinsTest {

    private Endpoint endpoint;
    private JenkinsRule j;
    private ReleaseMonitor monitor;

    @BeforeEach
    void listen(JenkinsRule rule) throws Exception {
        j = rule;
        endpoint = Endpoint.answering("{}");
        Gate.configure(webhook("gate", endpoint, blocking("deployed"), event("beforeRelease")));
        monitor = ExtensionList.lookupSingleton(ReleaseMonitor.class);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private Iterable<String> problems() {
        monitor.look();
        assertThat(monitor.isActivated()).isEqualTo(!monitor.getProblems().isEmpty());
        return monitor.getProblems();
    }

    @Test
    void shouldNameCredentialsThatAreGoneOrUnfitUntilTheyAreThere() throws Exception {
        assertThat(problems()).isEmpty();
        SecretTexts.put("mdoq-secret", "two words");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("Webhook 'gate': credential 'mdoq-secret': character 4")
                .doesNotContain("two words");
        SecretTexts.remove("mdoq-secret");
        assertThat(problems()).singleElement().asString().contains("there is no credential 'mdoq-secret'");
        assertThat(j.createWebClient().goTo("manage").asNormalizedText())
                .contains("there is no credential 'mdoq-secret'", "Dismiss");

        WebhookConfiguration chat = new WebhookConfiguration("chat", "");
        chat.setUrlCredentialsId("chat-url");
        chat.setFormat("SLACK");
        Gate.configure(chat);
        assertThat(problems()).singleElement().asString().contains("Webhook 'chat': there is no credential 'chat-url'");
    }

    @Test
    void shouldNameTheUrlOfJenkinsThatIsMissing() {
        JenkinsLocationConfiguration.get().setUrl(null);

        assertThat(problems()).singleElement().asString().contains("the URL of Jenkins is not set");
    }

    @Test
    void shouldNameADamagedConfiguration() throws Exception {
        Path file = j.jenkins
                .getRootDir()
                .toPath()
                .resolve(MdoqGlobalConfiguration.get().getId() + ".xml");
        Files.writeString(file, "<no/>");
        MdoqGlobalConfiguration.get().load();

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("could not be read")
                .doesNotContain(file.toString());
    }

    @Test
    void shouldNameAWebhookThatFailsUntilItAnswers() throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("mdoqReleaseHook 'beforeRelease'", true));
        endpoint.behave(body -> {
            throw new IllegalStateException("out of order");
        });
        for (int i = 0; i < ReleaseMonitor.LEAST_FAILURES; i++) {
            assertThat(problems()).isEmpty();
            j.buildAndAssertStatus(Result.FAILURE, job);
        }
        assertThat(problems())
                .containsExactly("Webhook 'gate': its last 3 requests failed: HTTP status 500 without a result");

        endpoint.behave(body -> "{}");
        j.buildAndAssertStatus(Result.SUCCESS, job);
        assertThat(problems()).isEmpty();
    }
}

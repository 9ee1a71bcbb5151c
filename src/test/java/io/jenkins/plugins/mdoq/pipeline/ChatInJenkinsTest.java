package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.config.WebhookDescriptor;
import io.jenkins.plugins.mdoq.config.WebhookFormat;
import io.jenkins.plugins.mdoq.delivery.Notice;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.kit.JsonObjects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Webhooks that only hear what happens, in a real controller. */
@WithJenkins
class ChatInJenkinsTest {

    private static WebhookConfiguration chat(String format, Endpoint endpoint) {
        WebhookConfiguration chat = webhook("chat", endpoint, event("beforeRelease"));
        chat.setSecrets(List.of());
        chat.setFormat(format);
        return chat;
    }

    private static WorkflowRun run(JenkinsRule j) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition(
                "mdoqReleaseHook event: 'beforeRelease', instance: [version: '1.2'], failIfNoWebhook: false", true));
        return j.buildAndAssertStatus(Result.SUCCESS, job);
    }

    @Test
    void shouldSayWhatHappensWithLinksToBuildAndHistory(JenkinsRule j) throws Exception {
        try (Endpoint endpoint = Endpoint.answering("ok")) {
            Gate.configure(chat("SLACK", endpoint));
            j.configRoundtrip();
            assertThat(MdoqGlobalConfiguration.get().getWebhooks().get(0).getFormat())
                    .as("the form keeps it")
                    .isEqualTo("SLACK");

            WorkflowRun build = run(j);

            String page = j.getURL() + build.getUrl();
            assertThat(endpoint.take().get("text").asText())
                    .isEqualTo("Release 1.2 of shop (#1) is asked for.\n<" + page + "|Build> <" + page
                            + "mdoq/|Webhook history>");
        }
    }

    @Test
    void shouldLetTheReleasePassIfItCannotBeReached(JenkinsRule j) throws Exception {
        try (Endpoint endpoint = Endpoint.behaving(body -> {
            throw new IllegalStateException("out of order");
        })) {
            Gate.configure(chat("TEAMS", endpoint));

            WorkflowRun build = run(j);

            JsonNode card = endpoint.take().at("/attachments/0/content");
            assertThat(card.at("/body/0/inlines/0/text").asText()).isEqualTo("Release 1.2 of shop (#1) is asked for.");
            j.assertLogContains("HTTP status 500", build);
        }
    }

    @Test
    void shouldTakeAFormatOfAnotherPlugin(JenkinsRule j) throws Exception {
        try (Endpoint endpoint = Endpoint.answering("")) {
            Gate.configure(chat("PAGER", endpoint));
            assertThat(j.jenkins.getDescriptorByType(WebhookDescriptor.class).doFillFormatItems())
                    .extracting(item -> item.value)
                    .containsExactly("MDOQ", "SLACK", "TEAMS", "PAGER");
            MdoqGlobalConfiguration.get().load();

            run(j);

            assertThat(endpoint.take().get("summary").asText()).isEqualTo("Release 1.2 of shop (#1) is asked for.");
        }
    }

    @TestExtension
    public static class PagerFormat implements WebhookFormat {
        @Override
        public String name() {
            return "PAGER";
        }

        @Override
        public byte[] bytes(Notice notice) {
            return JsonObjects.object().put("summary", notice.text()).toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}

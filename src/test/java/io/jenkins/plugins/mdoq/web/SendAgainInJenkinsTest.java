package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.config.EventConfiguration;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.HistoryPages;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import java.net.URI;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlElementUtil;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Sending a delivery again from the page of a build that is over. */
@WithJenkins
class SendAgainInJenkinsTest {

    private static JenkinsRule j;
    private static HistoryPages pages;

    private Endpoint endpoint;
    private Run<?, ?> run;
    private JsonNode sent;

    @BeforeAll
    static void controller(JenkinsRule rule) {
        j = rule;
        pages = new HistoryPages(j);
    }

    @BeforeEach
    void release() throws Exception {
        endpoint = Endpoint.answering("{\"result\":\"success\"}");
        Gate.configure(webhook("tracker", endpoint, new EventConfiguration("beforeRelease")));
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("mdoqReleaseHook 'beforeRelease'", true));
        run = j.buildAndAssertSuccess(job);
        sent = endpoint.take();
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private String delivery() {
        return sent.get("delivery").asText();
    }

    private WebRequest request(JenkinsRule.WebClient client, boolean crumb, String delivery) throws Exception {
        return pages.request(client, run.getUrl() + "mdoq/again", crumb, "delivery", delivery);
    }

    private String answer(String delivery) throws Exception {
        JenkinsRule.WebClient client = pages.as("operator");
        WebRequest request = request(client, true, delivery);
        request.setAdditionalHeader("Accept", "application/json");
        return client.getPage(request).getWebResponse().getContentAsString();
    }

    @Test
    void shouldSendItUnderItsOwnIdAndShowWhatCame() throws Exception {
        endpoint.behave(body -> "{\"result\":\"fail\",\"stop_release\":true,\"ticket\":\"OPS-<b>4711</b>\"}");
        JenkinsRule.WebClient client = pages.as("operator");
        HtmlPage page = pages.page(client, run);

        HtmlElementUtil.click(page.getFormByName("again-" + delivery()).getButtonByName("Submit"));
        assertThat(endpoint.waiting()).as("asked once more before").isZero();
        HtmlElementUtil.click(page.querySelector("dialog [data-id=ok]"));

        assertThat(endpoint.take()).isEqualTo(sent);
        HtmlPage after = (HtmlPage) client.getCurrentWindow().getEnclosedPage();
        client.waitForBackgroundJavaScript(20_000);
        assertThat(after.getElementById(delivery()).getTextContent())
                .contains("sent again 1 times", "operator operator at 127.0.0.1", "answered 200 in", "OPS-<b>4711</b>");
        assertThat(after.querySelector("#mdoq-events .jenkins-badge").getTextContent())
                .as("the verdict stands")
                .isEqualTo("the release goes on");
        j.assertBuildStatus(Result.SUCCESS, run);
        assertThat(pages.page(pages.as("reader"), run)
                        .getElementById(delivery())
                        .getTextContent())
                .contains("answered 200 in")
                .doesNotContain("OPS-");
    }

    @Test
    void shouldOfferItToThoseWhoMayAlone() throws Exception {
        String form = "name=\"again-" + delivery();

        assertThat(pages.page(pages.as("reader"), run).getWebResponse().getContentAsString())
                .doesNotContain(form);
        assertThat(pages.page(pages.as("configurer"), run).getWebResponse().getContentAsString())
                .contains(form);
        for (String user : new String[] {"reader", "viewer", "builder"}) {
            JenkinsRule.WebClient client = pages.as(user);
            assertThat(client.getPage(request(client, true, delivery()))
                            .getWebResponse()
                            .getStatusCode())
                    .as(user)
                    .isEqualTo(403);
        }
        assertThat(endpoint.waiting()).isZero();
    }

    @Test
    void shouldRefuseGetAndAPostWithoutACrumb() throws Exception {
        JenkinsRule.WebClient client = pages.as("operator");

        assertThat(client.getPage(new WebRequest(
                                URI.create(j.getURL() + run.getUrl() + "mdoq/again?delivery=" + delivery())
                                        .toURL()))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(405);
        assertThat(client.getPage(request(client, false, delivery()))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(endpoint.waiting()).isZero();
    }

    @Test
    void shouldSayInOneLineWhyItIsNotSent() throws Exception {
        assertThat(answer("msg_none")).contains("\"done\":false", "This build has no such delivery.");
        try (Endpoint other = Endpoint.answering("{}")) {
            Gate.configure(webhook("other", other, new EventConfiguration("beforeRelease")));
            assertThat(answer(delivery())).contains("There is no webhook tracker any more, so nothing was sent");
        }
        assertThat(endpoint.waiting()).isZero();
    }

    @Test
    void shouldGoWhereTheWebhookIsNow() throws Exception {
        try (Endpoint moved = Endpoint.answering("{}")) {
            Gate.configure(webhook("tracker", moved, new EventConfiguration("beforeRelease")));

            assertThat(answer(delivery())).isEqualTo("{\"done\":true}");

            assertThat(moved.take()).isEqualTo(sent);
        }
        assertThat(endpoint.waiting()).isZero();
    }

    @Test
    void shouldNotSendALockAgain() throws Exception {
        Gate.configure(webhook("gate", endpoint, blocking("beforeRelease")));
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Gate.release(build.body(), "{}");
        run = build.end(j, Result.SUCCESS);

        assertThat(answer(build.delivery())).contains("The delivery to gate has a lock, and cannot be sent again");
        assertThat(pages.page(pages.as("operator"), run).getWebResponse().getContentAsString())
                .doesNotContain("name=\"again-");
        assertThat(endpoint.waiting()).isZero();
    }
}

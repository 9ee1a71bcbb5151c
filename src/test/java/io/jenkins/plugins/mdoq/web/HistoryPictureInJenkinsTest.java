package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.HistoryPages;
import io.jenkins.plugins.mdoq.injenkins.LockApiClient;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The timeline and the refused calls on the page of a build. */
@WithJenkins
class HistoryPictureInJenkinsTest {

    private static JenkinsRule j;
    private static HistoryPages pages;

    private Endpoint endpoint;

    @BeforeAll
    static void controller(JenkinsRule rule) {
        j = rule;
        pages = new HistoryPages(j);
    }

    @BeforeEach
    void listen() throws Exception {
        endpoint =
                Endpoint.answering("{\"result\":\"success\",\"message\":\"<script>document.title='owned'</script>\"}");
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void shouldShowTheReleaseAsAPictureAndAsATable() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HtmlPage page = pages.page(pages.as("reader"), build.run());

        assertThat(page.querySelectorAll("#timeline-picture svg")).hasSize(2);
        assertThat(page.getElementById("timeline-table").getTextContent())
                .contains("release-gate", "before_release: fired", "answered 200");
        assertThat(page.getElementById("timeline").asXml()).doesNotContain("<script", "style=", build.lock());
        assertThat(page.getTitleText()).doesNotContain("owned");
        assertThat(page.getElementsByTagName("link").stream().map(link -> link.getAttribute("href")))
                .anyMatch(href -> href.endsWith("io/jenkins/plugins/mdoq/report/timeline.css"));
        Gate.release(build.body(), "{}");
        build.end(j, Result.SUCCESS);
    }

    @Test
    void shouldKeepThePictureUpToDate() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = pages.as("reader");
        HtmlPage page = pages.page(client, build.run());
        assertThat(page.getElementById("timeline-table").getTextContent()).doesNotContain("half way");

        Gate.log(build.body(), "half way");
        client.waitForBackgroundJavaScript(20_000);

        assertThat(page.getElementById("timeline-table").getTextContent()).contains("half way");
        assertThat(page.querySelectorAll("#timeline-picture svg")).hasSize(2);
        Gate.release(build.body(), "{}");
        build.end(j, Result.SUCCESS);
    }

    @Test
    void shouldShowWhichCallsWereRefusedAndWhatToDo() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        new LockApiClient(j)
                .post("release", LockApiClient.body(build.lock(), "").replace(Gate.SECRET, "not the secret"));
        j.waitForMessage("refused: release from 127.0.0.1 (401)", build.run());

        HtmlPage page = pages.page(pages.as("reader"), build.run());

        assertThat(page.getElementById("lock-head-" + build.delivery()).getTextContent())
                .contains("release from 127.0.0.1 was answered 401", "have the endpoint send the secret");
        assertThat(page.getElementById(build.delivery()).getTextContent()).contains("calls refused");
        Gate.release(build.body(), "{}");
        build.end(j, Result.SUCCESS);
    }
}

package io.jenkins.plugins.mdoq.web;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Run;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.injenkins.ControllerPages;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the page of a build shows of its webhook history, and to whom. */
@WithJenkins
class WebhookHistoryInJenkinsTest extends ControllerPages {

    @Test
    void shouldShowTheHistoryAndLinkToIt() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Gate.log(build.body(), "half way");

        HtmlPage buildPage = pages.as("operator").getPage(build.run());
        HtmlPage page = buildPage.getAnchorByText("Webhook history").click();

        String text = page.getElementById("main-panel").getTextContent();
        assertThat(text)
                .contains("before_release", "waiting for the verdict", "release-gate", "being looked at", "half way")
                .contains(build.delivery(), build.lock(), "no deadline", "127.0.0.1:")
                .contains("Waiting for release-gate, which holds a lock of before_release")
                .doesNotContain("/hook", Gate.SECRET);
        assertThat(page.getElementById("locks").getTextContent()).contains("release-gate", build.lock());
        assertThat(page.getElementById(build.delivery()).getTextContent())
                .contains("release-gate", "answered 200", "waiting", "held");
        end(build);
        assertThat(pages.page(pages.as("operator"), build.run())
                        .getElementById("locks")
                        .getTextContent())
                .contains("This build is over and waits for no lock.")
                .doesNotContain(build.lock());
    }

    @Test
    void shouldSayWhetherTheHistoryIsWholeAlsoOfAJobThatWasRenamed() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        end(build);
        build.run().getParent().renameTo("renamed-" + build.run().getParent().getName());

        HtmlPage page = pages.page(pages.as("operator"), build.run());
        assertThat(page.getElementById("soundness").getTextContent()).startsWith("This history is whole: ");
        assertThat(page.getElementById("unsound")).isNull();

        Path file = BuildHistory.of(build.run()).file();
        Files.writeString(file, Files.readString(file).replaceFirst("being looked at", "being looked into"));
        page = pages.page(pages.as("operator"), build.run());
        assertThat(page.getElementById("unsound").getTextContent()).startsWith("This history was altered: line ");
        assertThat(page.getElementById("soundness")).isNull();
    }

    @Test
    void shouldShowNothingToThoseWhoMayNotSeeTheBuild() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = pages.as("stranger");

        assertThat(pages.page(client, build.run()).getWebResponse().getStatusCode())
                .isEqualTo(404);
        assertThat(pages.post(client, build.run(), true, "delivery", build.delivery(), "outcome", "success"))
                .isEqualTo(404);
        end(build);
    }

    @Test
    void shouldEscapeWhateverAnEndpointSays() throws Exception {
        String hostile = "</td><script>document.title='owned'</script><img src=x onerror=alert(1)>${1+1}";
        endpoint.behave(body ->
                "{\"result\":\"success\",\"message\":\"" + hostile + "\",\"stop_release\":\"" + hostile + "\"}");
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Gate.log(build.body(), hostile + "\u202e\u0007");

        HtmlPage page = pages.page(pages.as("admin"), build.run());

        String html = page.getWebResponse().getContentAsString();
        assertThat(html)
                .contains("&lt;script>document.title='owned'&lt;/script>")
                .contains("${1+1}")
                .doesNotContain("<script>document.title", "<img src=x", "\u202e", "\u0007");
        assertThat(page.getTitleText()).doesNotContain("owned");
        assertThat(page.getElementById("main-panel").asXml()).doesNotContain("onclick=", "style=", "<script>");
        end(build);
    }

    @Test
    void shouldNotLetTheAddressSpeakForTheHistory() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        String claim = "mdoq/?done=";

        HtmlPage ofHeld = pages.as("admin").getPage(build.run(), claim + build.delivery());
        HtmlPage ofNone = pages.as("admin").getPage(build.run(), claim + "%3Cb%3Ereleased");

        assertThat(ofHeld.getElementById("notice")).isNull();
        assertThat(ofNone.getElementById("notice")).isNull();
        assertThat(ofHeld.getWebResponse().getContentAsString()).doesNotContain("<b>released");
        end(build);
    }

    @Test
    void shouldShowDamage() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        end(build);
        Files.writeString(BuildHistory.of(build.run()).file(), "{\"fact\":\"<i>\"}\n", StandardOpenOption.APPEND);

        HtmlPage page = pages.page(pages.as("reader"), build.run());

        assertThat(page.getElementById("damage").getTextContent())
                .contains("Some of this history could not be read", "line ");
        assertThat(page.getWebResponse().getContentAsString()).doesNotContain("<i>");
        assertThat(page.getElementById(build.delivery())).isNotNull();
    }

    @Test
    void shouldShowThatTheHistoryCannotBeRead() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        end(build);
        Files.delete(BuildHistory.of(build.run()).file());
        Files.createDirectory(BuildHistory.of(build.run()).file());

        HtmlPage page = pages.page(pages.as("reader"), build.run());

        assertThat(page.getWebResponse().getStatusCode()).isEqualTo(200);
        assertThat(page.getElementById("damage").getTextContent()).contains("The history could not be read");
    }

    @Test
    void shouldGiveNoPageToABuildWithoutAHistory() throws Exception {
        Run<?, ?> build = j.buildAndAssertSuccess(j.createFreeStyleProject());

        HtmlPage page = pages.page(pages.as("admin"), build);

        assertThat(page.getUrl().getPath()).as("where Jenkins leads instead").endsWith(build.getUrl());
        assertThat(page.asXml()).doesNotContain("Webhook history");
        assertThat(build.getAction(WebhookHistoryAction.class)).isNull();
    }

    @Test
    void shouldShowWhatTravelledOnlyToThoseWhoMaySeeIt() throws Exception {
        endpoint.behave(body -> "{\"result\":\"success\",\"ticket\":\"OPS-4711\"}");
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        String readers =
                pages.page(pages.as("reader"), build.run()).getWebResponse().getContentAsString();
        String viewers =
                pages.page(pages.as("viewer"), build.run()).getWebResponse().getContentAsString();
        String operators =
                pages.page(pages.as("operator"), build.run()).getWebResponse().getContentAsString();

        assertThat(readers).doesNotContain("OPS-4711", "parent_log", build.lock());
        assertThat(viewers).contains("OPS-4711", "parent_log").doesNotContain(build.lock(), Gate.SECRET);
        assertThat(operators).contains("OPS-4711", build.lock()).doesNotContain(Gate.SECRET);
        end(build);
    }

    @Test
    void shouldBringItselfUpToDateAndLeaveWhatIsBeingWritten() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = pages.as("operator");
        HtmlPage page = pages.page(client, build.run());
        pages.fill(page, build, "stop", "as I was saying");
        Gate.log(build.body(), "half way");

        // The page asks again after some seconds of the client's own clock.
        client.waitForBackgroundJavaScript(20_000);
        assertThat(page.getElementById("locks").getTextContent()).contains("half way");
        assertThat(page.getFormByName("release-" + build.delivery())
                        .getTextAreaByName("message")
                        .getText())
                .isEqualTo("as I was saying");

        end(build);
        client.waitForBackgroundJavaScript(20_000);
        assertThat(page.getElementById("locks").getTextContent()).contains("waits for no lock");
        assertThat(page.getFormByName("release-" + build.delivery())
                        .getTextAreaByName("message")
                        .getText())
                .as("is kept, but of no use any more")
                .isEqualTo("as I was saying");
        assertThat(page.getFormByName("release-" + build.delivery())
                        .getButtonByName("Submit")
                        .isDisabled())
                .isTrue();
    }

    @Test
    void shouldBearALineOfAMebibyte() throws Exception {
        endpoint.behave(body -> "{\"result\":\"success\",\"message\":\"" + "x".repeat((1 << 20) - 60) + "\"}");
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HtmlPage page = pages.page(pages.as("admin"), build.run());

        assertThat(page.getWebResponse().getContentAsString()).contains("xxx").hasSizeLessThan(200_000);
        end(build);
    }

    @Test
    void shouldSpeakTheReadersLanguage() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        assertThat(pages.text(build.run(), "de"))
                .contains("Wartet auf release-gate, der eine Sperre von before_release hält", "wartet");
        assertThat(pages.text(build.run(), "fr"))
                .contains("En attente de release-gate, qui tient un verrou de before_release", "Jusqu’à");
        end(build);
    }
}

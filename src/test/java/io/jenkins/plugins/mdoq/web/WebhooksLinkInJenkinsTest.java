package io.jenkins.plugins.mdoq.web;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.injenkins.ControllerOverview;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.HistoryPages;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the page of all webhooks shows, and to whom. */
@WithJenkins
class WebhooksLinkInJenkinsTest extends ControllerOverview {

    @Test
    void shouldShowWhatWaitsAndLeadToItsRelease() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Gate.log(build.body(), "half way");

        HistoryPages.readAll();
        HtmlPage manage = pages.as("admin").goTo("manage");
        HtmlPage page = manage.getAnchorByHref("mdoq-webhooks").click();

        assertThat(HistoryPages.text(page, "waiting-" + build.delivery()))
                .contains(build.run().getFullDisplayName(), "release-gate", "waiting", "before_release")
                .contains("no deadline", "half way", "Release…");
        assertThat(HistoryPages.text(page, "deliveries-body")).contains("release-gate", "waiting", "being looked at");
        assertThat(HistoryPages.text(page, "webhook-0"))
                .contains("release-gate", "127.0.0.1:", "beforeRelease (blocks)", "deployed");
        HtmlPage release = page.<DomElement>querySelector("#waiting-" + build.delivery() + "-release a")
                .click();
        assertThat(release.getUrl().toString()).endsWith(build.run().getUrl() + "mdoq/#lock-" + build.delivery());

        end(build);
        HistoryPages.readAll();
        page = pages.overview("admin", "");
        assertThat(HistoryPages.text(page, "waiting-none"))
                .contains("No build waits for a webhook right now", "mdoqReleaseHook");
        assertThat(HistoryPages.text(page, "webhook-0")).contains("100 % of 1", "Median time");
        assertThat(page.querySelectorAll("#webhook-0 svg rect")).hasSize(1);
    }

    @Test
    void shouldBeThereForThoseAloneWhoMaySeeTheConfiguration() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        for (String user : List.of("operator", "reader", "stranger")) {
            for (String part : List.of("", "live", "waiting", "deliveries")) {
                HtmlPage page = pages.as(user).goTo(HistoryPages.OVERVIEW + part);
                assertThat(page.getWebResponse().getStatusCode())
                        .as(user + part)
                        .isEqualTo(403);
                assertThat(page.asXml()).doesNotContain("release-gate");
            }
        }
        end(build);
    }

    @Test
    void shouldShowOfBuildsThoseThatTheViewerMayRead() throws Exception {
        endpoint.behave(body -> "{\"result\":\"success\",\"ticket\":\"OPS-4711\"}");
        WaitingBuild open = WaitingBuild.start(j, endpoint);
        WaitingBuild closed = WaitingBuild.start(j, endpoint);
        MockAuthorizationStrategy strategy = (MockAuthorizationStrategy) j.jenkins.getAuthorizationStrategy();
        strategy.grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor")
                .grant(Item.READ)
                .onItems(open.run().getParent())
                .to("auditor");

        HistoryPages.readAll();
        HtmlPage page = pages.overview("auditor", "");

        assertThat(HistoryPages.text(page, "waiting-body"))
                .contains(open.run().getParent().getName(), "Who can release it?")
                .doesNotContain(closed.run().getParent().getName(), "Release…");
        assertThat(page.getWebResponse().getContentAsString())
                .contains(open.delivery())
                .doesNotContain(closed.delivery(), closed.run().getParent().getName())
                .doesNotContain(open.lock(), closed.lock(), "OPS-4711", Gate.SECRET, "/hook")
                .doesNotContain("manage/configure\">Configure");
        assertThat(page.querySelectorAll("#webhook-0 svg rect")).hasSize(1);
        assertThat(page.querySelectorAll("#deliveries-body tr")).hasSize(1);
        String administrators = pages.overview("admin", "").getWebResponse().getContentAsString();
        assertThat(administrators)
                .contains(open.delivery(), closed.delivery())
                .doesNotContain(open.lock(), "OPS-4711", Gate.SECRET);
        end(open);
        end(closed);
    }

    @Test
    void shouldEscapeWhateverAnEndpointSays() throws Exception {
        String hostile = "</td><script>document.title='owned'</script><img src=x onerror=alert(1)>${1+1}";
        endpoint.behave(body -> "{\"result\":\"fail\",\"message\":\"" + hostile + "x".repeat(1 << 19) + "\"}");
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Gate.log(build.body(), hostile + "\u202e\u0007");

        HtmlPage page = pages.overview("admin", "?job=%3Cscript%3E1&webhook=%22%3E%3Cb%3E&state=%3Ci%3E&page=%3Ci%3E");
        HtmlPage all = pages.overview("admin", "");

        for (HtmlPage each : List.of(page, all)) {
            String html = each.getWebResponse().getContentAsString();
            assertThat(html)
                    .contains("&lt;script>document.title='owned'&lt;/script>", "${1+1}")
                    .doesNotContain("<script>document.title", "<img src=x", "<script>1", "<b>", "<i>")
                    .doesNotContain("\u202e", "\u0007")
                    .hasSizeLessThan(200_000);
            assertThat(each.getTitleText()).doesNotContain("owned");
            assertThat(each.getElementById("main-panel").asXml()).doesNotContain("onclick=", "style=", "<script>");
        }
        Gate.release(build.body(), "{\"result\":\"fail\"}");
        build.end(j, Result.SUCCESS);
        HistoryPages.readAll();
        assertThat(HistoryPages.text(pages.overview("admin", ""), "webhook-0-failures"))
                .contains("fail", "<script>document.title");
    }

    @Test
    void shouldSayWhatToDoWhereThereIsNothing() throws Exception {
        Gate.configure();
        HistoryPages.readAll();

        HtmlPage page = pages.overview("admin", "");

        assertThat(HistoryPages.text(page, "webhooks-none")).contains("No webhook is configured", "Add one");
        assertThat(HistoryPages.text(page, "deliveries-none")).contains("Nothing was delivered yet", "mdoqReleaseHook");
        assertThat(page.getElementById("mdoq-reading-progress")).isNull();
    }

    @Test
    void shouldShowABuildWhoseJobWasRenamedWhileItWaited() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        build.run().getParent().renameTo("another-name");

        HtmlPage page = pages.overview("admin", "");

        assertThat(HistoryPages.text(page, "waiting-" + build.delivery())).contains("another-name", "being looked at");
        end(build);
    }

    @Test
    void shouldBringItselfUpToDate() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = pages.as("admin");
        HtmlPage page = client.goTo(HistoryPages.OVERVIEW);
        assertThat(HistoryPages.text(page, "waiting-body")).contains("release-gate");
        page.getFormByName("mdoq-filter").getInputByName("job").setValue("as I was typing");

        end(build);
        client.waitForBackgroundJavaScript(20_000);

        assertThat(HistoryPages.text(page, "waiting")).contains("No build waits");
        assertThat(HistoryPages.text(page, "row-" + build.delivery())).contains("success");
        assertThat(page.getFormByName("mdoq-filter").getInputByName("job").getValue())
                .isEqualTo("as I was typing");
    }

    @Test
    void shouldSpeakTheReadersLanguage() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        assertThat(pages.text("admin", HistoryPages.OVERVIEW, "de"))
                .contains(
                        "MDOQ-Webhooks", "Wartet gerade", "Freigeben…", "keine Frist", "Letzte Zustellungen", "wartet");
        assertThat(pages.text("admin", HistoryPages.OVERVIEW, "fr"))
                .contains("Webhooks MDOQ", "En attente", "aucune échéance", "Livraisons récentes", "attente");
        end(build);
    }
}

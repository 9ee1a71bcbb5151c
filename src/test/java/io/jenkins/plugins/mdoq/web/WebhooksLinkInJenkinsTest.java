package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.index.DeliveryIndex;
import io.jenkins.plugins.mdoq.index.ProcessJournals;
import io.jenkins.plugins.mdoq.index.ProcessName;
import io.jenkins.plugins.mdoq.index.RowFilter;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.HistoryPages;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the page of all webhooks shows, and to whom. */
@WithJenkins
class WebhooksLinkInJenkinsTest {

    private static final String PAGE = "manage/mdoq-webhooks/";

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
        endpoint = Endpoint.answering("{\"result\":\"success\",\"message\":\"being looked at\"}");
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease"), event("deployed")));
    }

    @AfterEach
    void close() throws Exception {
        endpoint.close();
        for (Job<?, ?> job : j.jenkins.allItems(Job.class)) {
            job.delete();
        }
        readAll();
    }

    private static void readAll() {
        ReleaseHookService.get().recent().index().readAll();
    }

    private static HtmlPage page(String user, String query) throws Exception {
        return pages.as(user).goTo(PAGE + query);
    }

    private static String text(HtmlPage page, String id) {
        DomElement element = page.getElementById(id);
        assertThat(element).as(id).isNotNull();
        return element.getTextContent().replaceAll("\\s+", " ");
    }

    private void end(WaitingBuild build) throws Exception {
        Gate.release(build.body(), "{}");
        build.end(j, Result.SUCCESS);
    }

    /** Histories of builds as they stand on disk; the builds themselves need not be loaded, nor be there. */
    private static FreeStyleProject job(String name, int builds, String webhook) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject(name);
        for (int number = 1; number <= builds; number++) {
            Path folder = job.getBuildDir().toPath().resolve(number + "/mdoq");
            Files.createDirectories(folder);
            Facts facts = new Facts();
            Journal.in(folder)
                    .append(List.of(
                            Facts.fired(Facts.plan(webhook, false)),
                            facts.attempt(webhook, 1),
                            number % 2 == 0
                                    ? facts.answer(
                                            webhook,
                                            io.jenkins.plugins.mdoq.protocol.Result.SUCCESS,
                                            "{'result':'success'}")
                                    : facts.failure(webhook, 1, true)));
        }
        return job;
    }

    @Test
    void shouldShowWhatWaitsAndLeadToItsRelease() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Gate.log(build.body(), "half way");

        readAll();
        HtmlPage manage = pages.as("admin").goTo("manage");
        HtmlPage page = manage.getAnchorByHref("mdoq-webhooks").click();

        assertThat(text(page, "waiting-" + build.delivery()))
                .contains(build.run().getFullDisplayName(), "release-gate", "waiting", "before_release")
                .contains("no deadline", "half way", "Release…");
        assertThat(text(page, "deliveries-body")).contains("release-gate", "waiting", "being looked at");
        assertThat(text(page, "webhook-0"))
                .contains("release-gate", "127.0.0.1:", "beforeRelease (blocks)", "deployed");
        HtmlPage release = page.<DomElement>querySelector("#waiting-" + build.delivery() + "-release a")
                .click();
        assertThat(release.getUrl().toString()).endsWith(build.run().getUrl() + "mdoq/#lock-" + build.delivery());

        end(build);
        readAll();
        page = page("admin", "");
        assertThat(text(page, "waiting-none")).contains("No build waits for a webhook right now", "mdoqReleaseHook");
        assertThat(text(page, "webhook-0")).contains("100 % of 1", "Median time");
        assertThat(page.querySelectorAll("#webhook-0 svg rect")).hasSize(1);
    }

    @Test
    void shouldBeThereForThoseAloneWhoMaySeeTheConfiguration() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        for (String user : List.of("operator", "reader", "stranger")) {
            for (String part : List.of("", "live", "waiting", "deliveries")) {
                HtmlPage page = pages.as(user).goTo(PAGE + part);
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

        readAll();
        HtmlPage page = page("auditor", "");

        assertThat(text(page, "waiting-body"))
                .contains(open.run().getParent().getName(), "Who can release it?")
                .doesNotContain(closed.run().getParent().getName(), "Release…");
        assertThat(page.getWebResponse().getContentAsString())
                .contains(open.delivery())
                .doesNotContain(closed.delivery(), closed.run().getParent().getName())
                .doesNotContain(open.lock(), closed.lock(), "OPS-4711", Gate.SECRET, "/hook")
                .doesNotContain("manage/configure\">Configure");
        assertThat(page.querySelectorAll("#webhook-0 svg rect")).hasSize(1);
        assertThat(page.querySelectorAll("#deliveries-body tr")).hasSize(1);
        String administrators = page("admin", "").getWebResponse().getContentAsString();
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

        HtmlPage page = page("admin", "?job=%3Cscript%3E1&webhook=%22%3E%3Cb%3E&state=%3Ci%3E&page=%3Ci%3E");
        HtmlPage all = page("admin", "");

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
        readAll();
        assertThat(text(page("admin", ""), "webhook-0-failures")).contains("fail", "<script>document.title");
    }

    @Test
    void shouldPageAndFilterTheDeliveries() throws Exception {
        job("shop-release", 120, "crm");
        job("blog-release", 3, "release-gate");
        readAll();

        HtmlPage first = page("admin", "");
        assertThat(first.querySelectorAll("#deliveries-body tr")).hasSize(50);
        assertThat(text(first, "deliveries-pages"))
                .contains("Page 1 of 3, 123 deliveries", "Older")
                .doesNotContain("Newer");
        HtmlPage second = first.getAnchorByText("Older").click();
        HtmlPage third = second.getAnchorByText("Older").click();
        assertThat(third.querySelectorAll("#deliveries-body tr")).hasSize(23);
        assertThat(text(third, "deliveries-pages"))
                .contains("Page 3 of 3", "Newer")
                .doesNotContain("Older");

        HtmlForm form = first.getFormByName("mdoq-filter");
        form.getSelectByName("webhook").setSelectedAttribute("crm", true);
        form.getInputByName("job").setValue("SHOP");
        form.getSelectByName("state").setSelectedAttribute("error", true);
        HtmlPage found = j.submit(form);
        assertThat(text(found, "deliveries-pages")).contains("Page 1 of 2, 60 deliveries");
        assertThat(text(found, "deliveries-body")).contains("shop-release #119", "error", "HTTP status 503");
        HtmlPage older = found.getAnchorByText("Older").click();
        assertThat(older.querySelectorAll("#deliveries-body tr")).hasSize(10);
        assertThat(older.getFormByName("mdoq-filter").getInputByName("job").getValue())
                .isEqualTo("SHOP");

        HtmlPage none = page("admin", "?webhook=crm&job=blog");
        assertThat(text(none, "deliveries-none")).contains("No delivery is as you look for it");
        assertThat(((HtmlPage) none.getAnchorByText("Show all").click()).querySelectorAll("#deliveries-body tr"))
                .hasSize(50);
        HtmlPage ofGate =
                first.<HtmlElement>getHtmlElementById("webhook-0-deliveries").click();
        assertThat(ofGate.querySelectorAll("#deliveries-body tr")).hasSize(3);
        assertThat(text(ofGate, "webhook-0")).contains("33 % of 3", "HTTP status 503");
    }

    @Test
    void shouldSayWhatToDoWhereThereIsNothing() throws Exception {
        Gate.configure();
        readAll();

        HtmlPage page = page("admin", "");

        assertThat(text(page, "webhooks-none")).contains("No webhook is configured", "Add one");
        assertThat(text(page, "deliveries-none")).contains("Nothing was delivered yet", "mdoqReleaseHook");
        assertThat(page.getElementById("mdoq-reading-progress")).isNull();
    }

    @Test
    void shouldShowABuildWhoseJobWasRenamedWhileItWaited() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        build.run().getParent().renameTo("another-name");

        HtmlPage page = page("admin", "");

        assertThat(text(page, "waiting-" + build.delivery())).contains("another-name", "being looked at");
        end(build);
    }

    @Test
    void shouldSayThatHistoriesCouldNotBeRead() throws Exception {
        FreeStyleProject job = job("shop-release", 2, "crm");
        Path journal = BuildHistory.of(job.getBuildDir().toPath(), 2).file();
        Files.delete(journal);
        Files.createDirectory(journal);
        readAll();

        HtmlPage page = page("admin", "");

        assertThat(text(page, "mdoq-unreadable")).contains("of 1 builds could not be read");
        assertThat(page.querySelectorAll("#deliveries-body tr")).hasSize(1);
    }

    @Test
    void shouldSayHowFarTheReadingIs() {
        DeliveryIndex index = new DeliveryIndex(new ProcessJournals() {
            @Override
            public void forEach(BiConsumer<ProcessName, Journal> each) {
                // Nothing was found yet.
            }

            @Override
            public Journal journal(ProcessName process) {
                return null;
            }

            @Override
            public boolean over(ProcessName process) {
                return true;
            }
        });
        OverviewView.Question question =
                new OverviewView.Question(new RowFilter(null, null, null), null, null, Instant.now());

        assertThat(OverviewView.of(index, question).reading()).contains("Still reading", "0 builds so far");
        index.readAll();
        assertThat(OverviewView.of(index, question).reading()).isEmpty();
    }

    @Test
    void shouldBringItselfUpToDate() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = pages.as("admin");
        HtmlPage page = client.goTo(PAGE);
        assertThat(text(page, "waiting-body")).contains("release-gate");
        page.getFormByName("mdoq-filter").getInputByName("job").setValue("as I was typing");

        end(build);
        client.waitForBackgroundJavaScript(20_000);

        assertThat(text(page, "waiting")).contains("No build waits");
        assertThat(text(page, "row-" + build.delivery())).contains("success");
        assertThat(page.getFormByName("mdoq-filter").getInputByName("job").getValue())
                .isEqualTo("as I was typing");
    }

    @Test
    void shouldSpeakTheReadersLanguage() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        assertThat(pages.text("admin", PAGE, "de"))
                .contains(
                        "MDOQ-Webhooks", "Wartet gerade", "Freigeben…", "keine Frist", "Letzte Zustellungen", "wartet");
        assertThat(pages.text("admin", PAGE, "fr"))
                .contains("Webhooks MDOQ", "En attente", "aucune échéance", "Livraisons récentes", "attente");
        end(build);
    }
}

package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.index.DeliveryIndex;
import io.jenkins.plugins.mdoq.index.ProcessJournals;
import io.jenkins.plugins.mdoq.index.ProcessName;
import io.jenkins.plugins.mdoq.index.RowFilter;
import io.jenkins.plugins.mdoq.injenkins.ControllerOverview;
import io.jenkins.plugins.mdoq.injenkins.HistoryPages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the page of all webhooks shows of many deliveries: in pages, filtered, and while they are read. */
@WithJenkins
class OverviewDeliveriesInJenkinsTest extends ControllerOverview {

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
    void shouldPageAndFilterTheDeliveries() throws Exception {
        job("shop-release", 120, "crm");
        job("blog-release", 3, "release-gate");
        HistoryPages.readAll();

        HtmlPage first = pages.overview("admin", "");
        assertThat(first.querySelectorAll("#deliveries-body tr")).hasSize(50);
        assertThat(HistoryPages.text(first, "deliveries-pages"))
                .contains("Page 1 of 3, 123 deliveries", "Older")
                .doesNotContain("Newer");
        HtmlPage second = first.getAnchorByText("Older").click();
        HtmlPage third = second.getAnchorByText("Older").click();
        assertThat(third.querySelectorAll("#deliveries-body tr")).hasSize(23);
        assertThat(HistoryPages.text(third, "deliveries-pages"))
                .contains("Page 3 of 3", "Newer")
                .doesNotContain("Older");

        HtmlForm form = first.getFormByName("mdoq-filter");
        form.getSelectByName("webhook").setSelectedAttribute("crm", true);
        form.getInputByName("job").setValue("SHOP");
        form.getSelectByName("state").setSelectedAttribute("error", true);
        HtmlPage found = j.submit(form);
        assertThat(HistoryPages.text(found, "deliveries-pages")).contains("Page 1 of 2, 60 deliveries");
        assertThat(HistoryPages.text(found, "deliveries-body"))
                .contains("shop-release #119", "error", "HTTP status 503");
        HtmlPage older = found.getAnchorByText("Older").click();
        assertThat(older.querySelectorAll("#deliveries-body tr")).hasSize(10);
        assertThat(older.getFormByName("mdoq-filter").getInputByName("job").getValue())
                .isEqualTo("SHOP");

        HtmlPage none = pages.overview("admin", "?webhook=crm&job=blog");
        assertThat(HistoryPages.text(none, "deliveries-none")).contains("No delivery is as you look for it");
        assertThat(((HtmlPage) none.getAnchorByText("Show all").click()).querySelectorAll("#deliveries-body tr"))
                .hasSize(50);
        HtmlPage ofGate =
                first.<HtmlElement>getHtmlElementById("webhook-0-deliveries").click();
        assertThat(ofGate.querySelectorAll("#deliveries-body tr")).hasSize(3);
        assertThat(HistoryPages.text(ofGate, "webhook-0")).contains("33 % of 3", "HTTP status 503");
    }

    @Test
    void shouldSayThatHistoriesCouldNotBeRead() throws Exception {
        FreeStyleProject job = job("shop-release", 2, "crm");
        Path journal = BuildHistory.of(job.getBuildDir().toPath(), 2).file();
        Files.delete(journal);
        Files.createDirectory(journal);
        HistoryPages.readAll();

        HtmlPage page = pages.overview("admin", "");

        assertThat(HistoryPages.text(page, "mdoq-unreadable")).contains("of 1 builds could not be read");
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
}

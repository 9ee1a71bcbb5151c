package io.jenkins.plugins.mdoq.web;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.mdoq.injenkins.ControllerPages;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What stands of webhooks on the page of a build, in the list of builds and in the console. */
@WithJenkins
class BuildPageInJenkinsTest extends ControllerPages {

    @Test
    void shouldEscapeWhateverAnEndpointSays() throws Exception {
        String hostile = "</td><script>document.title='owned'</script><img src=x onerror=alert(1)>";
        endpoint.behave(body -> "{\"result\":\"fail\",\"stop_release\":true,\"message\":\"" + hostile + "\"}");
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("mdoqReleaseHook 'beforeRelease'", true));
        WorkflowRun build = j.buildAndAssertStatus(Result.ABORTED, job);
        JenkinsRule.WebClient reader = pages.as("reader");

        for (HtmlPage page : List.<HtmlPage>of(
                reader.getPage(build), reader.getPage(job), reader.getPage(build, "console"), reader.goTo(""))) {
            String html = page.getWebResponse().getContentAsString();
            assertThat(html)
                    .as(page.getUrl().getPath())
                    .doesNotContain("<script>document.title", "<img src=x", "<img src=\"x");
            assertThat(page.getTitleText()).doesNotContain("owned");
        }
        assertThat(((HtmlPage) reader.getPage(build))
                        .getElementById("mdoq-brief")
                        .getTextContent())
                .contains(hostile);
        assertThat(((HtmlPage) reader.getPage(build, "console")).asNormalizedText())
                .contains(hostile);
        assertThat(build.getBadgeActions())
                .filteredOn(HistoryBadge.class::isInstance)
                .hasSize(1);
    }

    @Test
    void shouldShowOnTheBuildsOwnPageWhomItWaitsFor() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Gate.log(build.body(), "half way");

        HtmlPage operators = pages.as("operator").getPage(build.run());
        HtmlPage readers = pages.as("reader").getPage(build.run());

        assertThat(operators.getElementById("mdoq-brief").getTextContent())
                .contains(
                        "Waiting for release-gate", "holds a lock of before_release", "without a deadline", "half way");
        assertThat(operators.getAnchorByText("Release…").click().getUrl().getRef())
                .isEqualTo("lock-" + build.delivery());
        assertThat(readers.getElementById("mdoq-brief").getTextContent())
                .contains("Waiting for release-gate", "Who can release it?")
                .doesNotContain("Release…");
        end(build);
        assertThat(((HtmlPage) pages.as("reader").getPage(build.run()))
                        .getElementById("mdoq-brief")
                        .getTextContent())
                .contains("before_release: the release goes on");
    }

    @Test
    void shouldMarkABuildThatWaitsInTheListOfBuilds() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        assertThat(build.run().getBadgeActions())
                .filteredOn(HistoryBadge.class::isInstance)
                .singleElement()
                .satisfies(
                        badge -> assertThat(((HistoryBadge) badge).getTooltip()).isEqualTo("Waiting for release-gate"));
        HtmlPage job = pages.as("reader").getPage(build.run().getParent());
        assertThat(job.asXml()).contains("Waiting for release-gate");

        end(build);
        assertThat(build.run().getBadgeActions()).noneMatch(HistoryBadge.class::isInstance);
    }
}

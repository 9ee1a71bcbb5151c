package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.injenkins.ControllerPages;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import java.time.Duration;
import java.time.Instant;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlElementUtil;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlRadioButtonInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Releasing a lock from the build page, and who may. */
@WithJenkins
class OperatorReleaseInJenkinsTest extends ControllerPages {

    private static DeliveryHistory entry(WaitingBuild build) throws Exception {
        return BuildHistory.of(build.run()).read().eventOfLock(build.lock()).entry(build.delivery());
    }

    @Test
    void shouldLetAnOperatorRelease() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HtmlPage after =
                pages.release(pages.page(pages.as("operator"), build.run()), build, "success", "checked by hand");

        assertThat(after.getElementById("notice").getTextContent())
                .isEqualTo("The lock of release-gate is released by operator operator at 127.0.0.1: success.");
        j.assertLogContains("goes on", build.end(j, Result.SUCCESS));
        j.assertLogContains("lock released by operator operator", build.run());
        j.assertLogContains("checked by hand", build.run());
        assertThat(entry(build).release().by()).isEqualTo("operator operator at 127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"stop, ABORTED", "rollback, FAILURE"})
    void shouldLetAnOperatorEndTheRelease(String outcome, String result) throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        pages.release(pages.page(pages.as("admin"), build.run()), build, outcome, "no");

        build.end(j, Result.fromString(result));
        HtmlPage page = pages.page(pages.as("reader"), build.run());
        assertThat(page.getElementById(build.delivery()).getTextContent()).contains(outcome);
        assertThat(page.getElementById("rollback") != null).isEqualTo(outcome.equals("rollback"));
    }

    @Test
    void shouldSayWhatABareFailDoesAndDoIt() throws Exception {
        var fails = blocking("beforeRelease");
        fails.setOnFail("UNSTABLE");
        Gate.configure(webhook("release-gate", endpoint, fails));
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        HtmlPage page = pages.page(pages.as("operator"), build.run());
        assertThat(page.getElementById("locks").getTextContent()).contains("Fail: the release goes on as unstable");

        pages.release(page, build, "fail", "stock does not tally");

        build.end(j, Result.UNSTABLE);
        assertThat(entry(build).reason()).isEqualTo("stock does not tally");
    }

    @Test
    void shouldLetTheFirstReleaseStand() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        HtmlPage late = pages.page(pages.as("admin"), build.run());
        // Its reader is faster than the page, which would take the form away.
        late.getEnclosingWindow().getJobManager().removeAllJobs();
        pages.release(pages.page(pages.as("operator"), build.run()), build, "success", "");
        build.end(j, Result.SUCCESS);

        HtmlPage after = pages.release(late, build, "stop", "the stock does not tally");

        assertThat(after.getWebResponse().getStatusCode()).isEqualTo(409);
        assertThat(after.getElementById("refused").getTextContent())
                .contains("The lock of release-gate was already released by operator operator at 127.0.0.1 with another"
                        + " outcome, which stands.")
                .as("what was written is not lost")
                .contains("the stock does not tally");
        assertThat(entry(build).data().path("message").asText()).isEqualTo("released by operator");
    }

    @Test
    void shouldAskForAReasonAndKeepWhatWasChosen() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HtmlPage after = pages.release(pages.page(pages.as("operator"), build.run()), build, "stop", " ");

        assertThat(after.getWebResponse().getStatusCode()).isEqualTo(400);
        assertThat(after.getElementById("refused").getTextContent()).contains("The reason is missing");
        assertThat(after.<HtmlRadioButtonInput>getHtmlElementById("outcome-stop-" + build.delivery())
                        .isChecked())
                .isTrue();
        assertThat(entry(build).release()).isNull();
        end(build);
    }

    @Test
    void shouldAskOnceMoreAndTakeNoForAnAnswer() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        HtmlPage page = pages.page(pages.as("operator"), build.run());
        for (String outcome : WebhookHistoryAction.getOutcomes()) {
            assertThat(page.<HtmlRadioButtonInput>getHtmlElementById("outcome-" + outcome + "-" + build.delivery())
                            .isChecked())
                    .as(outcome)
                    .isFalse();
        }

        HtmlElementUtil.click(pages.fill(page, build, "success", "").getButtonByName("Submit"));
        assertThat(page.<HtmlElement>querySelector("dialog.jenkins-dialog").getTextContent())
                .contains("Release the lock of release-gate?", "Success: the release may go on");
        HtmlElementUtil.click(page.querySelector("dialog.jenkins-dialog [data-id=cancel]"));

        assertThat(entry(build).release()).isNull();
        end(build);
    }

    @Test
    void shouldAnswerInJsonWhereThatIsAskedFor() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = pages.as("operator");

        assertThat(pages.answer(client, build.run(), "delivery", build.delivery(), "outcome", "fail"))
                .isEqualTo("{\"done\":false,\"error\":\"The reason is missing; say why it is a fail.\"}");
        assertThat(pages.answer(client, build.run(), "delivery", build.delivery(), "outcome", "success"))
                .isEqualTo("{\"done\":true}");
        build.end(j, Result.SUCCESS);
    }

    @Test
    void shouldSayThatALockIsNoLongerHeld() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        HtmlPage late = pages.page(pages.as("admin"), build.run());
        build.run().doStop();
        build.end(j, Result.ABORTED);

        HtmlPage after = pages.release(late, build, "success", "");

        assertThat(after.getWebResponse().getStatusCode()).isEqualTo(409);
        assertThat(after.getElementById("refused").getTextContent())
                .contains("The lock of release-gate was no longer held. Nothing was changed.");
        assertThat(entry(build).release()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "builder"})
    void shouldOnlyShowTheHistoryToThoseWhoMayNotRelease(String user) throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = pages.as(user);

        HtmlPage page = pages.page(client, build.run());

        assertThat(page.getWebResponse().getStatusCode()).isEqualTo(200);
        assertThat(page.getElementById("locks").getTextContent())
                .as("whom to ask")
                .contains(
                        "release-gate",
                        "whoever may configure " + build.run().getParent().getFullDisplayName());
        assertThat(page.getWebResponse().getContentAsString())
                .doesNotContain(build.lock())
                .doesNotContain("release-" + build.delivery());
        assertThat(pages.post(client, build.run(), true, "delivery", build.delivery(), "outcome", "success"))
                .isEqualTo(403);
        assertThat(entry(build).release()).isNull();
        end(build);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "configurer", "operator"})
    void shouldShowTheFormToThoseWhoMayRelease(String user) throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HtmlPage page = pages.page(pages.as(user), build.run());

        assertThat(page.getElementById("locks").getTextContent()).contains(build.lock());
        pages.release(page, build, "success", "");
        build.end(j, Result.SUCCESS);
        assertThat(entry(build).release().by()).isEqualTo("operator " + user + " at 127.0.0.1");
    }

    @Test
    void shouldNotReleaseByGetNorWithoutACrumb() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = pages.as("admin");

        assertThat(client.getPage(build.run(), "mdoq/release?outcome=success&delivery=" + build.delivery())
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(405);
        assertThat(pages.post(client, build.run(), false, "delivery", build.delivery(), "outcome", "success"))
                .isEqualTo(403);
        assertThat(entry(build).release()).isNull();
        end(build);
    }

    @Test
    void shouldRefuseWhatIsNoRelease() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = pages.as("admin");

        assertThat(pages.post(client, build.run(), true, "delivery", build.delivery()))
                .isEqualTo(400);
        assertThat(pages.post(client, build.run(), true, "delivery", build.delivery(), "outcome", "<b>"))
                .isEqualTo(400);
        assertThat(pages.post(client, build.run(), true, "delivery", "another", "outcome", "success"))
                .isEqualTo(404);
        assertThat(pages.post(client, build.run(), true, "outcome", "success")).isEqualTo(404);
        end(build);
    }

    @Test
    void shouldGiveALockMoreTime() throws Exception {
        var timed = blocking("beforeRelease");
        timed.setLockTimeoutMinutes(60);
        Gate.configure(webhook("release-gate", endpoint, timed));
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Instant before = entry(build).deadline();
        HtmlPage page = pages.page(pages.as("operator"), build.run());
        HtmlForm form = page.getFormByName("extend-" + build.delivery());
        form.getInputByName("minutes").setValue("90");
        form.getTextAreaByName("message").setText("the tests are slow today");

        HtmlPage after = form.getButtonByName("Submit").click();

        assertThat(after.getElementById("notice").getTextContent())
                .isEqualTo("The lock of release-gate was given more time by operator operator at 127.0.0.1.");
        assertThat(after.getElementById("locks").getTextContent()).contains("in 2 h", "the tests are slow today");
        assertThat(entry(build).deadline()).isEqualTo(before.plus(Duration.ofMinutes(90)));
        j.waitForMessage("given by operator operator at 127.0.0.1: the tests are slow today", build.run());
        end(build);
    }

    @Test
    void shouldNotGiveMoreTimeToWhatHasNoDeadlineNorByWhoMayNot() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient operator = pages.as("operator");
        HtmlPage page = pages.page(operator, build.run());

        assertThat(page.getWebResponse().getContentAsString()).doesNotContain("extend-" + build.delivery());
        assertThat(pages.extend(operator, build.run(), "delivery", build.delivery(), "minutes", "5"))
                .contains("The lock of release-gate has no deadline to move");
        assertThat(pages.extend(operator, build.run(), "delivery", build.delivery(), "minutes", "-5"))
                .contains("a whole number from 1 to 43200");
        assertThat(pages.extend(pages.as("reader"), build.run(), "delivery", build.delivery(), "minutes", "5"))
                .contains("reader is missing the MDOQ webhooks/ReleaseLock permission");
        assertThat(entry(build).extensions()).isEmpty();
        end(build);
    }
}

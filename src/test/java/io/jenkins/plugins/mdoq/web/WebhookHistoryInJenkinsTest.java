package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class WebhookHistoryInJenkinsTest {

    private static JenkinsRule j;

    private Endpoint endpoint;

    @BeforeAll
    static void controller(JenkinsRule rule) {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder", "configurer", "operator")
                .grant(Item.BUILD, Item.CANCEL)
                .everywhere()
                .to("builder")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(MdoqPermissions.RELEASE_LOCK)
                .everywhere()
                .to("operator")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger"));
    }

    @BeforeEach
    void listen() throws Exception {
        endpoint = Endpoint.answering("{\"result\":\"success\",\"message\":\"being looked at\"}");
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private static JenkinsRule.WebClient as(String user) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient();
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        return client.login(user);
    }

    private static HtmlPage page(JenkinsRule.WebClient client, Run<?, ?> run) throws Exception {
        return client.getPage(run, "mdoq/");
    }

    private static HtmlPage release(HtmlPage page, WaitingBuild build, String outcome, String message)
            throws Exception {
        HtmlForm form = page.getFormByName("release-" + build.delivery());
        form.getSelectByName("outcome").setSelectedAttribute(outcome, true);
        form.getInputByName("message").setValue(message);
        return (HtmlPage) j.submit(form);
    }

    private static int post(JenkinsRule.WebClient client, Run<?, ?> run, boolean crumb, String... parameters)
            throws Exception {
        WebRequest request = new WebRequest(
                URI.create(j.getURL() + run.getUrl() + "mdoq/release").toURL(), HttpMethod.POST);
        if (crumb) {
            client.addCrumb(request);
        }
        List<NameValuePair> pairs = new ArrayList<>(request.getRequestParameters());
        for (int i = 0; i < parameters.length; i += 2) {
            pairs.add(new NameValuePair(parameters[i], parameters[i + 1]));
        }
        request.setRequestParameters(pairs);
        return client.getPage(request).getWebResponse().getStatusCode();
    }

    private static DeliveryHistory entry(WaitingBuild build) throws Exception {
        return BuildHistory.of(build.run()).read().eventOfLock(build.lock()).entry(build.delivery());
    }

    private void end(WaitingBuild build) throws Exception {
        Gate.release(build.body(), "{}");
        build.end(j, Result.SUCCESS);
    }

    @Test
    void shouldShowTheHistoryAndLinkToIt() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Gate.log(build.body(), "half way");

        HtmlPage buildPage = as("operator").getPage(build.run());
        HtmlPage page = buildPage.getAnchorByText("Webhook history").click();

        String text = page.getElementById("main-panel").getTextContent();
        assertThat(text)
                .contains("before_release", "waiting for the verdict", "release-gate", "being looked at", "half way")
                .contains(build.delivery(), build.lock(), "without a deadline", "127.0.0.1:")
                .doesNotContain("/hook", Gate.SECRET);
        assertThat(page.getElementById("locks").getTextContent()).contains("release-gate", build.lock());
        assertThat(page.getElementById(build.delivery()).getTextContent()).contains("release-gate", "200", "held");
        end(build);
        assertThat(page(as("operator"), build.run()).getElementById("locks").getTextContent())
                .contains("This build waits for no lock.")
                .doesNotContain(build.lock());
    }

    @Test
    void shouldLetAnOperatorRelease() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HtmlPage after = release(page(as("operator"), build.run()), build, "success", "checked by hand");

        assertThat(after.getElementById("notice").getTextContent())
                .isEqualTo("The lock of release-gate is released by operator operator: success.");
        j.assertLogContains("goes on", build.end(j, Result.SUCCESS));
        j.assertLogContains("lock released by operator operator", build.run());
        j.assertLogContains("checked by hand", build.run());
        assertThat(entry(build).release().by()).isEqualTo("operator operator");
    }

    @ParameterizedTest
    @CsvSource({"stop, ABORTED", "rollback, FAILURE"})
    void shouldLetAnOperatorEndTheRelease(String outcome, String result) throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        release(page(as("admin"), build.run()), build, outcome, "no");

        build.end(j, Result.fromString(result));
        HtmlPage page = page(as("reader"), build.run());
        assertThat(page.getElementById(build.delivery()).getTextContent()).contains(outcome);
        assertThat(page.getElementById("rollback") != null).isEqualTo(outcome.equals("rollback"));
    }

    @Test
    void shouldSayWhatABareFailDoesAndDoIt() throws Exception {
        var fails = blocking("beforeRelease");
        fails.setOnFail(OnFail.UNSTABLE);
        Gate.configure(webhook("release-gate", endpoint, fails));
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        HtmlPage page = page(as("operator"), build.run());
        assertThat(page.getElementById("locks").getTextContent()).contains("fail: the release goes on as unstable");

        release(page, build, "fail", "");

        build.end(j, Result.UNSTABLE);
        assertThat(entry(build).reason()).isEqualTo("released by operator");
    }

    @Test
    void shouldLetTheFirstReleaseStand() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        HtmlPage late = page(as("admin"), build.run());
        release(page(as("operator"), build.run()), build, "success", "");
        build.end(j, Result.SUCCESS);

        HtmlPage after = release(late, build, "stop", "");

        assertThat(after.getElementById("notice").getTextContent())
                .isEqualTo(
                        "The lock of release-gate had been released by operator operator before, with another outcome,"
                                + " which stands.");
    }

    @Test
    void shouldSayThatALockIsNoLongerHeld() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        HtmlPage late = page(as("admin"), build.run());
        build.run().doStop();
        build.end(j, Result.ABORTED);

        HtmlPage after = release(late, build, "success", "");

        assertThat(after.getElementById("notice").getTextContent())
                .isEqualTo("The lock of release-gate was no longer held; nothing was changed.");
        assertThat(entry(build).release()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "builder"})
    void shouldOnlyShowTheHistoryToThoseWhoMayNotRelease(String user) throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = as(user);

        HtmlPage page = page(client, build.run());

        assertThat(page.getWebResponse().getStatusCode()).isEqualTo(200);
        assertThat(page.getElementById("locks").getTextContent()).contains("release-gate");
        assertThat(page.getWebResponse().getContentAsString())
                .doesNotContain(build.lock())
                .doesNotContain("release-" + build.delivery());
        assertThat(post(client, build.run(), true, "delivery", build.delivery(), "outcome", "success"))
                .isEqualTo(403);
        assertThat(entry(build).release()).isNull();
        end(build);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "configurer", "operator"})
    void shouldShowTheFormToThoseWhoMayRelease(String user) throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HtmlPage page = page(as(user), build.run());

        assertThat(page.getElementById("locks").getTextContent()).contains(build.lock());
        release(page, build, "success", "");
        build.end(j, Result.SUCCESS);
        assertThat(entry(build).release().by()).isEqualTo("operator " + user);
    }

    @Test
    void shouldShowNothingToThoseWhoMayNotSeeTheBuild() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = as("stranger");

        assertThat(page(client, build.run()).getWebResponse().getStatusCode()).isEqualTo(404);
        assertThat(post(client, build.run(), true, "delivery", build.delivery(), "outcome", "success"))
                .isEqualTo(404);
        end(build);
    }

    @Test
    void shouldNotReleaseByGetNorWithoutACrumb() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = as("admin");

        assertThat(client.getPage(build.run(), "mdoq/release?outcome=success&delivery=" + build.delivery())
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(405);
        assertThat(post(client, build.run(), false, "delivery", build.delivery(), "outcome", "success"))
                .isEqualTo(403);
        assertThat(entry(build).release()).isNull();
        end(build);
    }

    @Test
    void shouldRefuseWhatIsNoRelease() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        JenkinsRule.WebClient client = as("admin");

        assertThat(post(client, build.run(), true, "delivery", build.delivery()))
                .isEqualTo(400);
        assertThat(post(client, build.run(), true, "delivery", build.delivery(), "outcome", "<b>"))
                .isEqualTo(400);
        assertThat(post(client, build.run(), true, "delivery", "another", "outcome", "stop"))
                .isEqualTo(404);
        assertThat(post(client, build.run(), true, "outcome", "stop")).isEqualTo(404);
        end(build);
    }

    @Test
    void shouldEscapeWhateverAnEndpointSays() throws Exception {
        String hostile = "</td><script>document.title='owned'</script><img src=x onerror=alert(1)>${1+1}";
        endpoint.behave(body ->
                "{\"result\":\"success\",\"message\":\"" + hostile + "\",\"stop_release\":\"" + hostile + "\"}");
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Gate.log(build.body(), hostile + "\u202e\u0007");

        HtmlPage page = page(as("admin"), build.run());

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
        String claim = "mdoq/?came=" + URLEncoder.encode("<b>released</b>", StandardCharsets.UTF_8) + "&delivery=";

        HtmlPage ofHeld = as("admin").getPage(build.run(), claim + build.delivery());
        HtmlPage ofNone = as("admin").getPage(build.run(), claim + "%3Cb%3E");

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

        HtmlPage page = page(as("reader"), build.run());

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

        HtmlPage page = page(as("reader"), build.run());

        assertThat(page.getWebResponse().getStatusCode()).isEqualTo(200);
        assertThat(page.getElementById("damage").getTextContent()).contains("the history could not be read");
    }

    @Test
    void shouldGiveNoPageToABuildWithoutAHistory() throws Exception {
        Run<?, ?> build = j.buildAndAssertSuccess(j.createFreeStyleProject());

        HtmlPage page = page(as("admin"), build);

        assertThat(page.getUrl().getPath()).as("where Jenkins leads instead").endsWith(build.getUrl());
        assertThat(page.asXml()).doesNotContain("Webhook history");
        assertThat(build.getAction(WebhookHistoryAction.class)).isNull();
    }

    @Test
    void shouldHaveAPermissionOfItsOwn() {
        Permission permission = Permission.fromId("io.jenkins.plugins.mdoq.web.MdoqPermissions.ReleaseLock");

        assertThat(permission).isSameAs(MdoqPermissions.RELEASE_LOCK);
        assertThat(Permission.getAll()).contains(permission);
        assertThat(permission.impliedBy).isSameAs(Item.CONFIGURE);
        assertThat(permission.description)
                .hasToString("Release the lock of a webhook in its endpoint's stead, on the page"
                        + " \"Webhook history\" of a build, and see the lock's value there. Implied by the permission to configure"
                        + " the job.");
        assertThat(MdoqPermissions.GROUP.title).hasToString("MDOQ webhooks");
    }
}

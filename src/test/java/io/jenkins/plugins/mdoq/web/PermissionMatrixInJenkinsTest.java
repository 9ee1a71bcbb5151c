package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import hudson.model.Result;
import hudson.security.Permission;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import io.jenkins.plugins.mdoq.web.WebMethods.Entry;
import io.jenkins.plugins.mdoq.web.WebMethods.How;
import io.jenkins.plugins.mdoq.web.WebMethods.Who;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Each page, form, command and call of {@link WebMethods}, asked for as each user; the build that it is about goes on waiting. */
@WithJenkins
class PermissionMatrixInJenkinsTest {

    private static final String ANONYMOUS = "anonymous";

    /** Each with one permission beyond those of the one before or of the reader; the stranger sees Jenkins and no job. */
    private static final List<String> USERS =
            List.of(ANONYMOUS, "stranger", "reader", "viewer", "builder", "operator", "configurer", "manager", "admin");

    private static JenkinsRule j;
    private static Endpoint endpoint;
    private static WaitingBuild build;

    @BeforeAll
    static void wait(JenkinsRule rule) throws Exception {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger", "reader", "viewer", "builder", "operator", "configurer", "manager")
                .grant(Jenkins.MANAGE, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("manager")
                .grant(Item.READ)
                .everywhere()
                .to("reader", "viewer", "builder", "operator", "configurer")
                .grant(MdoqPermissions.VIEW)
                .everywhere()
                .to("viewer")
                .grant(Item.BUILD, Item.CANCEL)
                .everywhere()
                .to("builder")
                .grant(MdoqPermissions.RELEASE_LOCK)
                .everywhere()
                .to("operator")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer"));
        endpoint = Endpoint.answering("{\"result\":\"success\"}");
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
        build = WaitingBuild.start(j, endpoint);
    }

    @AfterAll
    static void goOn() throws Exception {
        Gate.release(build.body(), "{}");
        build.end(j, Result.SUCCESS);
        endpoint.close();
    }

    static Stream<Entry> asked() {
        return WebMethods.ALL.stream().filter(entry -> entry.how() != How.FILTER && entry.how() != How.PART);
    }

    static Stream<Entry> posted() {
        return WebMethods.ALL.stream().filter(entry -> entry.how() == How.POST);
    }

    static Stream<Entry> parts() {
        return WebMethods.ALL.stream()
                .filter(entry ->
                        entry.how() == How.PART && entry.name().matches("web\\.Webhook(HistoryAction|sLink)/.*"));
    }

    private static boolean may(String user, Who who) {
        return switch (who) {
            case ANYBODY -> true;
            case READS_JENKINS -> !user.equals(ANONYMOUS);
            case READS_BUILD -> !List.of(ANONYMOUS, "stranger", "manager").contains(user);
            case RELEASES_LOCK -> List.of("operator", "configurer", "admin").contains(user);
            case MANAGES -> List.of("manager", "admin").contains(user);
            case ADMINISTERS -> user.equals("admin");
        };
    }

    @ParameterizedTest
    @MethodSource("asked")
    void shouldLetInWhoMayAndNobodyElse(Entry entry) throws Exception {
        for (String user : USERS) {
            boolean letIn = entry.how() == How.COMMAND ? command(user, entry) : letIn(user, entry);
            assertThat(letIn).as("%s for %s", entry, user).isEqualTo(may(user, entry.who()));
        }
        assertThat(BuildHistory.of(build.run())
                        .read()
                        .eventOfLock(build.lock())
                        .entryOfLock(build.lock())
                        .held())
                .as("the build still waits")
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("posted")
    void shouldTakeItByPostWithACrumbAlone(Entry entry) throws Exception {
        assertThat(status("admin", entry, HttpMethod.GET, false)).as("by GET").isIn(404, 405);
        assertThat(status("admin", entry, HttpMethod.POST, false))
                .as("without a crumb")
                .isEqualTo(403);
    }

    /** A part of a page can be asked for by its name; it shows no more than the page, and to nobody else. */
    @ParameterizedTest
    @MethodSource("parts")
    void shouldShowNoPartOfAPageToWhoMayNotSeeThePage(Entry part) throws Exception {
        String view = part.name().substring(part.name().indexOf('/') + 1);
        boolean ofBuild = part.name().contains("HistoryAction");
        String path = (ofBuild ? "BUILD/mdoq/" : "manage/mdoq-webhooks/") + view;
        Entry asPage = new Entry(part.name(), part.who(), How.PAGE, path, List.of());

        for (String user : USERS) {
            if (!may(user, ofBuild ? Who.READS_BUILD : Who.MANAGES)) {
                assertThat(letIn(user, asPage)).as("%s for %s", part, user).isFalse();
            }
        }
    }

    private static boolean letIn(String user, Entry entry) throws Exception {
        boolean page = entry.how() == How.PAGE;
        int status = status(user, entry, page ? HttpMethod.GET : HttpMethod.POST, !page);
        assertThat(status)
                .as("%s for %s", entry, user)
                // 400 and 409: what is asked for here is nonsense, which is said only to who may ask.
                .isIn(200, 400, 409, 401, 403, 404);
        return status == 200 || status == 400 || status == 409;
    }

    private static int status(String user, Entry entry, HttpMethod method, boolean crumb) throws Exception {
        try (JenkinsRule.WebClient client = j.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.getOptions().setRedirectEnabled(false);
            client.setJavaScriptEnabled(false);
            if (!user.equals(ANONYMOUS)) {
                client.login(user);
            }
            String path = entry.path()
                    .replace("BUILD/", build.run().getUrl())
                    .replace("JOB/", build.run().getParent().getUrl());
            WebRequest request = new WebRequest(URI.create(j.getURL() + path).toURL(), method);
            if (crumb) {
                client.addCrumb(request);
            }
            List<NameValuePair> pairs = new ArrayList<>(request.getRequestParameters());
            List<String> fields = entry.fields();
            for (int i = 0; i < fields.size(); i += 2) {
                pairs.add(new NameValuePair(fields.get(i), fields.get(i + 1).replace("DELIVERY", build.delivery())));
            }
            request.setRequestParameters(pairs);
            return client.loadWebResponse(request).getStatusCode();
        }
    }

    /** A command says what is wrong with what was written only to who may give it. */
    private static boolean command(String user, Entry entry) {
        CLICommandInvoker invoker = new CLICommandInvoker(j, entry.path());
        CLICommandInvoker.Result result = (user.equals(ANONYMOUS) ? invoker : invoker.asUser(user))
                .invokeWithArgs(entry.fields().stream()
                        .map(field -> field.replace("DELIVERY", build.delivery())
                                .replace("JOB", build.run().getParent().getFullName()))
                        .toArray(String[]::new));
        return result.returnCode() == 0 || result.stderr().contains("The reason is missing");
    }

    @Test
    void shouldKnowThePermissionsOfThisPlugin() {
        Permission permission = Permission.fromId("io.jenkins.plugins.mdoq.web.MdoqPermissions.ReleaseLock");

        assertThat(permission).isSameAs(MdoqPermissions.RELEASE_LOCK);
        assertThat(Permission.getAll()).contains(permission);
        assertThat(permission.impliedBy).isSameAs(Item.CONFIGURE);
        assertThat(permission.description)
                .asString()
                .startsWith("Release the lock of a webhook instead of its endpoint");
        Permission view = Permission.fromId("io.jenkins.plugins.mdoq.web.MdoqPermissions.View");
        assertThat(view).isSameAs(MdoqPermissions.VIEW);
        assertThat(view.impliedBy).isSameAs(MdoqPermissions.RELEASE_LOCK);
        assertThat(MdoqPermissions.GROUP.title).hasToString("MDOQ webhooks");
    }
}

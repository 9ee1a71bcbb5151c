package io.jenkins.plugins.mdoq.config;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * What a credential holds is no part of the configuration: an unfit one of any sort never takes the controller along, nor
 * somebody else's save, and the event that needs it says so.
 */
class UnfitCredentialsInJenkinsTest {

    /** What credentials hold that are no secret, by their ids. */
    private static final Map<String, String> UNFIT = new LinkedHashMap<>(Map.of(
            "empty", "",
            "blank", "two words",
            "only-blanks", "   ",
            "umlaut", "schl\u00fcssel-schl\u00fcssel",
            "two-lines", "first-line\nsecond-line",
            "control", "tab\tin-it"));

    /** What credentials hold that are a secret all the same. */
    private static final Map<String, String> FIT = Map.of(
            "line-break", "s3cret-with-a-line-break\n",
            "carriage-return", "s3cret-with-a-return\r\n",
            "broken-key", "whsec_not-base64!");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private Endpoint endpoint;

    @BeforeEach
    void listen() throws Exception {
        endpoint = Endpoint.answering("{\"result\":\"success\"}");
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    /** One webhook for each sort of credential, which listens to an event of its name. */
    private String configurationAsCode() {
        StringBuilder credentials = new StringBuilder();
        StringBuilder webhooks = new StringBuilder();
        Map<String, String> all = new LinkedHashMap<>(UNFIT);
        all.putAll(FIT);
        all.forEach((id, text) -> credentials
                .append("          - string:\n              id: ")
                .append(id)
                .append("\n              scope: SYSTEM\n              secret: \"")
                .append(text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"))
                .append("\"\n"));
        credentials.append("          - string: {id: not-set, scope: SYSTEM, secret: \"${NOT_SET_ANYWHERE}\"}\n");
        credentials.append("          - usernamePassword: {id: wrong-kind, scope: SYSTEM, username: u, password: p}\n");
        credentials.append("          - string: {id: no-url, scope: SYSTEM, secret: \"T0AB12CD3\"}\n");
        for (String id : ids()) {
            webhooks.append("      - name: ")
                    .append(id)
                    .append("\n        url: ")
                    .append(endpoint.url())
                    .append("\n        tries: 1\n        secrets: [{credentialsId: ")
                    .append(id)
                    .append("}]\n        events: [{event: on-")
                    .append(id)
                    .append("}]\n");
        }
        webhooks.append("      - name: chat\n        urlCredentialsId: no-url\n        format: SLACK\n")
                .append("        events: [{event: on-chat}]\n");
        webhooks.append("      - name: hidden\n        urlCredentialsId: no-url\n        secrets: [{credentialsId:"
                + " line-break}]\n        events: [{event: on-hidden}]\n");
        return "jenkins:\n  systemMessage: from code\ncredentials:\n  system:\n    domainCredentials:\n"
                + "      - credentials:\n" + credentials.toString().replaceAll("(?m)^ {10}", "            ")
                + "unclassified:\n  mdoqReleaseHook:\n    webhooks:\n" + webhooks;
    }

    private static List<String> ids() {
        List<String> ids = new ArrayList<>(UNFIT.keySet());
        ids.addAll(FIT.keySet());
        ids.addAll(List.of("not-set", "wrong-kind", "missing"));
        return ids;
    }

    private static WorkflowRun fire(JenkinsRule j, String event, Result result) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("mdoqReleaseHook '" + event + "'", true));
        return j.buildAndAssertStatus(result, job);
    }

    private void assertAllWorks(JenkinsRule j) throws Exception {
        MdoqGlobalConfiguration configuration = MdoqGlobalConfiguration.get();
        assertThat(configuration.getProblem()).isNull();
        assertThat(configuration.engineWebhooks())
                .extracting(Webhook::name)
                .containsAll(ids())
                .contains("chat", "hidden");
        for (String id : ids()) {
            boolean fit = FIT.containsKey(id);
            WorkflowRun build = fire(j, "on-" + id, fit ? Result.SUCCESS : Result.FAILURE);
            if (fit) {
                assertThat(endpoint.take().get("secret").asText())
                        .isEqualTo(FIT.get(id).strip());
            } else {
                j.assertLogContains("the webhook has no secret: the credential " + id, build);
            }
        }
        j.assertLogContains("credential 'no-url': ", fire(j, "on-hidden", Result.FAILURE));
        j.assertLogContains("credential 'no-url': ", fire(j, "on-chat", Result.SUCCESS));
        assertThat(endpoint.waiting()).isZero();
        assertThat(ConfigurationHealth.problems()).hasSizeGreaterThanOrEqualTo(UNFIT.size() + 4);
    }

    private static void saveAnotherField(JenkinsRule j, String message) throws Exception {
        HtmlForm form = j.createWebClient().goTo("manage/configure").getFormByName("config");
        form.getTextAreaByName("system_message").setText(message);
        j.submit(form);
        assertThat(j.jenkins.getSystemMessage()).isEqualTo(message);
    }

    @Test
    void shouldTakeNothingAlongThroughBootSaveReloadAndFire() throws Throwable {
        Path[] code = new Path[1];
        sessions.then(j -> {
            code[0] = j.jenkins.getRootDir().toPath().resolve("jenkins.yaml");
            Files.writeString(code[0], configurationAsCode());
        });
        sessions.then(j -> {
            assertThat(j.jenkins.getSystemMessage()).as("booted from code").isEqualTo("from code");
            assertAllWorks(j);
            Files.delete(code[0]);
        });
        sessions.then(j -> {
            // Booted from what was saved.
            assertAllWorks(j);
            saveAnotherField(j, "by hand");
            assertAllWorks(j);
            MdoqGlobalConfiguration.get().load();
            assertAllWorks(j);
        });
    }

    private static WorkflowRun build(JenkinsRule j) {
        return j.jenkins.getItemByFullName("release", WorkflowJob.class).getBuildByNumber(1);
    }

    private static int release(JenkinsRule j, JsonNode body) throws Exception {
        ObjectNode moved = body.deepCopy();
        // The controller of a test has another port after each restart.
        moved.put("release_url", j.getURL() + "mdoq/lock/release");
        return Gate.release(moved, "{\"result\":\"success\"}").statusCode();
    }

    @Test
    void shouldResumeWhateverACredentialHoldsByThen() throws Throwable {
        JsonNode[] body = new JsonNode[1];
        sessions.then(j -> {
            Gate.configure(Gate.webhook("gate", endpoint, blocking("beforeRelease"), event("beforeReleaseComplete")));
            WorkflowJob job = j.createProject(WorkflowJob.class, "release");
            job.setDefinition(new CpsFlowDefinition(
                    "mdoqReleaseHook 'beforeRelease'\nmdoqReleaseHook 'beforeReleaseComplete'", true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            body[0] = endpoint.take();
            j.waitForMessage("answered 200 in", build);
        });
        sessions.then(j -> {
            j.waitForMessage("Ready to run", build(j));
            for (String unfit : UNFIT.values()) {
                SecretTexts.put("mdoq-secret", unfit);
                assertThat(release(j, body[0])).as("nobody has the secret").isEqualTo(401);
            }
            saveAnotherField(j, "saved while a build waits");
        });
        sessions.then(j -> {
            // Resumed with an unfit credential.
            j.waitForMessage("Ready to run", build(j));
            assertThat(release(j, body[0])).isEqualTo(401);
            SecretTexts.remove("mdoq-secret");
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "mdoq-secret", null, "u", "p"));
            assertThat(release(j, body[0])).as("of the wrong kind").isEqualTo(401);
            SecretTexts.put("mdoq-secret", Gate.SECRET + "\n");
            assertThat(release(j, body[0])).isEqualTo(200);
            j.assertBuildStatusSuccess(j.waitForCompletion(build(j)));
        });
    }

    @Test
    void shouldSayOfADeliveryThatIsResumedWhatItsCredentialLacks() throws Throwable {
        endpoint.behave(body -> {
            throw new IllegalStateException("out of order");
        });
        sessions.then(j -> {
            WebhookConfiguration gate = Gate.webhook("gate", endpoint, event("beforeRelease"));
            gate.setTries(100);
            Gate.configure(gate);
            WorkflowJob job = j.createProject(WorkflowJob.class, "release");
            job.setDefinition(new CpsFlowDefinition("mdoqReleaseHook 'beforeRelease'", true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            j.waitForMessage("attempt 1 of 100 failed", build);
            SecretTexts.put("mdoq-secret", "two words");
        });
        sessions.then(j -> {
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(build(j)));
            j.assertLogContains("the webhook has no secret: the credential mdoq-secret", build(j));
            j.assertLogNotContains("two words", build(j));
        });
    }
}

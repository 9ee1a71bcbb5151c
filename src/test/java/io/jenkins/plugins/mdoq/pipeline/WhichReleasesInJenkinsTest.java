package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.model.JenkinsLocationConfiguration;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.impl.SingleSCMSource;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which releases a webhook hears of, who guards them, and what it is told of them for certain. */
@WithJenkins
class WhichReleasesInJenkinsTest {

    private static final String SCRIPT = "mdoqReleaseHook 'beforeRelease'\necho 'went on'";
    private static final String COMMIT = "3f2a9c1d8be47a0c5d6e2f1b9a8c7d6e5f4a3b2c";

    private JenkinsRule j;
    private Endpoint endpoint;

    @BeforeEach
    void listen(JenkinsRule rule) throws Exception {
        j = rule;
        endpoint = Endpoint.answering("{\"result\":\"success\"}");
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private WebhookConfiguration forJobs(String name, String... jobs) {
        WebhookConfiguration webhook = webhook(name, endpoint, event("beforeRelease"));
        webhook.setJobs(List.of(jobs));
        return webhook;
    }

    private static WorkflowJob job(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static List<PassedBy> passedBy(WorkflowRun build) throws Exception {
        return BuildHistory.of(build).read().events().iterator().next().fired().passedBy();
    }

    @Test
    @DisplayName("protocol: which releases — a release in one team's folder is nobody else's business")
    void shouldAskOnlyTheWebhooksOfTheFolder() throws Exception {
        Gate.configure(forJobs("shop-gate", "shop/**", "!shop/sandbox/**"), forJobs("crm-gate", "crm/**"));
        MockFolder shop = j.createFolder("shop");
        MockFolder sandbox = shop.createProject(MockFolder.class, "sandbox");

        WorkflowRun release = j.buildAndAssertSuccess(job(shop.createProject(WorkflowJob.class, "release"), SCRIPT));

        assertThat(endpoint.take().get("webhook").asText()).isEqualTo("shop-gate");
        assertThat(endpoint.waiting()).isZero();
        assertThat(passedBy(release)).containsExactly(new PassedBy("crm-gate", "not for this job, but for crm/**"));
        j.assertLogContains("crm-gate   passed by: not for this job, but for crm/**", release);
        WorkflowRun trial =
                j.buildAndAssertStatus(Result.FAILURE, job(sandbox.createProject(WorkflowJob.class, "trial"), SCRIPT));
        j.assertLogContains(
                "'shop-gate' is not for the job shop/sandbox/trial, and 'crm-gate' is not for the job shop/sandbox/trial",
                trial);
        assertThat(endpoint.waiting()).isZero();
    }

    private WorkflowMultiBranchProject site() throws Exception {
        WorkflowMultiBranchProject site = j.createProject(WorkflowMultiBranchProject.class, "site");
        site.getSourcesList()
                .add(new BranchSource(new SingleSCMSource("fix/7", new SingleFileSCM("Jenkinsfile", SCRIPT))));
        return site;
    }

    @ParameterizedTest
    @ValueSource(strings = {"site/*", "site/fix/*", "site/fix%2F7", "!site/main"})
    @DisplayName(
            "protocol: which releases — the job of a branch is compared as Jenkins writes it, and as the branch is called")
    void shouldKnowABranchByBothOfItsNames(String pattern) throws Exception {
        Gate.configure(forJobs("gate", pattern), forJobs("others", "site/main"));
        WorkflowMultiBranchProject site = site();
        site.scheduleBuild2(0);
        j.waitUntilNoActivity();

        WorkflowJob branch = site.getItems().iterator().next();
        assertThat(branch.getFullName()).isEqualTo("site/fix%2F7");
        WorkflowRun build = j.assertBuildStatusSuccess(branch.getLastBuild());
        JsonNode body = endpoint.take();
        assertThat(body.get("webhook").asText()).isEqualTo("gate");
        assertThat(passedBy(build)).containsExactly(new PassedBy("others", "not for this job, but for site/main"));
        assertThat(body.at("/source/job").asText()).isEqualTo("site/fix%2F7");
        assertThat(body.at("/source/branch").asText()).isEqualTo("fix/7");
        assertThat(body.get("source").has("commit"))
                .as("the revision of a source that is no Git")
                .isFalse();
        assertThat(body.at("/source/causes/0/description").asText()).isNotEmpty();
    }

    @Test
    @DisplayName("protocol: source — the commit for which a multibranch project started the build")
    void shouldTellTheCommitOfABranch() throws Exception {
        Gate.configure(forJobs("gate"));
        WorkflowMultiBranchProject site = site();
        site.scheduleBuild2(0);
        j.waitUntilNoActivity();
        assertThat(endpoint.take().get("source").has("commit")).isFalse();

        SCMSource source = site.getSCMSources().get(0);
        site.getItems()
                .iterator()
                .next()
                .scheduleBuild2(0, new SCMRevisionAction(source, new Revision(new SCMHead("fix/7"), COMMIT)));
        j.waitUntilNoActivity();

        assertThat(endpoint.take().at("/source/commit").asText()).isEqualTo(COMMIT);
    }

    @Test
    @DisplayName("protocol: source — what Jenkins knows, whatever the Pipeline says")
    void shouldTellWhatJenkinsKnowsWhateverThePipelineSays() throws Exception {
        Gate.configure(forJobs("gate"));
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        User ann = User.getById("ann", true);
        WorkflowJob job = job(j.createFolder("shop").createProject(WorkflowJob.class, "release"), """
                withEnv(['JOB_NAME=forged', 'BRANCH_NAME=forged', 'GIT_COMMIT=forged', 'BUILD_NUMBER=99']) {
                    mdoqReleaseHook event: 'beforeRelease', instance: [job: 'forged', source: [job: 'forged']]
                }
                """);

        WorkflowRun build =
                j.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(ann.getId()))));

        JsonNode body = endpoint.take();
        assertThat(body.at("/instance/job").asText()).isEqualTo("forged");
        JsonNode source = body.get("source");
        assertThat(source.get("sender").asText()).isEqualTo("jenkins");
        assertThat(source.get("job").asText()).isEqualTo("shop/release");
        assertThat(source.get("build").asInt()).isEqualTo(build.getNumber());
        assertThat(source.get("url").asText())
                .isEqualTo(JenkinsLocationConfiguration.get().getUrl() + build.getUrl());
        assertThat(source.at("/causes/0/user").asText()).isEqualTo("ann");
        assertThat(source.at("/causes/0/description").asText()).contains("ann");
        assertThat(source.has("branch") || source.has("commit")).isFalse();

        WorkflowRun refused = j.buildAndAssertStatus(
                Result.FAILURE,
                job(
                        j.createProject(WorkflowJob.class),
                        "mdoqReleaseHook event: 'beforeRelease', data: [source: [job: 'forged']]"));
        j.assertLogContains("'source' in 'data' is a field of the protocol itself", refused);
    }

    @Test
    @DisplayName("protocol: nobody listens — scene: a release that no webhook guards fails, unless that was meant")
    void shouldFailAReleaseThatNobodyGuards() throws Exception {
        Gate.configure(webhook("other", endpoint, event("nightly")));

        for (String event : List.of("beforeRelease", "beforeReleaseComplete")) {
            WorkflowRun unguarded = j.buildAndAssertStatus(
                    Result.FAILURE, job(j.createProject(WorkflowJob.class), "mdoqReleaseHook '" + event + "'"));
            j.assertLogContains(
                    "MDOQ: nobody guards this release: no webhook listens to before_release or before_release_complete;"
                            + " add one of the two events to a webhook",
                    unguarded);
            j.assertLogNotContains("AbortException", unguarded);
        }
        WorkflowRun meant = j.buildAndAssertSuccess(job(
                j.createProject(WorkflowJob.class), "mdoqReleaseHook event: 'beforeRelease', failIfNoWebhook: false"));
        j.assertLogContains("before_release: no webhook listens", meant);
        j.buildAndAssertSuccess(job(j.createProject(WorkflowJob.class), "mdoqReleaseHook 'custom'"));
    }

    @Test
    void shouldPassASingleEventWithoutListenersUnlessSetToFail() throws Exception {
        Gate.configure(webhook("gate", endpoint, event("beforeReleaseComplete")));

        WorkflowRun build = j.buildAndAssertSuccess(job(j.createProject(WorkflowJob.class), SCRIPT));
        j.assertLogContains("before_release: no webhook listens", build);
        WorkflowRun strict = j.buildAndAssertStatus(
                Result.FAILURE,
                job(
                        j.createProject(WorkflowJob.class),
                        "mdoqReleaseHook event: 'beforeRelease', failIfNoWebhook: true"));
        j.assertLogContains("No MDOQ webhook listens to before_release that decides and is for the job", strict);
    }

    @Test
    void shouldNotTakeAChatForAGuard() throws Exception {
        WebhookConfiguration chat = new WebhookConfiguration("chat", endpoint.url());
        chat.setFormat("SLACK");
        chat.setEvents(List.of(event("beforeRelease")));
        Gate.configure(chat);

        WorkflowRun build = j.buildAndAssertStatus(Result.FAILURE, job(j.createProject(WorkflowJob.class), SCRIPT));

        j.assertLogContains("'chat' is a chat, which decides nothing", build);
        assertThat(endpoint.waiting()).isZero();
    }

    private WorkflowRun asking(String webhook, Result result) throws Exception {
        String script = "mdoqReleaseHook event: 'beforeRelease', webhooks: ['" + webhook + "']";
        return j.buildAndAssertStatus(result, job(j.createProject(WorkflowJob.class), script));
    }

    @Test
    void shouldAskOnlyTheNamedWebhooksAndRefuseOneThatIsNotThere() throws Exception {
        Gate.configure(
                webhook("release-gate", endpoint, event("beforeRelease")),
                webhook("slack", endpoint, event("beforeRelease")));
        asking("slack", Result.SUCCESS);
        assertThat(endpoint.take().get("webhook").asText()).isEqualTo("slack");
        assertThat(endpoint.waiting()).isZero();

        j.assertLogContains(
                "There is no MDOQ webhook 'slick'; configured are: [release-gate, slack]",
                asking("slick", Result.FAILURE));
    }

    /** A revision as Git's are: its text is the hash. */
    private static final class Revision extends SCMRevision {

        private static final long serialVersionUID = 1L;

        private final String hash;

        Revision(SCMHead head, String hash) {
            super(head);
            this.hash = hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Revision revision && revision.hash.equals(hash);
        }

        @Override
        public int hashCode() {
            return hash.hashCode();
        }

        @Override
        public String toString() {
            return hash;
        }
    }
}

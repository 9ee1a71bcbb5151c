package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Runs each Pipeline of the pages. Steps of other plugins, and commands that no machine has, are replaced by methods that
 * only say that they were called.
 */
@WithJenkins
class DocumentedPipelinesInJenkinsTest {

    private static final Pattern BLOCK = Pattern.compile("(?m)(<!-- file: (.+) -->\n)?^```groovy\n((?:.*\n)*?)```$");

    /** What the Pipelines of the pages run in mdoqRollback. */
    private static final Pattern UNDONE = Pattern.compile("sh: (./undo.sh.*|./deploy.sh 1.4.1)");

    private static final String REPLACED = """
            def sh(Object command) { echo "sh: ${command}" }
            def input(Map arguments) { echo 'input' }
            def registerWebhook() { [url: 'https://jenkins.example.com/webhook-step/1'] }
            def waitForWebhook(Object hook) { 'green' }
            def httpRequest(Map arguments) { [content: '{"ok": true}'] }
            def readJSON(Map arguments) { [ok: true] }
            def withSonarQubeEnv(String name, Closure body) { body() }
            def waitForQualityGate(Map arguments) { echo 'quality gate' }
            """;

    private static JenkinsRule j;

    private Endpoint endpoint;

    /** A Pipeline of a page. */
    record Example(String page, int number, String file, String text) {
        @Override
        public String toString() {
            return page + ", Pipeline " + number;
        }

        boolean rollsBack() {
            return text.contains("mdoqRollback");
        }

        boolean isDeclarative() {
            return text.startsWith("pipeline {");
        }
    }

    @BeforeAll
    static void controller(JenkinsRule rule) throws Exception {
        j = rule;
        WorkflowJob shop = j.createProject(WorkflowJob.class, "release-one-shop");
        shop.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("SHOP")));
        shop.setDefinition(new CpsFlowDefinition("echo \"releasing ${SHOP}\"", true));
    }

    @BeforeEach
    void listen() throws Exception {
        endpoint = Endpoint.behaving(body -> "{\"result\": \"success\"}");
        Gate.configure(webhook(
                "release-gate",
                endpoint,
                event("beforeRelease"),
                event("beforeReleaseComplete"),
                event("Passed regression testing")));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        for (Path page : pages) {
            List<MatchResult> blocks =
                    BLOCK.matcher(Files.readString(page)).results().toList();
            for (int i = 0; i < blocks.size(); i++) {
                examples.add(new Example(
                        page.toString(),
                        i + 1,
                        blocks.get(i).group(2),
                        blocks.get(i).group(3)));
            }
        }
        return examples;
    }

    static Stream<Example> pipelines() throws IOException {
        return examples().stream().filter(example -> example.file() == null);
    }

    static Stream<Example> pipelinesThatRollBack() throws IOException {
        // In a Pipeline that calls the shared library, the library rolls back.
        return pipelines()
                .filter(example -> (example.rollsBack() || example.text().startsWith("release("))
                        && example.text().contains("beforeReleaseComplete"));
    }

    /** The methods that a page's shared libraries bring. */
    private static String libraries() throws IOException {
        StringBuilder methods = new StringBuilder();
        for (Example example : examples()) {
            if (example.file() != null) {
                String name = example.file().replaceFirst("^vars/", "").replaceFirst("\\.groovy$", "");
                methods.append(example.text().replaceFirst("\\bdef call\\(", "def " + name + "("));
            }
        }
        return methods.toString();
    }

    private WorkflowRun run(Example example, Result result) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(REPLACED + libraries() + example.text(), true));
        return j.buildAndAssertStatus(result, job);
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void shouldRunWhenNobodyObjects(Example example) throws Exception {
        WorkflowRun build = run(example, Result.SUCCESS);

        if (example.rollsBack() && !example.text().contains("unsuccessful")) {
            j.assertLogContains("no webhook asked for a rollback; nothing to do", build);
        }
    }

    @ParameterizedTest
    @MethodSource("pipelinesThatRollBack")
    void shouldUndoTheReleaseWhenTheEndpointAsksForIt(Example example) throws Exception {
        endpoint.behave(body -> body.get("event").asText().equals("before_release_complete")
                ? "{\"result\": \"fail\", \"rollback_release\": true}"
                : "{}");
        // In this job, which has no branches, a Pipeline for some branches alone releases nothing.
        boolean released = !example.text().contains("when {");

        WorkflowRun build = run(example, released ? Result.FAILURE : Result.SUCCESS);

        if (released) {
            j.assertLogContains("A rollback of the release was asked for by the MDOQ webhook release-gate", build);
            assertThat(build.getLog(1_000)).as("the body of mdoqRollback").anyMatch(UNDONE.asMatchPredicate());
        }
    }

    @Test
    void shouldFindThePipelinesOfThePages() throws Exception {
        assertThat(examples().stream().map(Example::page))
                .contains("README.md", "docs/pipelines.md", "docs/moving-from.md");
        assertThat(pipelines().filter(Example::isDeclarative)).hasSizeGreaterThan(2);
        assertThat(pipelinesThatRollBack()).isNotEmpty();
    }
}

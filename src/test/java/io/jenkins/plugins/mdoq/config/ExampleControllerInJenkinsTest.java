package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.GroovyShell;
import hudson.model.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Runs the init hook of {@code mvn hpi:run} as Jenkins does. */
@WithJenkins
class ExampleControllerInJenkinsTest {

    private static JenkinsRule j;

    @BeforeAll
    static void controller(JenkinsRule rule) throws Exception {
        j = rule;
        System.setProperty("mdoq.example.port", "0");
        System.setProperty("mdoq.example.millis", "1");
        Path pipelines = Files.createDirectories(j.jenkins.getRootDir().toPath().resolve("example"));
        for (String name : List.of("scripted.Jenkinsfile", "declarative.Jenkinsfile")) {
            Files.copy(Examples.docs().resolve("examples").resolve(name), pipelines.resolve(name));
        }
        runHook();
    }

    @AfterAll
    static void forget() {
        System.clearProperty("mdoq.example.port");
        System.clearProperty("mdoq.example.millis");
    }

    private static void runHook() throws Exception {
        new GroovyShell(j.jenkins.getPluginManager().uberClassLoader)
                .evaluate(Examples.docs()
                        .resolve("examples/controller/example.groovy")
                        .toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scripted", "declarative"})
    void shouldHaveAPipelineThatTheEndpointHolds(String name) throws Exception {
        WorkflowRun build =
                j.buildAndAssertStatus(Result.SUCCESS, j.jenkins.getItemByFullName(name, WorkflowJob.class));

        j.assertLogContains("release-gate  lock held", build);
        j.assertLogContains("| 3 of 5 tests passed", build);
        j.assertLogContains("| all 5 tests passed", build);
        j.assertLogContains("before_release_complete: the release goes on: every webhook agreed", build);
    }

    @Test
    void shouldKeepWhatIsThereWhenJenkinsStartsAgain() throws Exception {
        MdoqGlobalConfiguration configuration = MdoqGlobalConfiguration.get();
        List<WebhookConfiguration> before = configuration.getWebhooks();
        WorkflowJob job = j.jenkins.getItemByFullName("scripted", WorkflowJob.class);

        runHook();

        assertThat(configuration.getWebhooks()).isEqualTo(before).hasSize(1);
        assertThat(j.jenkins.getItemByFullName("scripted", WorkflowJob.class)).isSameAs(job);
    }
}

package io.jenkins.plugins.mdoq.pipeline;

import static io.jenkins.plugins.mdoq.injenkins.Gate.event;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is in the history is gone on with after a crash, as the Pipeline's program was on disk before. */
@WithJenkins
class SavedProgramInJenkinsTest {

    private Endpoint endpoint;

    @BeforeEach
    void listen() throws Exception {
        endpoint = Endpoint.answering("{}");
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    /** Runs a Pipeline; gives the program that is on disk while the endpoint is asked. */
    private String programWhenAsked(JenkinsRule j, String script) throws Exception {
        CompletableFuture<String> program = new CompletableFuture<>();
        WorkflowJob job = j.createProject(WorkflowJob.class);
        Path file = job.getRootDir().toPath().resolve("builds/1/program.dat");
        endpoint.behave(body -> {
            program.complete(Files.exists(file) ? read(file) : "none");
            return "{\"result\":\"success\"}";
        });
        Gate.configure(webhook("gate", endpoint, event("beforeRelease")));
        job.setDefinition(new CpsFlowDefinition(script, true));
        j.buildAndAssertSuccess(job);
        return program.get(1, TimeUnit.MINUTES);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldAskNobodyBeforeTheProgramThatWaitsIsOnDisk(JenkinsRule j) throws Exception {
        assertThat(programWhenAsked(j, "mdoqReleaseHook 'beforeRelease'"))
                .contains(ReleaseHookStepExecution.class.getName());
    }

    @Test
    void shouldAskNobodyBeforeThatWhileAnotherBranchGoesOn(JenkinsRule j) throws Exception {
        assertThat(programWhenAsked(j, """
                        parallel gate: { mdoqReleaseHook 'beforeRelease' }, other: {
                            for (int i = 0; i < 30; i++) { echo "step $i" }
                        }
                        """)).contains(ReleaseHookStepExecution.class.getName());
    }

    @Test
    void shouldNoteTheEndOfARollbackWhenTheProgramBehindItsBodyIsOnDisk(JenkinsRule j) throws Exception {
        endpoint.behave(body -> "{\"result\":\"fail\",\"rollback_release\":true}");
        Gate.configure(webhook("gate", endpoint, event("beforeReleaseComplete")));
        WorkflowJob job = j.createProject(WorkflowJob.class);
        // What stands behind the rollback waits, so that the program stays on disk as the rollback left it.
        job.setDefinition(new CpsFlowDefinition("""
                catchError { mdoqReleaseHook 'beforeReleaseComplete' }
                parallel undo: { mdoqRollback { sleep 1 } }, other: { input 'go on?' }
                """, true));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        while (BuildHistory.of(build).read().finished(BuildHistory.ROLLBACK) == null) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        String program = read(build.getRootDir().toPath().resolve("program.dat"));

        assertThat(program)
                .contains(RollbackStepExecution.class.getName(), "InputStepExecution")
                .doesNotContain("SleepStep");
        build.doStop();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
    }
}

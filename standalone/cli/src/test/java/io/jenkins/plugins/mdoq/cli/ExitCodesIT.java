package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Each of the exit codes, produced by the jar. */
class ExitCodesIT extends JarFixture {

    private static final String STOP = "{\"result\":\"fail\",\"stop_release\":true,\"message\":\"freeze\"}";
    private static final String ROLLBACK = "{\"result\":\"fail\",\"rollback_release\":true,\"message\":\"smoke\"}";

    @Test
    void shouldEndWith0WhenReleased() throws Exception {
        configure("", "");

        JarRun run = release("touch released", "--instance", "name=shop", "branch=main", "--data", "ticket=OPS-1");

        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(exists("released")).isTrue();
        TestEndpoint.Request before = endpoint.next();
        assertThat(before.event()).isEqualTo("before_release");
        assertThat(before.body().get("instance"))
                .isEqualTo(json().put("name", "shop").put("branch", "main"));
        assertThat(before.body().get("ticket").asText()).isEqualTo("OPS-1");
        assertThat(before.header("User-agent"))
                .matches("MDOQ Webhook \\(https://www\\.mdoq\\.io\\) mdoq-release-hook/\\S+");
        TestEndpoint.Request complete = endpoint.next();
        assertThat(complete.event()).isEqualTo("before_release_complete");
        assertThat(complete.body().get("parent_log")).isEqualTo(before.body().get("parent_log"));
        assertThat(run.out()).contains("[MDOQ] the end: released (exit code 0)");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void shouldEndWith0AndAWarningWhenAFailMakesTheReleaseUnstable() throws Exception {
        configure("", "onFail: UNSTABLE");
        endpoint.answering("before_release", "{\"result\":\"fail\",\"message\":\"high load\"}");

        JarRun run = release("touch released");

        assertThat(run.exitCode()).isEqualTo(0);
        assertThat(exists("released")).isTrue();
        assertThat(run.out()).contains("[MDOQ] warning: released although gate objected to before_release");
    }

    @Test
    void shouldEndWith1WhenTheHistoryCannotBeWritten() throws Exception {
        configure("", "");
        Files.createFile(folder.resolve("h"));

        JarRun run = release("touch released");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .containsExactly("mdoq-release-hook: the history folder h cannot be made or written: the file h is in"
                        + " the way");
        assertThat(endpoint.calls()).isZero();
    }

    @Test
    void shouldEndWith2OnAWrongConfiguration() throws Exception {
        configure("tries: -1", "");

        JarRun run = release("touch released");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .containsExactly("mdoq-release-hook: mdoq.yaml:5: tries is -1; write a whole number from 1 to 100");
        assertThat(run.out()).isEmpty();
        assertThat(exists("h")).isFalse();
    }

    @Test
    void shouldEndWith2OnWrongUsage() throws Exception {
        JarRun run = start("release", "--run", "true");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .containsExactly("mdoq-release-hook: Missing required option: '--config=FILE';"
                        + " see mdoq-release-hook release --help");
    }

    @Test
    void shouldEndWith2WhenThePortIsTaken() throws Exception {
        configure("", "");
        try (ServerSocket taken = new ServerSocket(0)) {
            JarRun run = release("true", "--listen", "127.0.0.1:" + taken.getLocalPort());

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "mdoq-release-hook: --listen 127.0.0.1:" + taken.getLocalPort() + ": cannot listen there: ")
                    .endsWith("; choose another address or port");
        }
    }

    @Test
    void shouldEndWith3WhenTheEndpointIsDown() throws Exception {
        configure("tries: 1", "");
        endpoint.close();

        JarRun run = release("touch released");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(exists("released")).isFalse();
        assertThat(run.out()).contains("[MDOQ] the end: failed (exit code 3)");
    }

    @Test
    void shouldEndWith3OnAFailThatIsConfiguredToFail() throws Exception {
        configure("", "onFail: FAIL");
        endpoint.answering("before_release", "{\"result\":\"fail\",\"message\":\"no\"}");

        assertThat(release("touch released").exitCode()).isEqualTo(3);
        assertThat(exists("released")).isFalse();
    }

    @Test
    void shouldEndWith4WhenStopped() throws Exception {
        configure("", "");
        endpoint.answering("before_release", STOP);

        JarRun run = release("touch released", "--rollback", "touch undone");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(exists("released")).isFalse();
        assertThat(exists("undone")).isFalse();
        assertThat(run.out()).contains("[MDOQ] before_release: the release is stopped, decided by gate: freeze");
    }

    @Test
    void shouldEndWith5WhenRolledBack() throws Exception {
        configureListening("");
        endpoint.answering("before_release_complete", ROLLBACK);

        JarRun run = release("touch released", "--rollback", "mv released undone");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(exists("undone")).isTrue();
        assertThat(endpoint.next().event()).isEqualTo("before_release");
        assertThat(endpoint.next().event()).isEqualTo("before_release_complete");
        TestEndpoint.Request told = endpoint.next();
        assertThat(told.event()).isEqualTo("release_ended");
        assertThat(told.body().get("outcome").asText()).isEqualTo("rolled_back");
        assertThat(told.body().get("reason").asText())
                .isEqualTo("the release is cancelled, a rollback is asked for, decided by gate: smoke");
    }

    @Test
    void shouldEndWith5WithoutARollbackCommandAsLongAsNothingWasReleased() throws Exception {
        configure("", "");
        endpoint.answering("before_release", ROLLBACK);

        JarRun run = release("touch released");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(exists("released")).isFalse();
        assertThat(run.out()).contains("[MDOQ] rollback: nothing was released, so there is nothing to undo");
    }

    @Test
    void shouldNotRunTheRollbackCommandAsLongAsNothingWasReleased() throws Exception {
        configure("", "");
        endpoint.answering("before_release", ROLLBACK);

        JarRun run = release("touch released", "--rollback", "touch undone");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(exists("undone")).isFalse();
        assertThat(run.out())
                .contains("[MDOQ] rollback: nothing was released, so there is nothing to undo; the rollback command is"
                        + " not run");
    }

    @Test
    void shouldEndWith6WhenTheCommandFails() throws Exception {
        configure("", "");

        JarRun run = release("exit 3", "--rollback", "touch undone");

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.out()).contains("[MDOQ] release: failed (3)");
        assertThat(exists("undone")).isFalse();
        assertThat(endpoint.calls()).as("before_release alone is fired").isEqualTo(1);
    }

    @Test
    void shouldEndWith7WhenTheRollbackCommandFails() throws Exception {
        configureListening("");
        endpoint.answering("before_release_complete", ROLLBACK);

        JarRun run = release("true", "--rollback", "exit 9");

        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.out()).contains("[MDOQ] rollback: failed (9)");
        endpoint.next();
        endpoint.next();
        TestEndpoint.Request told = endpoint.next();
        assertThat(told.body().get("outcome").asText()).isEqualTo("rollback_failed");
        assertThat(told.body().get("reason").asText()).startsWith("the rollback command failed with exit status 9");
    }

    @Test
    void shouldEndWith7WithoutARollbackCommandAndUndoTheReleaseOnceThereIsOne() throws Exception {
        configure("", "");
        endpoint.answering("before_release_complete", ROLLBACK);

        assertThat(release("touch released").exitCode()).isEqualTo(7);
        assertThat(release("touch released", "--rollback", "mv released undone").exitCode())
                .isEqualTo(5);
        assertThat(exists("undone")).isTrue();
    }
}

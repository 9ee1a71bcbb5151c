package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.cli.CLICommandInvoker;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.HistoryPages;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code mdoq-waiting} and {@code mdoq-release} of {@code jenkins-cli}. */
@WithJenkins
class CommandsInJenkinsTest {

    private static JenkinsRule j;

    private Endpoint endpoint;

    @BeforeAll
    static void controller(JenkinsRule rule) {
        j = rule;
        new HistoryPages(j);
    }

    @BeforeEach
    void listen() throws Exception {
        endpoint = Endpoint.answering("{\"result\":\"success\"}");
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private static CLICommandInvoker.Result run(String user, String command, String... arguments) {
        return new CLICommandInvoker(j, command).asUser(user).invokeWithArgs(arguments);
    }

    private static CLICommandInvoker.Result release(String user, WaitingBuild build, String... more) {
        Stream<String> which = Stream.of(
                build.run().getParent().getFullName(),
                Integer.toString(build.run().getNumber()));
        return run(user, "mdoq-release", Stream.concat(which, Stream.of(more)).toArray(String[]::new));
    }

    private void end(WaitingBuild build) throws Exception {
        Gate.release(build.body(), "{}");
        build.end(j, Result.SUCCESS);
    }

    @Test
    void shouldListWhatWaitsToThoseWhoMayReadIt() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Gate.log(build.body(), "half way");

        CLICommandInvoker.Result readers = run("reader", "mdoq-waiting");
        CLICommandInvoker.Result strangers = run("stranger", "mdoq-waiting");
        JsonNode json = new ObjectMapper()
                .readTree(run("operator", "mdoq-waiting", "--json").stdout());

        assertThat(readers.returnCode()).isZero();
        assertThat(readers.stdout())
                .contains(build.run().getParent().getFullName(), "release-gate", "before_release", "half way")
                .contains(build.delivery())
                .doesNotContain(build.lock(), Gate.SECRET);
        assertThat(strangers.stdout()).contains("No build waits for a lock.").doesNotContain("release-gate");
        assertThat(json.at("/locks/0/delivery").asText()).isEqualTo(build.delivery());
        assertThat(json.at("/locks/0/mayRelease").booleanValue()).isTrue();
        end(build);
        assertThat(run("reader", "mdoq-waiting").stdout()).contains("No build waits for a lock.");
    }

    @Test
    void shouldReleaseTheLockAndSayWhoDidIt() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        CLICommandInvoker.Result result =
                release("operator", build, "--result", "fail", "--stop", "--reason", "not on Fridays");

        assertThat(result.returnCode()).as(result.stderr()).isZero();
        assertThat(result.stdout()).contains(build.delivery(), "stop");
        build.end(j, Result.ABORTED);
        Fact.Released released = BuildHistory.of(build.run())
                .read()
                .events()
                .iterator()
                .next()
                .entry(build.delivery())
                .release();
        assertThat(released.by()).isEqualTo("operator operator through jenkins-cli");
        assertThat(released.data().get("message").asText()).isEqualTo("not on Fridays");
    }

    @Test
    void shouldRefuseThoseWhoMayNot() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        assertThat(release("reader", build, "--result", "success").returnCode()).isEqualTo(6);
        assertThat(release("builder", build, "--result", "success").returnCode())
                .isEqualTo(6);
        CLICommandInvoker.Result stranger = release("stranger", build, "--result", "success");
        assertThat(stranger.returnCode()).as("knows of no such job").isEqualTo(3);
        assertThat(stranger.stderr()).contains("There is no job").doesNotContain("release-gate");
        end(build);
    }

    @Test
    void shouldSayWhatIsWrong() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        CLICommandInvoker.Result reason = release("operator", build, "--result", "fail", "--rollback");
        assertThat(reason.returnCode()).isEqualTo(3);
        assertThat(reason.stderr()).contains("ERROR: The reason is missing; say why it is a rollback.");
        assertThat(release("operator", build, "--result", "maybe").returnCode()).isEqualTo(3);
        assertThat(release("operator", build).returnCode()).as("no --result").isEqualTo(2);
        assertThat(release("operator", build, "--result", "success", "--webhook", "other")
                        .stderr())
                .contains("other holds no lock", "release-gate (" + build.delivery() + ")");
        assertThat(run("operator", "mdoq-release", build.run().getParent().getFullName(), "99", "--result", "success")
                        .returnCode())
                .isEqualTo(3);
        end(build);
        CLICommandInvoker.Result late =
                release("operator", build, "--result", "fail", "--reason", "x", "--delivery", build.delivery());
        assertThat(late.returnCode()).isEqualTo(5);
        assertThat(late.stderr()).contains("was already released by endpoint at");
    }
}

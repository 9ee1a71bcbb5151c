package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.cli.ExampleEndpoint.Example;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Runs a release with each endpoint of docs/examples/endpoints, as its reader would, where this machine has what runs it. */
class EndpointExamplesIT extends ExampleFixture {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "POLLING")
    void shouldHoldTheReleaseUntilTheCommandHasEnded(Example example) throws Exception {
        ExampleEndpoint endpoint = start(example, "echo 1 of 2; echo '2 of 2: \"all\" green & well'");
        JarRun run = release(endpoint, true);

        assertThat(run.exitCode()).as(() -> textOf(run)).isZero();
        assertThat(isReleased()).isTrue();
        assertThat(run.out())
                .contains("[MDOQ]   release-gate  | 1 of 2", "[MDOQ]   release-gate  | 2 of 2: \"all\" green & well")
                .anyMatch(line -> line.contains("lock released by endpoint at 127.0.0.1"));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "POLLING")
    void shouldStopTheReleaseIfTheCommandFails(Example example) throws Exception {
        ExampleEndpoint endpoint = start(example, "echo checkout is red; false");
        JarRun run = release(endpoint, true);

        assertThat(run.exitCode()).as(() -> textOf(run)).isEqualTo(4);
        assertThat(isReleased()).isFalse();
        assertThat(run.out()).anyMatch(line -> line.endsWith("decided by release-gate: checkout is red"));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "POLLING")
    void shouldNotLetAReleaseBeginThatDoesNotWaitForTheCommand(Example example) throws Exception {
        JarRun run = release(start(example, "true"), false);

        assertThat(run.exitCode()).as(() -> textOf(run)).isEqualTo(example == Example.WEBHOOK ? 3 : 4);
        assertThat(isReleased()).isFalse();
    }

    @Test
    void shouldBeAskedAgainAndAgainByAReleaseThatNobodyCanCallBack() throws Exception {
        ExampleEndpoint endpoint = start(Example.POLLING, "echo green; sleep 2");
        JarRun run = release(endpoint, false);

        assertThat(run.exitCode()).as(() -> textOf(run)).isZero();
        assertThat(isReleased()).isTrue();
        assertThat(run.out())
                .contains("[MDOQ]   release-gate  | green")
                .anyMatch(line -> line.contains("HTTP status 425 without a result"));
        assertThat(endpoint.files()).hasSize(2);
    }

    @Test
    void shouldStopTheReleaseByPollingIfTheCommandFails() throws Exception {
        JarRun run = release(start(Example.POLLING, "echo checkout is red; false"), false);

        assertThat(run.exitCode()).as(() -> textOf(run)).isEqualTo(4);
        assertThat(run.out()).anyMatch(line -> line.endsWith("decided by release-gate: checkout is red"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeShort(Example example) throws Exception {
        assertThat(Files.readAllLines(example.path())).hasSizeLessThanOrEqualTo(60);
    }
}

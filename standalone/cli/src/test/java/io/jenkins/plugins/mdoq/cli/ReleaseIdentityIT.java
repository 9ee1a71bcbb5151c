package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A history folder belongs to one release. */
class ReleaseIdentityIT extends JarFixture {

    private static final String NEXT = "; for a new release name a --history of its own, or none";

    @BeforeEach
    void configure() throws Exception {
        configure("", "");
    }

    @Test
    void shouldRefuseTheFolderOfTheLastVersionForTheNextOne() throws Exception {
        assertThat(release("echo x >> deployed", "--instance", "version=v42").exitCode())
                .isEqualTo(0);
        int calls = endpoint.calls();

        JarRun next = release("echo x >> deployed", "--instance", "version=v43");

        assertThat(next.exitCode()).isEqualTo(2);
        assertThat(next.err())
                .singleElement()
                .asString()
                .matches("mdoq-release-hook: --history h belongs to another release, which has ended \\(released at"
                        + " \\S+ \\S+ UTC\\): --instance version was 'v42' and is 'v43'" + NEXT);
        assertThat(next.out()).isEmpty();
        assertThat(folder.resolve("deployed")).hasContent("x");
        assertThat(endpoint.calls()).isEqualTo(calls);
    }

    @Test
    void shouldRefuseOtherCommandsAndKeepNoneOfThem() throws Exception {
        assertThat(release("echo hunter2", "--rollback", "true").exitCode()).isEqualTo(0);

        assertRefused(
                release("echo hunter3", "--rollback", "true"), "--run is not the command line that it was begun with");
        assertRefused(
                release("echo hunter2", "--rollback", "false"),
                "--rollback is not the command line that it was begun with");
        assertThat(release("echo hunter2").exitCode())
                .as("the rollback command may be left out")
                .isEqualTo(0);
        assertThat(folder.resolve("h").resolve("webhook-history.jsonl"))
                .content()
                .contains(ReleaseIdentity.digest("echo hunter2"))
                .doesNotContain("hunter2");
    }

    @Test
    void shouldRefuseOtherDataAndInstancesWithMoreOrLess() throws Exception {
        assertThat(release("true", "--instance", "name=shop", "--data", "ticket=1")
                        .exitCode())
                .isEqualTo(0);

        assertRefused(
                release("true", "--instance", "name=shop", "--data", "ticket=2"), "--data ticket was '1' and is '2'");
        assertRefused(release("true", "--instance", "name=shop"), "--data ticket was '1' and is not given");
        assertRefused(
                release("true", "--instance", "name=shop", "stage=live", "--data", "ticket=1"),
                "--instance stage was not given and is 'live'");
    }

    @Test
    void shouldRefuseTheFolderOfTheOtherCommand() throws Exception {
        assertThat(fire("before_release").exitCode()).isEqualTo(0);

        assertRefused(release("true"), "it was begun by the command 'fire', not by 'release'");
    }

    @Test
    void shouldTakeSeveralEventsAboutOneRelease() throws Exception {
        assertThat(fire("before_release", "--data", "part=1").exitCode()).isEqualTo(0);
        assertThat(fire("deployed", "--data", "part=2").exitCode()).isEqualTo(0);

        assertRefused(fire("before_release", "--data", "part=2"), "--data part was '1' and is '2'");
        assertRefused(fire("next", "--instance", "version=2"), "--instance version was not given and is '2'");
    }

    @Test
    void shouldCompareWhatIsMaskedAndShowNoSecret() throws Exception {
        assertThat(release("true", "--instance", "note=" + SECRET).exitCode()).isEqualTo(0);
        assertThat(release("true", "--instance", "note=" + SECRET).exitCode()).isEqualTo(0);

        JarRun other = release("true", "--instance", "note=2" + SECRET);

        assertRefused(other, "--instance note was '****' and is '2****'");
    }

    @Test
    void shouldTakeTheFolderOfAnOlderVersionForWhatItSaysOfItself() throws Exception {
        assertThat(release("true", "--instance", "version=1").exitCode()).isEqualTo(0);
        Path journal = folder.resolve("h").resolve("webhook-history.jsonl");
        Files.write(
                journal,
                Files.readAllLines(journal).stream()
                        .filter(line -> !line.contains("\"begun\""))
                        .toList());

        assertThat(release("true", "--instance", "version=1").exitCode()).isEqualTo(0);
        assertRefused(release("true", "--instance", "version=2"), "--instance version was '1' and is '2'");
    }

    private JarRun fire(String event, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("fire", "--config", "mdoq.yaml", "--history", "h", "--event", event));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    private static void assertRefused(JarRun run, String why) throws Exception {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .singleElement()
                .asString()
                .startsWith("mdoq-release-hook: --history h belongs to another release")
                .endsWith(": " + why + NEXT);
    }
}

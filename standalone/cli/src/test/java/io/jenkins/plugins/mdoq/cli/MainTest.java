package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the program answers to being called wrongly. */
class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Main(console, Map.of("MDOQ_SECRET", "s3cret-of-the-gate")).run(args);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                wrong("a command is missing; see mdoq-release-hook --help"),
                wrong(
                        "Unmatched arguments from index 0: 'deploy', 'now'; see mdoq-release-hook --help",
                        "deploy",
                        "now"),
                wrong("Unknown option: '--fast'; see mdoq-release-hook history --help", "history", "h", "--fast"),
                wrong(
                        "Unmatched argument at index 0: 'relaese'; did you mean release? See mdoq-release-hook --help",
                        "relaese"),
                wrong(
                        "Unknown option: '--jsn'; did you mean --json? See mdoq-release-hook history --help",
                        "history",
                        "h",
                        "--jsn"),
                wrong(
                        "Unknown option: '--rollbackOnFailure=yes'; did you mean --rollback-on-failure? See"
                                + " mdoq-release-hook release --help",
                        "release",
                        "--config",
                        "c",
                        "--run",
                        "r",
                        "--rollbackOnFailure=yes"),
                wrong("Unknown subcommand 'chekc'.; did you mean check? See mdoq-release-hook --help", "help", "chekc"),
                wrong(
                        "there is no folder no-such-folder, where runs without --history have their histories; name the"
                                + " folder of yours",
                        "history",
                        "no-such-folder",
                        "--prune",
                        "1d"),
                wrong(
                        "--instance =shop is not KEY=VALUE; write it such as branch=main",
                        "release",
                        "--config",
                        "c",
                        "--run",
                        "r",
                        "--instance",
                        "a=",
                        "=shop"),
                wrong(
                        "--data a is not KEY=VALUE; write it such as branch=main",
                        "release",
                        "--config",
                        "c",
                        "--run",
                        "r",
                        "--data",
                        "a"),
                wrong(
                        "--data names a twice; keep one of them",
                        "release",
                        "--config",
                        "c",
                        "--run",
                        "r",
                        "--data",
                        "a=1",
                        "--data",
                        "a=2"),
                wrong(
                        "Invalid value for positional parameter at index 0 (SCENARIO): 'explode' is no scenario;"
                                + " write one of success, fail, stop, rollback, lock, chat, expired, down, crash, try;"
                                + " see mdoq-release-hook demo --help",
                        "demo",
                        "explode"),
                wrong(
                        "--event: an event needs a name without control characters; write beforeRelease,"
                                + " beforeReleaseComplete or the name of a custom event",
                        "fire",
                        "--config",
                        "c",
                        "--event",
                        " "),
                wrong(
                        "--job is blank or holds control characters; write a name such as mdoq-release-hook",
                        "fire",
                        "--config",
                        "c",
                        "--event",
                        "e",
                        "--job",
                        "a\nb"),
                wrong(
                        "no-such.yaml: the configuration file cannot be read: there is no no-such.yaml; see --config",
                        "release",
                        "--config",
                        "no-such.yaml",
                        "--run",
                        "true"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldComplainInOneLine(String[] args, String complaint) {
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("mdoq-release-hook: " + complaint + System.lineSeparator());
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void shouldRefuseDataThatWouldHideAFieldOfTheProtocol(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("c.yaml"), """
            webhooks:
              - name: gate
                url: http://127.0.0.1:1/
                secret: ${MDOQ_SECRET}
                events:
                  - event: e
            """);
        Path history = folder.resolve("h");

        assertThat(run(
                        "fire",
                        "--config",
                        config.toString(),
                        "--event",
                        "e",
                        "--history",
                        history.toString(),
                        "--data",
                        "lock=mine"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("mdoq-release-hook: ")
                .contains("lock");
        assertThat(history.resolve("webhook-history.jsonl")).doesNotExist();
    }

    @Test
    void shouldPrintWhereAnErrorCameFromOnlyIfAsked() {
        assertThat(run("history", "no-such-folder")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(1);

        assertThat(run("history", "no-such-folder", "--verbose")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("UsageException", "at io.jenkins.plugins.mdoq.cli.");
    }

    @Test
    void shouldNotTakeAHistoryThatIsOutOfReachForNone(@TempDir Path folder) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("not-mounted"));

        assertThat(run("history", link.toString())).isEqualTo(ExitCode.INTERNAL_ERROR.number());
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("webhook-history.jsonl: cannot be reached, as " + link + " is not a folder");
    }

    @Test
    void shouldAskForTheFolderWhereAFileWasNamed(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("webhook-history.jsonl"));

        assertThat(run("history", file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(file + " is a file; name the folder that --history named");
    }

    @Test
    void shouldDocumentItsExitCodesInItsHelp() {
        assertThat(run("release", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "Exit codes:", "0       released", "7       the rollback command failed", "--rerun", "kill -9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"release", "fire", "history", "check", "demo", "version"})
    void shouldDocumentTheExitCodesOfEachCommand(String command) {
        assertThat(run("help", command)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("Exit codes:\\R +0 ")
                .contains("Usage: mdoq-release-hook " + command);
    }

    @Test
    void shouldSayWhichProgramItIs() {
        assertThat(run("version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("mdoq-release-hook ")
                .contains("Java " + Runtime.version());
    }

    @Test
    void shouldListItsCommandsInItsHelp() {
        assertThat(run("help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("release", "fire", "history", "check", "demo", "version", "help", "generate-completion");
    }

    private static Arguments wrong(String complaint, String... args) {
        return Arguments.of(args, complaint);
    }
}

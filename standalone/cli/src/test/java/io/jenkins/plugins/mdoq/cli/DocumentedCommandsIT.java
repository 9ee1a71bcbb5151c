package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.cli.Documents.Block;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Runs the shell commands of each page, one after the other, as a reader would who copies them into one shell: with the
 * runnable jar at hand, in a folder of its own, on ports of its own. A block behind {@code <!-- file: NAME -->} is saved
 * to that file first; one behind {@code <!-- ends with: CODE -->} has to end so. One behind {@code <!-- before: COMMAND -->}
 * needs what a reader has who does not begin with nothing, such as a release that waits: COMMAND, of {@code documents/before.sh},
 * makes it. A block behind {@code <!-- printed by: the command above -->} is all that the block before it has to print.
 *
 * <p>What is not run stands with its reason in {@code documents/not-run.yaml}, by page and first line.
 */
class DocumentedCommandsIT {

    /** Programs that a machine need not have; a page that uses one is skipped without it. */
    private static final List<String> PROGRAMS = List.of("php", "node", "npm", "python3", "openssl", "curl", "webhook");

    private static final Path RESOURCES = Path.of("src/test/resources/documents");

    @TempDir
    Path folder;

    /** What is not run: page and first line, with the reason. */
    private static Map<String, String> notRun() throws IOException {
        Map<String, String> reasons = new LinkedHashMap<>();
        String text = Files.readString(RESOURCES.resolve("not-run.yaml"));
        Object pages = new Load(LoadSettings.builder().build()).loadFromString(text);
        ((Map<?, ?>) pages)
                .forEach((page, blocks) -> ((Map<?, ?>) blocks)
                        .forEach((line, reason) -> reasons.put(page + ": " + line, String.valueOf(reason))));
        return reasons;
    }

    private static String key(Block block) {
        return block.page() + ": " + block.firstLine();
    }

    private static boolean isRun(Block block, Map<String, String> notRun) {
        return block.language().equals("sh") && !notRun.containsKey(key(block));
    }

    static Stream<String> pagesWithCommands() throws IOException {
        Map<String, String> notRun = notRun();
        return Documents.blocks("sh").stream()
                .filter(block -> isRun(block, notRun))
                .map(Block::page)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void shouldRunAsWritten(String page) throws Exception {
        Map<String, String> notRun = notRun();
        StringBuilder script = new StringBuilder(Files.readString(RESOURCES.resolve("before.sh")));
        for (Block block : Documents.blocks(page, Documents.read(page))) {
            if (block.directive().equals("file")) {
                script.append(
                        "cat > '%s' <<'END-OF-THE-FILE'\n%sEND-OF-THE-FILE\n".formatted(block.value(), block.text()));
            } else if (block.directive().equals("printed by")) {
                script.append("printed '%s' <<'END-OF-THE-OUTPUT'\n%sEND-OF-THE-OUTPUT\n".formatted(block, block.text()));
            } else if (isRun(block, notRun)) {
                assumePrograms(block);
                append(script, block);
            }
        }
        script.append("printf '\\nall commands of the page were run\\n'\n");

        Map<String, String> environment = Map.of("HOME", folder.toString(), "JAVA_HOME", System.getProperty("java.home"));
        try (JarRun run = JarRun.command(folder(), environment, List.of("bash", "-c", onPortsOfItsOwn(script)))) {
            int code = run.exitCode();
            assertThat(run.out())
                    .as(() -> "exit code " + code + ", standard error: " + textOf(run))
                    .contains("all commands of the page were run");
        }
    }

    private static void append(StringBuilder script, Block block) {
        String expected = block.directive().equals("ends with") ? block.value() : "0";
        String before = block.directive().equals("before") ? block.value() : ":";
        script.append("echo '### %s'\n%s || exit 1\n".formatted(block, before))
                .append("{ eval \"$(cat <<'END-OF-THE-BLOCK'\n%sEND-OF-THE-BLOCK\n)\"; } > .printed\n"
                        .formatted(block.text()))
                .append("code=$?\ncat .printed\n")
                .append("[ $code = %s ] || { echo \"%s ended with $code\" >&2; exit 1; }\n".formatted(expected, block));
    }

    /** A folder with what the pages take for given: the jar, and the repository's documents. */
    private Path folder() throws IOException {
        Files.createSymbolicLink(folder.resolve("mdoq-release-hook.jar"), Path.of(System.getProperty("mdoq.jar")));
        Files.createSymbolicLink(folder.resolve("docs"), Documents.ROOT.resolve("docs"));
        return folder;
    }

    /** So that two runs on one machine do not meet. */
    private static String onPortsOfItsOwn(CharSequence script) throws IOException {
        Map<String, String> ports = new HashMap<>();
        String text = script.toString();
        for (String port : List.of("8097", "8098", "8099")) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.put(port, String.valueOf(socket.getLocalPort()));
            }
        }
        for (Map.Entry<String, String> port : ports.entrySet()) {
            text = text.replaceAll("\\b" + port.getKey() + "\\b", port.getValue());
        }
        return text;
    }

    private static void assumePrograms(Block block) {
        for (String program : PROGRAMS) {
            // What comes before is made with these two.
            boolean needed = block.directive().equals("before") && List.of("python3", "curl").contains(program);
            if (needed || block.text().matches("(?s)(.*[\\s(|])?" + program + "\\s.*")) {
                ExampleEndpoint.assumeProgram(program, "what is in " + block.page());
            }
        }
    }

    private static String textOf(JarRun run) {
        try {
            return run.err().toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Test
    void shouldKnowEachBlockThatItDoesNotRun() throws Exception {
        assertThat(notRun().keySet())
                .as("entries of not-run.yaml, each of which is a block")
                .isSubsetOf(Documents.blocks("sh").stream()
                        .map(DocumentedCommandsIT::key)
                        .toList());
        assertThat(notRun().values()).allSatisfy(reason -> assertThat(reason).hasSizeGreaterThan(10));
    }
}

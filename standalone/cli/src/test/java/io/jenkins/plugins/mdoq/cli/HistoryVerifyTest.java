package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.mdoq.history.Begun;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code history --verify} says of a history, and the exit code that goes with it. */
class HistoryVerifyTest {

    private static final Instant AT = Instant.parse("2026-08-01T10:00:00Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path parent;

    private int run(String... args) {
        out.reset();
        err.reset();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Main(console, Map.of()).run(args);
    }

    private int verify(Path folder, String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "history";
        args[1] = folder.toString();
        args[2] = "--verify";
        System.arraycopy(more, 0, args, 3, more.length);
        return run(args);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private static List<Fact> facts() {
        return List.of(
                new Begun(AT, "fire", Map.of()),
                new Fact.Fired(AT, "e", "e", 1, JsonNodeFactory.instance.objectNode(), null, List.of()),
                new Fact.Settled(AT, "e", Outcome.STOP, Action.STOP, "gate", "freeze"));
    }

    /** The history of a run that has ended: three lines. */
    private Path history(String name) throws IOException {
        try (HistoryFolder folder = HistoryFolder.open(parent.resolve(name), AT)) {
            folder.journal().append(facts());
            return folder.path();
        }
    }

    private static Path file(Path folder) {
        return Journal.in(folder).file();
    }

    private static String lastHash(Path folder) throws IOException {
        return Journal.in(folder).check("").lastHash();
    }

    private static void keepLines(Path folder, int from, int to) throws IOException {
        List<String> lines = Files.readAllLines(file(folder)).subList(from, to);
        Files.writeString(file(folder), String.join("\n", lines) + "\n");
    }

    @Test
    void shouldCallAHistoryWhole() throws Exception {
        Path folder = history("h");

        assertThat(verify(folder)).isZero();
        assertThat(printed())
                .isEqualTo(folder + ": whole: each of its 3 lines fits the one before; the last one's hash is "
                        + lastHash(folder));
    }

    @Test
    void shouldSayWhichLineIsTorn() throws Exception {
        Path folder = history("h");
        Files.writeString(file(folder), "{\"fact\":\"prog", StandardOpenOption.APPEND);

        assertThat(verify(folder)).isEqualTo(3);
        assertThat(printed())
                .startsWith(folder + ": torn at the end: line 4 was cut short")
                .doesNotContain("\n");
    }

    @Test
    void shouldSayThatTheEndIsMissing() throws Exception {
        Path folder = history("h");
        keepLines(folder, 0, 2);

        assertThat(verify(folder)).isEqualTo(3);
        assertThat(printed().lines()).hasSize(2).first().asString().startsWith(folder + ": whole: each of its 2 lines");
        assertThat(printed())
                .endsWith(
                        folder + ": its end is missing: e has no verdict, so the process was killed before that, or the"
                                + " lines from there on were cut off");

        keepLines(folder, 0, 1);
        assertThat(verify(folder)).isEqualTo(3);
        assertThat(printed())
                .endsWith(": its end is missing: no event was fired yet, so the run was interrupted there, or the lines"
                        + " from there on were cut off");
    }

    @Test
    void shouldNotMissTheEndOfARunThatGoesOn() throws Exception {
        Path folder = history("h");
        keepLines(folder, 0, 2);

        try (HistoryFolder held = HistoryFolder.open(folder, AT)) {
            assertThat(verify(held.path())).isZero();
        }
    }

    @Test
    void shouldSayWhereItWasAltered() throws Exception {
        Path folder = history("h");
        Files.writeString(file(folder), Files.readString(file(folder)).replace("\"parentLog\":1", "\"parentLog\":2"));

        assertThat(verify(folder)).isEqualTo(4);
        assertThat(printed())
                .isEqualTo(folder + ": altered: line 3 does not fit the one before it, so line 2 was changed, or lines"
                        + " were taken out or put in between the two");
    }

    @Test
    void shouldSayThatTheBeginningIsMissing() throws Exception {
        Path folder = history("h");
        keepLines(folder, 1, 3);

        assertThat(verify(folder)).isEqualTo(4);
        assertThat(printed()).startsWith(folder + ": not what this process wrote: line 1 ");
    }

    @Test
    void shouldFindTheLineThatWasNoted() throws Exception {
        Path folder = history("h");
        String noted = lastHash(folder);
        Journal.in(folder).append(List.of(new Begun(AT, "fire", Map.of())));

        assertThat(verify(folder, "--noted", noted)).isZero();
        keepLines(folder, 0, 2);
        assertThat(verify(folder, "--noted", noted)).isEqualTo(4);
        assertThat(printed()).startsWith(folder + ": truncated or rewritten: ");
    }

    @Test
    void shouldReadTheFolderOfABuildWhoseNameItDoesNotKnow() throws Exception {
        Path folder = parent.resolve("mdoq");
        Journal.in(folder).named("#7 1767323045000").append(facts());

        assertThat(verify(folder)).isZero();
    }

    @Test
    void shouldNotBeCertainOfALineOfANewerVersion() throws Exception {
        Path folder = history("h");
        Journal journal = Journal.in(folder);
        journal.append(List.of(new Begun(AT, "fire", Map.of())));
        List<String> lines = Files.readAllLines(journal.file());
        lines.set(3, lines.get(3).replace("begun", "of a newer version"));
        Files.write(journal.file(), lines);

        assertThat(verify(folder)).isEqualTo(3);
        assertThat(printed()).contains(folder + ": line 4 is not a fact this version can read");
    }

    @Test
    void shouldVerifyEachHistoryOfAFolderAndEndWithTheWorst() throws Exception {
        Path altered = history("a");
        Files.writeString(file(altered), Files.readString(file(altered)).replace("\"fire\"", "\"release\""));
        Path whole = history("b");

        assertThat(verify(parent)).isEqualTo(4);
        assertThat(printed().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(altered + ": altered: line 2 "),
                        line -> assertThat(line).startsWith(whole + ": whole: "));
    }

    @Test
    void shouldSayTheSameInJson() throws Exception {
        Path folder = history("h");
        keepLines(folder, 0, 2);

        assertThat(verify(folder, "--json")).isEqualTo(3);
        JsonNode json = new ObjectMapper().readTree(printed()).get("histories").get(0);
        assertThat(json.get("folder").asText()).isEqualTo(folder.toString());
        assertThat(json.get("outcome").asText()).isEqualTo("uncertain");
        assertThat(json.get("state").asText()).isEqualTo("whole");
        assertThat(json.get("line").isNull()).isTrue();
        assertThat(json.get("lines").asInt()).isEqualTo(2);
        assertThat(json.get("lastHash").asText()).isEqualTo(lastHash(folder));
        assertThat(json.get("missing").asText()).startsWith("e has no verdict");
        assertThat(json.get("unreadable")).isEmpty();
    }

    @Test
    void shouldSayThatAHistoryCannotBeRead() throws Exception {
        Path folder = history("h");
        Files.delete(file(folder));
        Files.createDirectory(file(folder));

        assertThat(verify(folder)).isEqualTo(1);
        assertThat(printed()).startsWith(folder + ": unreadable: ");
    }

    @Test
    void shouldRefuseWhatDoesNotGoTogether() throws Exception {
        Path folder = history("h");
        history("h2");

        assertThat(run("history", folder.toString(), "--noted", "x")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--noted is for --verify; add that");
        assertThat(verify(folder, "--prune", "30d")).isEqualTo(2);
        assertThat(verify(folder, "--html", "x.html")).isEqualTo(2);
        assertThat(verify(parent, "--noted", "x")).isEqualTo(2);
        assertThat(verify(parent.resolve("none"))).isEqualTo(2);
    }
}

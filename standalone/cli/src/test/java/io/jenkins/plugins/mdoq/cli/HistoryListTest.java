package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.mdoq.history.Begun;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryListTest {

    private static final Instant AT = Instant.parse("2026-08-01T10:00:00Z");
    private static final Instant MUCH_LATER = AT.plus(Duration.ofDays(100));

    @TempDir
    Path parent;

    /** A history of one event, which is settled or not. */
    private Path history(String name, Instant at, boolean settled) throws IOException {
        try (HistoryFolder folder = HistoryFolder.open(parent.resolve(name), at)) {
            folder.journal()
                    .append(List.of(
                            new Begun(at, "fire", Map.of()),
                            new Fact.Fired(
                                    at,
                                    "e",
                                    "e",
                                    1,
                                    JsonNodeFactory.instance.objectNode().put("version", name),
                                    null,
                                    List.of())));
            if (settled) {
                folder.journal()
                        .append(List.of(new Fact.Settled(at, "e", Outcome.STOP, Action.STOP, "gate", "freeze")));
            }
            return folder.path();
        }
    }

    @Test
    void shouldListEachHistoryAndHowItStands() throws Exception {
        history("a", AT, true);
        history("b", AT.plusSeconds(60), false);
        Files.createDirectory(parent.resolve("no-history"));
        Files.createFile(parent.resolve("file"));

        List<String> lines = HistoryList.in(parent).lines();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("FOLDER +BEGAN \\(UTC\\) +STATE +INSTANCE +WHY");
        assertThat(lines.get(1))
                .matches(
                        ".*/a  2026-08-01 10:00:00  stopped  version=a  the release is stopped, decided by gate: freeze");
        assertThat(lines.get(2)).matches(".*/b  2026-08-01 10:01:00  waiting  version=b  e is not settled");
        assertThat(HistoryList.in(parent).json().get("histories").get(0))
                .hasToString("{\"folder\":\"" + parent.resolve("a") + "\",\"beganAt\":\"2026-08-01T10:00:00Z\","
                        + "\"inUse\":false,\"outcome\":\"stopped\",\"ended\":true,\"deployed\":false,"
                        + "\"why\":\"the release is stopped, decided by gate: freeze\","
                        + "\"instance\":{\"version\":\"a\"}}");
    }

    @Test
    void shouldSayWhichIsInUse() throws Exception {
        Path open = history("a", AT, true);
        try (HistoryFolder held = HistoryFolder.open(open, AT)) {
            assertThat(HistoryList.in(parent).lines().get(1)).contains("  in use  ");
            assertThat(HistoryList.in(parent).prune(MUCH_LATER))
                    .containsExactly("kept " + held.path() + ": it is in use", parent + ": 0 removed, 1 kept");
        }
        assertThat(open.resolve("webhook-history.jsonl")).exists();
    }

    @Test
    void shouldRemoveOnlyWhatHasEndedAndIsOldEnough() throws Exception {
        Path old = history("old", AT, true);
        Path open = history("open", AT, false);
        Path young = history("young", AT.plus(Duration.ofDays(50)), true);
        Path mixed = history("mixed", AT, true);
        Files.createFile(mixed.resolve("notes.txt"));
        HistoryFolder.open(parent.resolve("empty"), AT).close();
        Files.setLastModifiedTime(parent.resolve("empty"), FileTime.from(AT));

        List<String> done = HistoryList.in(parent).prune(AT.plus(Duration.ofDays(30)));

        assertThat(done)
                .containsExactly(
                        "removed " + parent.resolve("empty") + " (nothing was fired)",
                        "kept " + mixed + ": it holds something else, notes.txt; move that away, or remove the folder"
                                + " yourself",
                        "removed " + old + " (stopped at 2026-08-01 10:00:00 UTC)",
                        "kept " + open + ": its run has not ended: e is not settled",
                        parent + ": 2 removed, 3 kept");
        assertThat(old).doesNotExist();
        assertThat(parent.resolve("empty")).doesNotExist();
        assertThat(mixed.resolve("webhook-history.jsonl")).exists();
        assertThat(young).exists();
    }

    @Test
    void shouldNotFollowLinks() throws Exception {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Path list = Files.createDirectory(parent.resolve("list"));
        HistoryFolder.open(elsewhere.resolve("h"), AT).close();
        Files.createSymbolicLink(list.resolve("link"), elsewhere.resolve("h"));

        assertThat(HistoryList.in(list).lines()).containsExactly("no webhook history in " + list);
    }

    @Test
    void shouldSayWhereHistoriesWouldBe() {
        assertThatThrownBy(() -> HistoryList.in(parent.resolve("none")))
                .isInstanceOf(UsageException.class)
                .hasMessage("there is no folder " + parent.resolve("none")
                        + ", where runs without --history have their histories; name the folder of yours");
    }
}

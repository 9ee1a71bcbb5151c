package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.mdoq.history.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFolderTest {

    private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void shouldNumberAFreshRunByTheClockAndKeepTheNumberOfAResumedOne() throws Exception {
        try (HistoryFolder fresh = HistoryFolder.open(folder, NOW)) {
            assertThat(fresh.number()).isEqualTo(NOW.getEpochSecond());
            fresh.journal()
                    .append(List.of(new Fact.Fired(
                            NOW, "k", "e", fresh.number(), JsonNodeFactory.instance.objectNode(), null, List.of())));
        }
        try (HistoryFolder resumed = HistoryFolder.open(folder, NOW.plusSeconds(3_600))) {
            assertThat(resumed.number()).isEqualTo(NOW.getEpochSecond());
        }
    }

    @Test
    void shouldBeHeldByOneRunAtATime() throws Exception {
        try (HistoryFolder held = HistoryFolder.open(folder, NOW)) {
            assertThatThrownBy(() -> HistoryFolder.open(folder, NOW))
                    .isInstanceOf(UsageException.class)
                    .hasMessage("--history " + held.path()
                            + " is in use by a run that goes on; wait for its end or name another folder");
        }
        HistoryFolder.open(folder, NOW).close();
    }

    @Test
    void shouldSayWhatIsInTheWay() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> HistoryFolder.open(file.resolve("below"), NOW))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith("the history folder " + file.resolve("below") + " cannot be made or written: ");
    }
}

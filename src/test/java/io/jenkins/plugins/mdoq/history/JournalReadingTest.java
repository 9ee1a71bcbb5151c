package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a journal in blocks. */
class JournalReadingTest {

    private final Facts facts = new Facts();

    @TempDir
    private Path folder;

    private Journal journal;

    @BeforeEach
    void open() {
        journal = Journal.in(folder);
    }

    private EventHistory event() throws IOException {
        return journal.read().event("before_release");
    }

    private byte[] bytes() throws IOException {
        return Files.readAllBytes(journal.file());
    }

    /** The file is read in blocks of 16 KiB: here lines end on each place around a block's bounds. */
    @Test
    void shouldReadAcrossTheBoundsOfBlocks() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        int first = bytes().length;
        int frame = lineLength("");
        for (int around = -2; around <= 2; around++) {
            for (int blocks = 1; blocks <= 3; blocks++) {
                Files.write(journal.file(), Arrays.copyOf(bytes(), first));
                // Two lines behind the first, of which the last is `blocks` blocks long, give or take.
                String message = "m".repeat(blocks * 16 * 1024 + around - frame);
                journal.append(List.of(facts.progress("gate", "short"), facts.progress("gate", message)));

                assertThat(event().entry(delivery("gate")).progress())
                        .extracting(Fact.Progressed::message)
                        .containsExactly("short", message);
            }
        }
    }

    @Test
    void shouldReadForwardsAcrossTheBoundsOfBlocks() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        int first = bytes().length;
        int frame = lineLength("");
        for (int around = -2; around <= 2; around++) {
            Files.write(journal.file(), Arrays.copyOf(bytes(), first));
            // The second line ends there, give or take, and a third one follows.
            String message = "m".repeat(16 * 1024 + around - first - frame);
            journal.append(List.of(facts.progress("gate", message)));
            assertThat(bytes()).hasSize(16 * 1024 + around);
            journal.append(List.of(facts.progress("gate", "short")));

            assertThat(event().entry(delivery("gate")).progress())
                    .extracting(Fact.Progressed::message)
                    .containsExactly(message, "short");
            assertThat(journal.read().damage()).isEmpty();
        }
    }

    private int lineLength(String message) throws IOException {
        byte[] json = Json.MAPPER.writerFor(Fact.class).writeValueAsBytes(facts.progress("gate", message));
        return JournalChain.seal(json, JournalChain.hash(json)).length + 1;
    }

    @Test
    void shouldReadVeryLongLines() throws Exception {
        String message = "Größe 🚀 ".repeat(100_000);
        journal.append(
                List.of(fired(plan("gate", true)), facts.progress("gate", message), facts.progress("gate", "short")));

        assertThat(event().entry(delivery("gate")).progress())
                .extracting(Fact.Progressed::message)
                .containsExactly(message, "short");
    }
}

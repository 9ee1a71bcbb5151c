package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.json;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a journal in blocks, from either end. */
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

    @Test
    void shouldReadTheNewestEntriesOnly() throws Exception {
        for (int i = 0; i < 20; i++) {
            journal.append(List.of(
                    new Fact.Fired(
                            Facts.START,
                            "hook-" + i,
                            "e",
                            1,
                            json("{}"),
                            null,
                            List.of(plan("a" + i, true), plan("b" + i, false))),
                    facts.answer("a" + i, Result.SUCCESS, "{}")));
        }

        assertThat(journal.newest(1).events()).extracting(EventHistory::key).containsExactly("hook-19");
        assertThat(journal.newest(3).events()).extracting(EventHistory::key).containsExactly("hook-18", "hook-19");
        assertThat(journal.newest(4).events()).extracting(EventHistory::key).containsExactly("hook-18", "hook-19");
        assertThat(journal.newest(1_000).events()).hasSize(20);
        assertThat(journal.newest(1).event("hook-19").entry(delivery("a19")).answer())
                .isNotNull();
        assertThat(journal.newest(1).damage()).isEmpty();
    }

    @Test
    void shouldNotCallAFactOfAnOlderEventDamageInTheNewest() throws Exception {
        journal.append(List.of(fired(plan("old", true))));
        journal.append(
                List.of(new Fact.Fired(Facts.START, "new", "e", 1, json("{}"), null, List.of(plan("new", false)))));
        journal.append(List.of(facts.release("old", "{}"), facts.verdict(Outcome.SUCCESS, Action.CONTINUE, "r")));

        History newest = journal.newest(1);

        assertThat(newest.events()).extracting(EventHistory::key).containsExactly("new");
        assertThat(newest.damage()).isEmpty();
    }

    /** The file is read in blocks of 16 KiB from either end: here lines end on each place around a block's bounds. */
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

                assertThat(journal.newest(1)
                                .event("before_release")
                                .entry(delivery("gate"))
                                .progress())
                        .extracting(Fact.Progressed::message)
                        .containsExactly("short", message);
                assertThat(journal.newest(1).damage()).isEmpty();
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
        return Json.MAPPER.writerFor(Fact.class).writeValueAsBytes(facts.progress("gate", message)).length + 1;
    }

    @Test
    void shouldReadVeryLongLinesFromBothEnds() throws Exception {
        String message = "Größe 🚀 ".repeat(100_000);
        journal.append(
                List.of(fired(plan("gate", true)), facts.progress("gate", message), facts.progress("gate", "short")));

        for (History history : List.of(journal.read(), journal.newest(1))) {
            assertThat(history.event("before_release").entry(delivery("gate")).progress())
                    .extracting(Fact.Progressed::message)
                    .containsExactly(message, "short");
        }
    }
}

package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several threads at one journal, and threads that are interrupted. */
class JournalWritersTest {

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
    void shouldNotTakeALineThatIsBeingWrittenForATornOne() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        byte[] line = Json.MAPPER.writerFor(Fact.class).writeValueAsBytes(facts.progress("gate", "note"));
        AtomicReference<History> seen = new AtomicReference<>();
        Thread[] reader = new Thread[1];

        journal.update(history -> {
            try {
                Files.write(journal.file(), Arrays.copyOf(line, 20), StandardOpenOption.APPEND);
                reader[0] = new Thread(() -> {
                    try {
                        seen.set(journal.read());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                reader[0].start();
                // Until it either waits for this writer or has believed what it saw.
                while (reader[0].isAlive() && reader[0].getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
                Files.write(journal.file(), Arrays.copyOfRange(line, 20, line.length), StandardOpenOption.APPEND);
                Files.writeString(journal.file(), "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return List.of();
        });
        reader[0].join();

        assertThat(seen.get().damage()).isEmpty();
        assertThat(seen.get().event("before_release").entry(delivery("gate")).progress())
                .hasSize(1);
    }

    @Test
    void shouldLoseNothingToWritersAtTheSameTime() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        int writers = 8;
        int each = 25;
        ExecutorService executor = Executors.newFixedThreadPool(writers);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String name = "writer " + writer + " ";
                boolean updates = writer % 2 == 0;
                done.add(executor.submit(() -> {
                    // A handle of its own: what excludes is the file, not the object.
                    Journal own = Journal.in(folder.resolve(".").resolve("../" + folder.getFileName()));
                    start.await();
                    for (int i = 0; i < each; i++) {
                        Fact note = new Fact.Progressed(Facts.START, delivery("gate"), name + i, "me", null);
                        if (updates) {
                            own.update(history -> List.of(note));
                        } else {
                            own.append(List.of(note));
                        }
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> each1 : done) {
                each1.get();
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(journal.read().damage()).isEmpty();
        List<String> notes = event().entry(delivery("gate")).progress().stream()
                .map(Fact.Progressed::message)
                .toList();
        assertThat(notes).hasSize(writers * each).doesNotHaveDuplicates();
        for (int writer = 0; writer < writers; writer++) {
            String name = "writer " + writer + " ";
            List<String> inOrder = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                inOrder.add(name + i);
            }
            assertThat(notes).containsSubsequence(inOrder);
        }
    }

    @Test
    void shouldDecideAndWriteWithNoOtherWriterInBetween() throws Exception {
        journal.append(List.of(fired(plan("gate", true))));
        int writers = 8;
        ExecutorService executor = Executors.newFixedThreadPool(writers);
        try {
            List<Future<List<Fact>>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String by = "{'message':'by " + writer + "'}";
                done.add(executor.submit(() -> journal.update(history ->
                        history.event("before_release").entry(delivery("gate")).release() == null
                                ? List.of(new Facts().release("gate", by))
                                : List.of())));
            }
            int released = 0;
            for (Future<List<Fact>> each : done) {
                released += each.get().size();
            }
            assertThat(released).isEqualTo(1);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void shouldWriteNothingWhenTheDecisionThrows() throws Exception {
        journal.append(List.of(fired()));
        byte[] before = bytes();

        assertThatThrownBy(() -> journal.update(history -> {
                    throw new IllegalStateException("no decision");
                }))
                .hasMessage("no decision");
        assertThat(bytes()).isEqualTo(before);
    }

    @Test
    void shouldWriteAndReadOnAThreadThatIsInterrupted() throws Exception {
        journal = Journal.in(folder.resolve("builds/7"));
        Thread.currentThread().interrupt();
        try {
            journal.append(List.of(fired(plan("gate", true))));
            journal.update(history -> List.of(facts.progress("gate", "note")));
            assertThat(event().entry(delivery("gate")).progress()).hasSize(1);
            assertThat(journal.newest(1).events()).hasSize(1);
            assertThat(Thread.currentThread().isInterrupted())
                    .as("others may want to know")
                    .isTrue();
        } finally {
            Thread.interrupted();
        }
    }
}

package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that cannot be written or is gone ends a run; it never leaves it waiting. */
class EventFailureTest {

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder.resolve("build"));
    }

    private static Throwable failure(EventRun run) {
        assertThat(run.verdict()).isDone();
        return run.verdict().handle((settled, error) -> error).join();
    }

    private void breakJournal() throws Exception {
        Files.delete(fixture.journal.file());
        Files.createDirectory(fixture.journal.file());
    }

    @Test
    void shouldSendNothingWhereItCannotWriteDownThatItFired() throws Exception {
        Files.writeString(folder.resolve("build"), "a file in the way");
        EventRun run = fixture.fire(fixture.webhook("gate", blocking(Duration.ofMinutes(1))));

        assertThat(failure(run))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("the webhook history cannot be read or written: ");
        assertThat(fixture.http.exchanges()).isEmpty();
        assertThat(fixture.held.size()).isZero();
        fixture.advance(Duration.ofHours(1));
        assertThat(fixture.told).isEmpty();
    }

    @Test
    void shouldFailWhereItCannotWriteTheAnswer() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()), fixture.webhook("other", plain()));
        breakJournal();
        fixture.answer("gate", 200, "{}");

        assertThat(failure(run)).isInstanceOf(UncheckedIOException.class);
        assertThat(fixture.held.size())
                .as("nobody waits for its locks any more")
                .isZero();
        try (LogCapture log = new LogCapture(EventRun.class)) {
            fixture.answer("other", 503, "");
            assertThat(log.records)
                    .as("what nobody waits for any more is logged")
                    .hasSize(1);
        }
        fixture.advance(Duration.ofHours(1));
        assertThat(fixture.requests("other")).as("nor is anything sent").hasSize(1);
    }

    @Test
    void shouldFailWhereItCannotWriteTheExpiry() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking(Duration.ofMinutes(1))));
        fixture.answer("gate", 200, "{}");
        breakJournal();
        fixture.advance(Duration.ofMinutes(1));

        assertThat(failure(run)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void shouldFailWhereItCannotWriteThatItWasCancelled() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        breakJournal();
        run.cancel("aborted");
        fixture.settle();

        assertThat(failure(run)).isInstanceOf(UncheckedIOException.class);
        assertThat(fixture.requests("gate")).hasSize(1);
    }

    @Test
    void shouldEndWhenItsHistoryWasRemovedWhileItWaited() throws Exception {
        EventRun cancelled = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{}");
        Files.delete(fixture.journal.file());
        Files.delete(folder.resolve("build"));
        cancelled.cancel("aborted");
        fixture.settle();

        assertThat(failure(cancelled))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was removed or damaged");
        assertThat(Files.exists(folder.resolve("build"))).isFalse();
    }

    @Test
    void shouldEndAtTheDeadlineWhenItsHistoryWasRemoved() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking(Duration.ofMinutes(1))));
        fixture.answer("gate", 200, "{}");
        Files.delete(fixture.journal.file());
        fixture.advance(Duration.ofMinutes(1));

        assertThat(failure(run)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldNotBringBackAFolderThatIsGoneWhenAnAnswerComesLate() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", plain()));
        run.cancel("aborted");
        fixture.settle();
        Files.delete(fixture.journal.file());
        Files.delete(folder.resolve("build"));
        try (LogCapture log = new LogCapture(EventRun.class)) {
            fixture.answer("gate", 200, "{}");
            assertThat(log.records).hasSize(1);
        }

        assertThat(Files.exists(folder.resolve("build"))).isFalse();
        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void shouldEndWithWhatTheListenerThrew() {
        ReleaseProcess process =
                new ReleaseProcess(EngineFixture.JOB, EngineFixture.NUMBER, fixture.journal, null, null, fact -> {
                    throw new IllegalStateException("no log to write to");
                });
        EventRun run = fixture.engine.fire(process, EngineFixture.firing(fixture.webhook("gate", blocking())));
        fixture.settle();

        assertThat(failure(run)).hasMessage("no log to write to");
        assertThat(fixture.held.size()).isZero();
    }

    @Test
    void shouldReadOnPastDamageInItsJournal() throws Exception {
        fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{}");
        String lock = fixture.lock("gate");
        Files.writeString(fixture.journal.file(), "garbage\n{\"fact\":\"rel", java.nio.file.StandardOpenOption.APPEND);
        EngineFixture after = fixture.restarted();
        EventRun run = after.resume();
        assertThat(after.call("release", "gate", lock, "{}").status()).isEqualTo(200);

        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(after.journal.read().damage()).hasSize(1);
    }

    @Test
    void shouldGoOnInTheNewPlaceWhenItsFolderIsMovedWhileItWaits() throws Exception {
        Path[] place = {folder.resolve("old/builds/7")};
        fixture = new EngineFixture(Journal.in(() -> place[0]), Facts.START, new TestDirectory());
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{}");
        Files.move(folder.resolve("old"), folder.resolve("new"));
        place[0] = folder.resolve("new/builds/7");
        assertThat(fixture.release("gate", "{}").status()).isEqualTo(200);

        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(Files.exists(folder.resolve("old"))).isFalse();
        assertThat(List.of(fixture.journal.file()))
                .containsExactly(folder.resolve("new/builds/7").resolve(Journal.FILE_NAME));
    }
}

package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.Rig.blocking;
import static io.jenkins.plugins.mdoq.hook.Rig.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.Outcome;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that cannot be written or is gone ends a run; it never leaves it waiting. */
class HookFailureTest {

    @TempDir
    private Path folder;

    private Rig rig;

    @BeforeEach
    void build() {
        rig = new Rig(folder.resolve("build"));
    }

    private static Throwable failure(HookRun run) {
        assertThat(run.verdict()).isDone();
        return run.verdict().handle((settled, error) -> error).join();
    }

    private void breakJournal() throws Exception {
        Files.delete(rig.journal.file());
        Files.createDirectory(rig.journal.file());
    }

    @Test
    void shouldSendNothingWhereItCannotWriteDownThatItFired() throws Exception {
        Files.writeString(folder.resolve("build"), "a file in the way");
        HookRun run = rig.fire(rig.webhook("gate", blocking(Duration.ofMinutes(1))));

        assertThat(failure(run))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("the webhook history cannot be read or written: ");
        assertThat(rig.http.exchanges()).isEmpty();
        assertThat(rig.held.size()).isZero();
        rig.advance(Duration.ofHours(1));
        assertThat(rig.told).isEmpty();
    }

    @Test
    void shouldFailWhereItCannotWriteTheAnswer() throws Exception {
        HookRun run = rig.fire(rig.webhook("gate", blocking()), rig.webhook("other", plain()));
        breakJournal();
        rig.answer("gate", 200, "{}");

        assertThat(failure(run)).isInstanceOf(UncheckedIOException.class);
        assertThat(rig.held.size()).as("nobody waits for its locks any more").isZero();
        try (LogCapture log = new LogCapture(HookRun.class)) {
            rig.answer("other", 503, "");
            assertThat(log.records)
                    .as("what nobody waits for any more is logged")
                    .hasSize(1);
        }
        rig.advance(Duration.ofHours(1));
        assertThat(rig.requests("other")).as("nor is anything sent").hasSize(1);
    }

    @Test
    void shouldFailWhereItCannotWriteTheExpiry() throws Exception {
        HookRun run = rig.fire(rig.webhook("gate", blocking(Duration.ofMinutes(1))));
        rig.answer("gate", 200, "{}");
        breakJournal();
        rig.advance(Duration.ofMinutes(1));

        assertThat(failure(run)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void shouldFailWhereItCannotWriteThatItWasCancelled() throws Exception {
        HookRun run = rig.fire(rig.webhook("gate", blocking()));
        breakJournal();
        run.cancel("aborted");
        rig.settle();

        assertThat(failure(run)).isInstanceOf(UncheckedIOException.class);
        assertThat(rig.requests("gate")).hasSize(1);
    }

    @Test
    void shouldEndWhenItsHistoryWasRemovedWhileItWaited() throws Exception {
        HookRun cancelled = rig.fire(rig.webhook("gate", blocking()));
        rig.answer("gate", 200, "{}");
        Files.delete(rig.journal.file());
        Files.delete(folder.resolve("build"));
        cancelled.cancel("aborted");
        rig.settle();

        assertThat(failure(cancelled))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was removed or damaged");
        assertThat(Files.exists(folder.resolve("build"))).isFalse();
    }

    @Test
    void shouldEndAtTheDeadlineWhenItsHistoryWasRemoved() throws Exception {
        HookRun run = rig.fire(rig.webhook("gate", blocking(Duration.ofMinutes(1))));
        rig.answer("gate", 200, "{}");
        Files.delete(rig.journal.file());
        rig.advance(Duration.ofMinutes(1));

        assertThat(failure(run)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldNotBringBackAFolderThatIsGoneWhenAnAnswerComesLate() throws Exception {
        HookRun run = rig.fire(rig.webhook("gate", plain()));
        run.cancel("aborted");
        rig.settle();
        Files.delete(rig.journal.file());
        Files.delete(folder.resolve("build"));
        try (LogCapture log = new LogCapture(HookRun.class)) {
            rig.answer("gate", 200, "{}");
            assertThat(log.records).hasSize(1);
        }

        assertThat(Files.exists(folder.resolve("build"))).isFalse();
        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void shouldEndWithWhatTheListenerThrew() {
        ReleaseProcess process = new ReleaseProcess(Rig.JOB, Rig.NUMBER, rig.journal, null, null, (webhook, fact) -> {
            throw new IllegalStateException("no log to write to");
        });
        HookRun run = rig.engine.fire(process, Rig.firing(rig.webhook("gate", blocking())));
        rig.settle();

        assertThat(failure(run)).hasMessage("no log to write to");
        assertThat(rig.held.size()).isZero();
    }

    @Test
    void shouldReadOnPastDamageInItsJournal() throws Exception {
        rig.fire(rig.webhook("gate", blocking()));
        rig.answer("gate", 200, "{}");
        String lock = rig.lock("gate");
        Files.writeString(rig.journal.file(), "garbage\n{\"fact\":\"rel", java.nio.file.StandardOpenOption.APPEND);
        Rig after = rig.restarted();
        HookRun run = after.resume();
        assertThat(after.call("release", "gate", lock, "{}").status()).isEqualTo(200);

        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(after.journal.read().damage()).hasSize(1);
    }

    @Test
    void shouldGoOnInTheNewPlaceWhenItsFolderIsMovedWhileItWaits() throws Exception {
        Path[] place = {folder.resolve("old/builds/7")};
        rig = new Rig(Journal.in(() -> place[0]), Facts.START, new TestDirectory());
        HookRun run = rig.fire(rig.webhook("gate", blocking()));
        rig.answer("gate", 200, "{}");
        Files.move(folder.resolve("old"), folder.resolve("new"));
        place[0] = folder.resolve("new/builds/7");
        assertThat(rig.release("gate", "{}").status()).isEqualTo(200);

        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(Files.exists(folder.resolve("old"))).isFalse();
        assertThat(List.of(rig.journal.file()))
                .containsExactly(folder.resolve("new/builds/7").resolve(Journal.FILE_NAME));
    }
}

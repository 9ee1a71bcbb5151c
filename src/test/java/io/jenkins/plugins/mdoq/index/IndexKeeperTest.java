package io.jenkins.plugins.mdoq.index;

import static io.jenkins.plugins.mdoq.index.IndexFixture.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.kit.CapturedLog;
import io.jenkins.plugins.mdoq.kit.MovableClock;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the index is brought up to date. */
class IndexKeeperTest {

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private IndexFixture builds;
    private IndexKeeper keeper;

    @BeforeEach
    void build() throws Exception {
        builds = new IndexFixture(folder);
        builds.done(1, "gate", Result.SUCCESS, 20, "");
        keeper = new IndexKeeper(new DeliveryIndex(builds), tasks::add, clock);
    }

    private void run() {
        tasks.remove().run();
    }

    @Test
    void shouldReadAsideWhenSomebodyLooks() {
        assertThat(tasks).as("nothing at the start").isEmpty();

        Future<Void> look = keeper.look();
        assertThat(look).isNotDone();
        assertThat(keeper.look()).as("one reading at a time").isSameAs(look);
        assertThat(tasks).hasSize(1);
        run();

        assertThat(look).isDone();
        assertThat(keeper.index().rows()).hasSize(1);
    }

    @Test
    void shouldLookAtAllJournalsOnceAMinuteAtTheMost() throws Exception {
        keeper.look();
        run();
        assertThat(keeper.look()).as("that was just now").isDone();
        assertThat(tasks).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        builds.running.add(2L);
        keeper.index().touch(name(2));
        builds.fire(2, "gate");
        keeper.look();
        run();
        assertThat(keeper.index().rows()).hasSize(2);
        assertThat(builds.walks).hasValue(1);

        clock.advance(Duration.ofMinutes(1));
        keeper.look();
        run();
        assertThat(builds.walks).hasValue(2);
    }

    @Test
    void shouldLookTheMoreSeldomTheLongerItTakes() {
        keeper = new IndexKeeper(
                new DeliveryIndex(new ProcessJournals() {
                    @Override
                    public void forEach(BiConsumer<ProcessName, Journal> each) {
                        clock.advance(Duration.ofSeconds(30));
                        builds.forEach(each);
                    }

                    @Override
                    public Journal journal(ProcessName process) {
                        return builds.journal(process);
                    }

                    @Override
                    public boolean over(ProcessName process) {
                        return builds.over(process);
                    }
                }),
                tasks::add,
                clock);
        keeper.look();
        run();
        clock.advance(Duration.ofMinutes(9));
        keeper.look();
        run();
        assertThat(builds.walks).hasValue(1);

        clock.advance(Duration.ofMinutes(1));
        keeper.look();
        run();
        assertThat(builds.walks).hasValue(2);
    }

    @Test
    void shouldTryAgainAfterAFailure() {
        builds.builds.put(9, null);
        try (CapturedLog log = CapturedLog.of(IndexKeeper.class)) {
            Future<Void> look = keeper.look();
            run();
            assertThat(look).isDone();
            assertThat(log.lines()).singleElement().asString().contains("the next look tries again");
        }
        builds.builds.remove(9);
        keeper.look();
        run();

        assertThat(keeper.index().rows()).hasSize(1);
    }

    @Test
    void shouldLookAtThoseThatMayHaveWrittenOnceASecondAtTheMost() {
        keeper.look();
        run();
        clock.advance(Duration.ofSeconds(1));
        keeper.look();
        run();
        clock.advance(Duration.ofMillis(999));
        assertThat(keeper.look()).as("that was just now").isDone();
        assertThat(tasks).isEmpty();
        clock.advance(Duration.ofMillis(1));
        keeper.look();
        assertThat(tasks).hasSize(1);
    }
}

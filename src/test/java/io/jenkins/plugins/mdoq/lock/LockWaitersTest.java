package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who waits, in the order in which pages show them. */
class LockWaitersTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private record Waiter(Instant since) implements LockWaiters.Waiter {
        @Override
        public Journal journal() {
            return Journal.in(Path.of("nowhere"));
        }

        @Override
        public void wake(History history) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void shouldNameEachWhoWaitsOnceTheLongestFirst() {
        LockWaiters waiters = new LockWaiters();
        Waiter later = new Waiter(START.plusSeconds(5));
        Waiter first = new Waiter(START);
        Waiter atTheSameTime = new Waiter(START);
        waiters.put("c", later);
        waiters.put("b", first);
        waiters.put("a", first);
        waiters.put("d", atTheSameTime);

        assertThat(waiters.waiting())
                .satisfiesExactly(
                        each -> assertThat(each).isEqualTo(new LockWaiters.Waiting("a", first)),
                        each -> assertThat(each.waiter()).isSameAs(atTheSameTime),
                        each -> assertThat(each.lock()).isEqualTo("c"));

        waiters.remove("a");
        assertThat(waiters.waiting()).first().isEqualTo(new LockWaiters.Waiting("b", first));
        waiters.remove("b");
        assertThat(waiters.waiting()).hasSize(2);
    }
}

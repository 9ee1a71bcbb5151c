package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who waits for a lock, and in which order pages show them. */
class LockWaitersTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private record Waiter(Instant since) implements LockWaiters.Waiter {
        @Override
        public Journal journal() {
            return Journal.in(Path.of("nowhere"));
        }

        @Override
        public void decide(Journal.Transaction transaction) {
            throw new UnsupportedOperationException();
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

    @Test
    @DisplayName("protocol: blocking — who waits for a lock is found until it is forgotten")
    void shouldKnowWhoWaits() {
        LockWaiters held = new LockWaiters();
        LockApiFixture.Waiter waiter = new LockApiFixture.Waiter(Journal.in(Path.of("nowhere")));

        held.put("a", waiter);
        assertThat(held.get("a")).isSameAs(waiter);
        assertThat(held.get("b")).isNull();
        assertThat(held.size()).isEqualTo(1);

        held.remove("a");
        held.remove("b");
        assertThat(held.get("a")).isNull();
        assertThat(held.size()).isZero();
    }
}

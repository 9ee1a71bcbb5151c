package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Journal;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeldLocksTest {

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

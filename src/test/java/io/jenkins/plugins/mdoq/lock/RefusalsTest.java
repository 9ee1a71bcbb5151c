package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private final Refusals refusals = new Refusals();

    @Test
    void shouldTellTheFirstTheTenthAndTheHundredth() {
        List<Integer> told = IntStream.rangeClosed(1, 1_000)
                .map(i -> refusals.count("lock", 409, 0))
                .filter(count -> count > 0)
                .boxed()
                .toList();

        assertThat(told).containsExactly(1, 10, 100, 1_000);
    }

    @Test
    void shouldCountEachLockAndStatusByItself() {
        assertThat(refusals.count("lock", 409, 0)).isEqualTo(1);
        assertThat(refusals.count("lock", 410, 0)).isEqualTo(1);
        assertThat(refusals.count("other", 409, 0)).isEqualTo(1);
        assertThat(refusals.count("lock", 409, 0)).isZero();
    }

    @Test
    void shouldGoOnFromWhatWasTold() {
        assertThat(refusals.count("lock", 409, 9)).isEqualTo(10);
        assertThat(refusals.count("lock", 409, 1)).isZero();
    }

    @Test
    void shouldForgetTheOldestOfVeryMany() {
        refusals.count("first", 409, 0);
        refusals.count("second", 409, 0);
        for (int i = 2; i < 10_000; i++) {
            refusals.count("lock " + i, 409, 0);
        }
        assertThat(refusals.count("first", 409, 0)).as("ten thousand are kept").isZero();

        refusals.count("one more", 409, 0);
        assertThat(refusals.count("first", 409, 0)).as("seen just now").isZero();
        assertThat(refusals.count("second", 409, 0)).as("seen longest ago").isEqualTo(1);
    }
}

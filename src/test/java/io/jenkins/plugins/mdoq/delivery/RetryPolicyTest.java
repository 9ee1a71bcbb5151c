package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final long SEED = 20260102;

    /** Gives the least or the most that is asked for. */
    private record Extreme(boolean most) implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return most ? bound - 1 : 0;
        }
    }

    private static Reply.Failure failure(boolean retryable, Duration retryAfter) {
        return new Reply.Failure("it failed", 503, null, retryable, retryAfter);
    }

    @ParameterizedTest
    @CsvSource({
        "1,500,1000",
        "2,1000,2000",
        "3,2000,4000",
        "4,4000,8000",
        "5,8000,16000",
        "6,15000,30000",
        "7,15000,30000",
        "99,15000,30000",
        "2147483646,15000,30000"
    })
    @DisplayName("protocol: retries — the back-off doubles up to a bound, with jitter from half to whole")
    void shouldBackOffExponentiallyWithinBounds(int made, long least, long most) {
        Reply.Failure failure = failure(true, null);

        assertThat(new RetryPolicy(new Extreme(false)).next(failure, made, Integer.MAX_VALUE))
                .contains(Duration.ofMillis(least));
        assertThat(new RetryPolicy(new Extreme(true)).next(failure, made, Integer.MAX_VALUE))
                .contains(Duration.ofMillis(most));
    }

    @Test
    @DisplayName("protocol: retries — jitter keeps endpoints that fell over together from being asked together")
    void shouldSpreadTheWaits() {
        RetryPolicy policy = new RetryPolicy(new Random(SEED));
        Set<Duration> waits = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Duration wait = policy.next(failure(true, null), 4, 10).orElseThrow();
            assertThat(wait).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
            waits.add(wait);
        }

        assertThat(waits).hasSizeGreaterThan(150);
        assertThat(new RetryPolicy(new Random(SEED)).next(failure(true, null), 4, 10))
                .as("the generator is the only source of chance")
                .isEqualTo(new RetryPolicy(new Random(SEED)).next(failure(true, null), 4, 10));
    }

    @Test
    @DisplayName("protocol: retries — the number of tries is the webhook's")
    void shouldEndWithTheLastTry() {
        RetryPolicy policy = new RetryPolicy(new Random(SEED));

        assertThat(policy.next(failure(true, null), 2, 3)).isPresent();
        assertThat(policy.next(failure(true, null), 3, 3)).isEmpty();
        assertThat(policy.next(failure(true, Duration.ofSeconds(1)), 1, 1)).isEmpty();
    }

    @Test
    void shouldNotTryAgainWhatCannotHelp() {
        assertThat(new RetryPolicy(new Random(SEED)).next(failure(false, Duration.ofSeconds(1)), 1, 3))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT1S,PT1S", "PT4M59S,PT4M59S", "PT5M,PT5M", "PT5M1S,PT5M", "P365D,PT5M"})
    @DisplayName("protocol: retries — Retry-After is obeyed within a bound")
    void shouldObeyRetryAfterWithinABound(Duration asked, Duration expected) {
        assertThat(new RetryPolicy(new Extreme(true)).next(failure(true, asked), 1, 3))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"PT0S,1,PT1S", "PT0.9S,1,PT1S", "PT1S,3,PT4S", "PT29S,7,PT30S", "PT31S,7,PT31S"})
    @DisplayName("protocol: retries — Retry-After, never below the back-off")
    void shouldNeverComeSoonerThanTheBackOff(Duration asked, int made, Duration expected) {
        assertThat(new RetryPolicy(new Extreme(true)).next(failure(true, asked), made, 9))
                .contains(expected);
    }
}

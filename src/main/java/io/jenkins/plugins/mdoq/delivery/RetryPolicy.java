package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a failed delivery is tried again (protocol: "retries"). Safe for any thread if its random generator is. */
public final class RetryPolicy {

    /** The wait before the second try, before jitter; it doubles with every further one. */
    public static final Duration FIRST = Duration.ofSeconds(1);

    /** The longest wait of ours. */
    public static final Duration LONGEST = Duration.ofSeconds(30);

    /** The longest wait that an endpoint may ask for with {@code Retry-After}. */
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    private final RandomGenerator random;

    /** @param random where the jitter comes from */
    public RetryPolicy(@NonNull RandomGenerator random) {
        this.random = random;
    }

    /**
     * How long to wait before the next try.
     *
     * @param failure what the last try brought
     * @param made how many tries were made, 1 or more
     * @param tries how many there may be in all
     * @return the wait, or empty if there is to be no further try
     */
    @NonNull
    public Optional<Duration> next(@NonNull Reply.Failure failure, int made, int tries) {
        if (!failure.retryable() || made >= tries) {
            return Optional.empty();
        }
        // Beyond 2^5 seconds the bound has been reached anyhow; the shift must not overflow for the thousandth try.
        long millis = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(made - 1, 5));
        // Half to whole: endpoints that fell over together must not be asked again together.
        Duration backOff = Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
        Duration asked = failure.retryAfter();
        if (asked == null || asked.compareTo(backOff) <= 0) {
            return Optional.of(backOff);
        }
        return Optional.of(asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER);
    }
}

package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong secrets by the address they come from (lock API: 429). Bounded: of very many addresses the ones seen longest
 * ago are forgotten. An IPv6 caller is counted by its /64, which is what one customer has. Safe for any thread.
 */
public final class Throttle {

    /** How many wrong secrets an address may send within {@link #WINDOW}. */
    public static final int TOLERATED = 10;

    /** How long a wrong secret is remembered after the first of them. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int MAX_ADDRESSES = 10_000;

    private record Count(Instant since, int wrong) {}

    private final Clock clock;
    private final Map<String, Count> counts = new LinkedHashMap<>();

    /** @param clock the time */
    public Throttle(@NonNull Clock clock) {
        this.clock = clock;
    }

    /** How long the address has to stay away, or null if it may call. */
    @CheckForNull
    public synchronized Duration refusal(@CheckForNull String address) {
        Count count = counts.get(key(address));
        if (count == null || count.wrong < TOLERATED) {
            return null;
        }
        Duration left = Duration.between(clock.instant(), count.since.plus(WINDOW));
        return left.isNegative() || left.isZero() ? null : left;
    }

    /** Counts a wrong secret. */
    public synchronized void wrong(@CheckForNull String address) {
        Instant now = clock.instant();
        String key = key(address);
        Count old = counts.remove(key);
        boolean running = old != null && now.isBefore(old.since.plus(WINDOW));
        counts.put(key, running ? new Count(old.since, old.wrong + 1) : new Count(now, 1));
        if (counts.size() > MAX_ADDRESSES) {
            counts.remove(counts.keySet().iterator().next());
        }
    }

    private static String key(String address) {
        byte[] bytes = address == null ? null : AddressRange.bytes(address.replaceFirst("%.*", ""));
        if (bytes == null) {
            return String.valueOf(address);
        }
        return Arrays.toString(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
    }
}

package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the calls that were refused, by lock and status. The first is reported, then the tenth, the hundredth and so on, so
 * that an endpoint which calls in a loop can fill neither a log nor a disk. Bounded: of very many locks the ones seen longest
 * ago are forgotten, and go on counting from what their history says. Safe for any thread.
 */
final class Refusals {

    private static final int MAX_KINDS = 10_000;

    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /**
     * Counts one.
     *
     * @param lock the lock's value
     * @param status the answer's status
     * @param reported the highest count that was reported of it so far; 0 for none
     * @return the new count if it is to be reported, else 0
     */
    synchronized int count(@NonNull String lock, int status, int reported) {
        String kind = status + " " + lock;
        Integer before = counts.remove(kind);
        int count = Math.max(before == null ? 0 : before, reported) + 1;
        counts.put(kind, count);
        if (counts.size() > MAX_KINDS) {
            counts.remove(counts.keySet().iterator().next());
        }
        return isPowerOfTen(count) ? count : 0;
    }

    private static boolean isPowerOfTen(int count) {
        int rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }
}

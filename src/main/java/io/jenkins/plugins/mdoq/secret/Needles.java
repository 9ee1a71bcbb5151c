package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The texts that are looked for, all at once; found by their last characters. Immutable and safe for any thread. */
final class Needles {

    private static final Needle[] NONE = {};
    private static final int BUCKETS = 128;

    private final Needle[][] plain = new Needle[BUCKETS][];
    private final Needle[][] decoded = new Needle[BUCKETS][];
    private final int least;

    Needles(@NonNull Collection<Needle> needles) {
        int shortest = Integer.MAX_VALUE;
        for (Needle needle : needles) {
            add(plain, needle.lastPlain(), needle);
            add(decoded, needle.lastDecoded(), needle);
            shortest = Math.min(shortest, needle.decodedLength());
        }
        least = shortest;
    }

    private static void add(Needle[][] buckets, char last, Needle needle) {
        int bucket = last % BUCKETS;
        List<Needle> together = new ArrayList<>(List.of(buckets[bucket] == null ? NONE : buckets[bucket]));
        together.add(needle);
        buckets[bucket] = together.toArray(NONE);
    }

    boolean isEmpty() {
        return least == Integer.MAX_VALUE;
    }

    /** The length of the shortest of them, decoded. */
    int least() {
        return least;
    }

    /** Those that may end, as they stand, with a character; null for none. */
    Needle[] endingPlainWith(char c) {
        return plain[Needle.folded(c) % BUCKETS];
    }

    /** Those that may end, decoded, with a character; null for none. */
    Needle[] endingDecodedWith(char c) {
        return decoded[Needle.folded(c) % BUCKETS];
    }
}

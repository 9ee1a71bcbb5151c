package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.protocol.Result;

/**
 * How things stand with a lock, or what came of a change to it.
 *
 * @param kind how they stand
 * @param result the result as the history has it, or null as long as there is none
 */
public record LockStatus(@NonNull Kind kind, @Nullable Result result) {

    /** The kinds that there are. */
    public enum Kind {
        /** Held, and the process waits for it. */
        HELD,
        /** Released, now or before with the same outcome. */
        RELEASED,
        /** Released before, with another outcome. */
        RELEASED_OTHERWISE,
        /** No longer held, and not because it was released. */
        OVER,
        /** Held, but a note was not kept, as there are too many of them. */
        FULL,
        /** Held, and a note was not kept, as there are too many of them, but counts for the heartbeat. */
        COUNTED
    }
}

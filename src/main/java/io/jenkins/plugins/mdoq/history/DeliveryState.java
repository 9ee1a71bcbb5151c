package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Locale;

/**
 * How far a delivery is, its lock included. The transitions between the states stand in the table of
 * {@code docs/development.md}; a state that is {@linkplain #closed() closed} is never left.
 */
public enum DeliveryState {
    /** No readable answer came yet and more is to be sent. A lock of it is held. */
    SENDING(true, false),
    /** The lock was released without a result before an answer came; the answer is still waited for. */
    RELEASED_UNANSWERED(true, false),
    /** Answered, and its lock is held. */
    WAITING(false, false),
    /** Answered, and there is no lock to wait for: it has none, or the answer ends the release. */
    ANSWERED(false, true),
    /** The lock was released, and the outcome is known. */
    RELEASED(false, true),
    /** The last attempt failed. */
    FAILED(false, true),
    /** The lock's deadline passed. */
    EXPIRED(false, true),
    /** The process gave the delivery up. */
    CANCELLED(false, true);

    private final boolean sending;
    private final boolean closed;

    DeliveryState(boolean sending, boolean closed) {
        this.sending = sending;
        this.closed = closed;
    }

    /** Whether a request is in flight, or another attempt is to follow. */
    public boolean sending() {
        return sending;
    }

    /** Whether nothing more can change the outcome. */
    public boolean closed() {
        return closed;
    }

    /** Whether a lock that the delivery has is held in this state. */
    boolean holdsLock() {
        return this == SENDING || this == WAITING;
    }

    /** The state in lower case, for people and for JSON. */
    @NonNull
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

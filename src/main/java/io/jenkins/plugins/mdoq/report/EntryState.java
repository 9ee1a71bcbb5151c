package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.util.Locale;

/** How far a delivery is, or what came of it: the one word that pages show. */
public enum EntryState {
    /** In flight for the first time. */
    SENDING,
    /** An attempt failed, and another is under way or due. */
    RETRYING,
    /** Answered, and its lock is held. */
    WAITING,
    /** Nothing against the release. */
    SUCCESS,
    /** A bare fail. */
    FAIL,
    /** The release is to be stopped. */
    STOP,
    /** The release is to be rolled back. */
    ROLLBACK,
    /** The last attempt failed. */
    ERROR,
    /** The lock's deadline passed. */
    EXPIRED,
    /** Given up by the process. */
    CANCELLED,
    /** The process ended, as by a crash, before it knew what came of it. */
    ABANDONED;

    /**
     * The state of an entry.
     *
     * @param open whether its event can still wait for it: it has no verdict, and its process has not ended
     */
    @NonNull
    public static EntryState of(@NonNull DeliveryHistory entry, boolean open) {
        return switch (entry.state()) {
            case SENDING, RELEASED_UNANSWERED -> open ? sending(entry) : ABANDONED;
            case WAITING -> open ? WAITING : ABANDONED;
            case ANSWERED, RELEASED -> {
                Outcome outcome = entry.outcome();
                yield outcome == null ? ABANDONED : of(outcome);
            }
            case FAILED -> ERROR;
            case EXPIRED -> EXPIRED;
            case CANCELLED -> CANCELLED;
        };
    }

    private static EntryState sending(DeliveryHistory entry) {
        return entry.failures().isEmpty() ? SENDING : RETRYING;
    }

    private static EntryState of(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> SUCCESS;
            case FAIL -> FAIL;
            case STOP -> STOP;
            case ROLLBACK -> ROLLBACK;
            case CANCELLED -> CANCELLED;
        };
    }

    /** Whether it may still become another one. */
    public boolean open() {
        return this == SENDING || this == RETRYING || this == WAITING;
    }

    /** Whether the delivery came to a result that says something about its endpoint. */
    public boolean counts() {
        return switch (this) {
            case SUCCESS, FAIL, STOP, ROLLBACK, ERROR, EXPIRED -> true;
            case SENDING, RETRYING, WAITING, CANCELLED, ABANDONED -> false;
        };
    }

    /** Whether it came to a result that is no success. */
    public boolean failed() {
        return counts() && this != SUCCESS;
    }

    /** The state in lower case, as URLs have it. */
    @NonNull
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

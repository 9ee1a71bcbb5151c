package io.jenkins.plugins.mdoq.protocol;

import java.util.Locale;

/** What the history says of a webhook or of a whole event; each is graver than the one before (protocol: "several webhooks on one event"). */
public enum Outcome {
    /** Nothing against the release. */
    SUCCESS,
    /** A bare {@code fail}, a lock that expired or a delivery error; the event's settings say what it does. */
    FAIL,
    /** {@code fail} with {@code stop_release}: cancelled, nothing is undone. */
    STOP,
    /** {@code fail} with {@code rollback_release}: cancelled, and the steps taken are undone. */
    ROLLBACK,
    /** Not a word of the endpoints: the process itself was aborted while it waited. */
    CANCELLED;

    /** Whether the outcome ends the release without waiting for the locks of other webhooks. */
    public boolean decisive() {
        return this == STOP || this == ROLLBACK;
    }

    /** The outcome in lower case, for people and for JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

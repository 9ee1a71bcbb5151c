package io.jenkins.plugins.mdoq.protocol;

/** What follows from a lock that expired, by its timeout or its heartbeat (protocol: "lock timeout"; configuration of an event). */
public enum OnLockTimeout {
    /** The release fails, the default: a gate that nobody opened must not pass. */
    FAIL(Outcome.FAIL, Action.FAIL),
    /** The release is cancelled and nothing is undone, as by {@code stop_release}. */
    STOP(Outcome.STOP, Action.STOP),
    /** The release is cancelled and undone, as by {@code rollback_release}. */
    ROLLBACK(Outcome.ROLLBACK, Action.ROLLBACK),
    /** The release goes on and is marked unstable. */
    UNSTABLE(Outcome.FAIL, Action.UNSTABLE),
    /** The release goes on with a warning. */
    CONTINUE(Outcome.FAIL, Action.CONTINUE);

    private final Outcome outcome;
    private final Action action;

    OnLockTimeout(Outcome outcome, Action action) {
        this.outcome = outcome;
        this.action = action;
    }

    /** What the history says of the webhook. */
    public Outcome outcome() {
        return outcome;
    }

    /** What the process does about it. */
    public Action action() {
        return action;
    }
}

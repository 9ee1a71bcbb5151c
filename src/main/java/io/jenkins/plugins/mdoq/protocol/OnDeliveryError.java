package io.jenkins.plugins.mdoq.protocol;

/** What a delivery error does to the process (protocol: "delivery error"; configuration of an event). */
public enum OnDeliveryError {
    /** The release fails, the default: a gate that could not be asked must not pass. */
    FAIL,
    /** The release goes on with a warning. */
    CONTINUE;

    /** What the process does about it. */
    public Action action() {
        return this == FAIL ? Action.FAIL : Action.CONTINUE;
    }
}

package io.jenkins.plugins.mdoq.protocol;

/** What a bare {@code fail}, one without either flag, does to the process (configuration of an event). */
public enum OnFail {
    /** The release goes on with a warning: what MDOQ does, and the default. */
    CONTINUE,
    /** The release goes on and is marked unstable. */
    UNSTABLE,
    /** The release fails. */
    FAIL;

    /** What the process does about it. */
    public Action action() {
        return switch (this) {
            case CONTINUE -> Action.CONTINUE;
            case UNSTABLE -> Action.UNSTABLE;
            case FAIL -> Action.FAIL;
        };
    }
}

package io.jenkins.plugins.mdoq.protocol;

/** What a bare {@code fail}, one without either flag, does to the process (configuration of an event). */
public enum OnFail {
    /** The release goes on with a warning: what MDOQ does, and the default. */
    CONTINUE,
    /** The release goes on and is marked unstable. */
    UNSTABLE,
    /** The release fails. */
    FAIL
}

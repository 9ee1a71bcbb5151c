package io.jenkins.plugins.mdoq.protocol;

import java.util.Locale;

/** What the process has to do about a verdict; each is more severe than the one before. */
public enum Action {
    /** Go on. */
    CONTINUE,
    /** Go on, marked unstable. */
    UNSTABLE,
    /** Fail. */
    FAIL,
    /** Cancel the release and undo nothing. */
    STOP,
    /** Cancel the release and undo the steps taken. */
    ROLLBACK;

    /** The action in lower case, for people and for JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

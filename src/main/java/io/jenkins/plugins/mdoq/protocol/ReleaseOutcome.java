package io.jenkins.plugins.mdoq.protocol;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Locale;

/** How a release ended (protocol: "more events"). */
public enum ReleaseOutcome {
    /** It was carried out, and nothing was against it. */
    RELEASED,
    /** It failed, by a webhook's word or by itself. */
    FAILED,
    /** The webhook history cancelled it. */
    STOPPED,
    /** It was undone, or there was nothing to undo. */
    ROLLED_BACK,
    /** It should have been undone and was not, or not as a whole. */
    ROLLBACK_FAILED,
    /** It was ended from outside. */
    ABORTED;

    /** The word that travels, such as {@code rolled_back}. */
    @NonNull
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

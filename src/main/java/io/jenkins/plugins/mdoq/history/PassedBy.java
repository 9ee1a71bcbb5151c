package io.jenkins.plugins.mdoq.history;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Limits;

/**
 * A webhook that listens to an event and did not hear of it this time (protocol: "which releases").
 *
 * @param webhook the webhook's name
 * @param reason why, in a few words
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PassedBy(@NonNull String webhook, @NonNull String reason) {

    private static final int REASON_CHARS = 300;

    /** Refuses an absent name, and bounds the reason. */
    public PassedBy {
        if (webhook == null) {
            throw new IllegalArgumentException("a webhook that was passed by needs the field 'webhook'");
        }
        reason = reason == null ? "" : Limits.text(reason, REASON_CHARS);
    }
}

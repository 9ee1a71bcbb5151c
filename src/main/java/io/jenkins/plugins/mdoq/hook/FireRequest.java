package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;

/**
 * An event about to be fired.
 *
 * @param key names this firing within its process; firing the same key again resumes instead
 * @param event the event
 * @param webhooks the webhooks to choose from; those that listen to the event are called
 * @param instance what is known of the thing being released (protocol: "body")
 * @param data more fields for the body, or null
 * @param source what the process is for certain, which the data cannot replace; null if it says nothing of itself (protocol:
 *     "source")
 */
public record FireRequest(
        @NonNull String key,
        @NonNull ReleaseEvent event,
        @NonNull List<Webhook> webhooks,
        @NonNull ObjectNode instance,
        @CheckForNull ObjectNode data,
        @CheckForNull ObjectNode source) {

    /** Of a process that says nothing of itself. */
    public FireRequest(
            @NonNull String key,
            @NonNull ReleaseEvent event,
            @NonNull List<Webhook> webhooks,
            @NonNull ObjectNode instance,
            @CheckForNull ObjectNode data) {
        this(key, event, webhooks, instance, data, null);
    }
}

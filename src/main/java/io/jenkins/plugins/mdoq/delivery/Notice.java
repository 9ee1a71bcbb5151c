package io.jenkins.plugins.mdoq.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;

/**
 * What a webhook hears that does not speak the protocol (protocol: "chat"). Secrets of webhooks are masked in it; nothing is
 * escaped yet.
 *
 * @param event the event's name as it travels
 * @param webhook the webhook's name
 * @param delivery the delivery's id, the same on every retry
 * @param text what happened, a sentence of {@value ReleaseSentence#MOST_CHARS} characters and a little more at the most
 * @param build the page of the build, or null if there is none
 * @param history the page of its webhook history, or null if there is none
 * @param instance what is known of the thing being released
 * @param data more fields of the event, or null
 */
public record Notice(
        @NonNull String event,
        @NonNull String webhook,
        @NonNull String delivery,
        @NonNull String text,
        @CheckForNull URI build,
        @CheckForNull URI history,
        @NonNull ObjectNode instance,
        @CheckForNull ObjectNode data) {}

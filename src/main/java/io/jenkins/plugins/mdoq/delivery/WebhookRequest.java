package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.ShownUrl;
import java.net.URI;
import java.time.Duration;

/**
 * One request to be sent.
 *
 * @param id the delivery's id, the same on every retry
 * @param url where it goes
 * @param secrets the webhook's secrets, at least one unless there is a message
 * @param payload the body as the protocol has it
 * @param timeout for the whole exchange, the reading of the answer included
 * @param sign whether the Standard Webhooks headers are added
 * @param message what is sent in the payload's stead, without a secret, if the webhook has a format of its own; else null
 */
public record WebhookRequest(
        @NonNull String id,
        @NonNull URI url,
        @NonNull Secrets secrets,
        @NonNull Payload payload,
        @NonNull Duration timeout,
        boolean sign,
        @CheckForNull Message message) {

    /**
     * What a webhook is sent that has a format of its own.
     *
     * @param format the format
     * @param notice what it says
     */
    public record Message(
            @NonNull PayloadFormat format, @NonNull Notice notice) {}

    /** A request of the protocol's own. */
    public WebhookRequest(
            @NonNull String id,
            @NonNull URI url,
            @NonNull Secrets secrets,
            @NonNull Payload payload,
            @NonNull Duration timeout,
            boolean sign) {
        this(id, url, secrets, payload, timeout, sign, null);
    }

    /**
     * The body as it travels.
     *
     * @throws IllegalArgumentException if it cannot be sent, in one line that says why
     */
    @NonNull
    byte[] body() {
        return message == null
                ? payload.bytes(secrets.first())
                : message.format().bytes(message.notice());
    }

    /** Without what is secret in the URL. */
    @Override
    public String toString() {
        return "POST " + ShownUrl.of(url.toString()) + " of delivery " + id;
    }
}

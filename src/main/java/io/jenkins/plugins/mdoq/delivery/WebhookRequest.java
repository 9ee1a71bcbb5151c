package io.jenkins.plugins.mdoq.delivery;

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
 * @param secrets the webhook's secrets, at least one
 * @param payload the body
 * @param timeout for the whole exchange, the reading of the answer included
 * @param sign whether the Standard Webhooks headers are added
 */
public record WebhookRequest(
        @NonNull String id,
        @NonNull URI url,
        @NonNull Secrets secrets,
        @NonNull Payload payload,
        @NonNull Duration timeout,
        boolean sign) {

    /** Without what is secret in the URL. */
    @Override
    public String toString() {
        return "POST " + ShownUrl.of(url.toString()) + " of delivery " + id;
    }
}

package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.delivery.WebhookRequest;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Makes requests of planned deliveries, with the secrets that their webhooks have now, and sends them. */
final class Requests {

    private final EngineServices services;

    Requests(@NonNull EngineServices services) {
        this.services = services;
    }

    /**
     * Sends one request, once.
     *
     * @param id the id that it is sent under
     * @return completes with what it brought, never exceptionally
     */
    @NonNull
    CompletableFuture<Reply> send(@NonNull PlannedDelivery plan, @NonNull String id, @NonNull Payload payload) {
        Secrets secrets = services.directory().secrets(plan.webhook(), plan.secretIds());
        if (secrets.isEmpty()) {
            return failed("the webhook has no secret: the credential " + String.join(", ", plan.secretIds())
                    + " is gone or cannot be used; restore it or choose another one for the webhook");
        }
        try {
            return services.client()
                    .send(new WebhookRequest(
                            id,
                            URI.create(plan.url()),
                            secrets,
                            payload,
                            Duration.ofSeconds(plan.timeoutSeconds()),
                            plan.sign()));
        } catch (IllegalArgumentException e) {
            return failed(e.getMessage());
        }
    }

    private static CompletableFuture<Reply> failed(String error) {
        return CompletableFuture.completedFuture(new Reply.Failure(error, null, null, false, null));
    }
}

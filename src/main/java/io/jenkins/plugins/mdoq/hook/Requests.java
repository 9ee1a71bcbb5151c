package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.delivery.Notice;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.delivery.PayloadFormat;
import io.jenkins.plugins.mdoq.delivery.ReleaseSentence;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.delivery.WebhookRequest;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes requests of planned deliveries, with the secrets and the URLs that their webhooks have now, and sends them. */
final class Requests {

    private final EngineServices services;
    private final ReleaseProcess process;

    /** @param process what the requests are about, or null if nothing is being released */
    Requests(@NonNull EngineServices services, @CheckForNull ReleaseProcess process) {
        this.services = services;
        this.process = process;
    }

    /**
     * Sends one request, once.
     *
     * @param id the id that it is sent under
     * @return completes with what it brought, never exceptionally
     */
    @NonNull
    CompletableFuture<Reply> send(@NonNull PlannedDelivery plan, @NonNull String id, @NonNull Payload payload) {
        Secrets secrets = services.webhooks().secrets(plan.webhook(), plan.secretIds());
        WebhookUrl known = services.webhooks().url(plan.webhook());
        URI url = known.url();
        if (url == null) {
            return failed(String.valueOf(known.problem()));
        }
        PayloadFormat format = services.formats().find(plan.format());
        if (format == null && !plan.decides()) {
            return failed(String.valueOf(services.formats().nameError(plan.format())));
        }
        if (format == null && secrets.isEmpty()) {
            return failed("the webhook has no secret: the credential " + String.join(", ", plan.secretIds())
                    + " is gone or cannot be used; a secret is one or more visible ASCII characters without blanks, so"
                    + " correct or restore it, or choose another one for the webhook");
        }
        try {
            return services.client()
                    .send(new WebhookRequest(
                            id,
                            url,
                            secrets,
                            payload,
                            Duration.ofSeconds(plan.timeoutSeconds()),
                            plan.sign(),
                            format == null ? null : new WebhookRequest.Message(format, notice(plan, id, payload))));
        } catch (IllegalArgumentException e) {
            return failed(e.getMessage());
        }
    }

    /** What a chat shows is for many eyes, so secrets are masked in it, unlike in a payload. */
    private Notice notice(PlannedDelivery plan, String id, Payload payload) {
        Redactor redactor = services.redactor(List.of(plan));
        ObjectNode instance = redactor.object(payload.instance());
        ObjectNode data = redactor.object(payload.data());
        return new Notice(
                payload.event(),
                plan.webhook(),
                id,
                ReleaseSentence.of(
                        payload.event(), process == null ? "" : process.job(), payload.parentLog(), instance, data),
                process == null ? null : process.buildUrl(),
                process == null ? null : process.historyUrl(),
                instance,
                data);
    }

    private static CompletableFuture<Reply> failed(String error) {
        return CompletableFuture.completedFuture(new Reply.Failure(error, null, null, false, null));
    }
}

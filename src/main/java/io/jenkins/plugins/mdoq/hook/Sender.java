package io.jenkins.plugins.mdoq.hook;

import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.delivery.WebhookRequest;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * Sends the deliveries of one fired event, and sends them again where the protocol says so ("retries"). Owned by a
 * {@link EventRun} and called as a part of its work, one call at a time.
 */
final class Sender {

    private final EventRun run;
    private final EngineServices services;
    private final ReleaseProcess process;
    private final Fact.Fired fired;

    Sender(EventRun run, EngineServices services, ReleaseProcess process, Fact.Fired fired) {
        this.run = run;
        this.services = services;
        this.process = process;
        this.fired = fired;
    }

    /** The body of a delivery. */
    Payload payload(PlannedDelivery plan) {
        return new Payload(
                fired.instance(),
                fired.parentLog(),
                plan.lock(),
                fired.event(),
                plan.webhook(),
                plan.id(),
                process.releaseUrl(),
                process.logUrl(),
                fired.data());
    }

    /** Makes an attempt, at a time, that is not in the journal yet. */
    void attemptAt(Instant at, PlannedDelivery plan, int number) {
        run.later(at, () -> {
            if (run.isToDeliver(plan)) {
                run.record(plan.webhook(), new Fact.Attempted(services.clock().instant(), plan.id(), number));
                send(plan, number);
            }
        });
    }

    /** Makes an attempt that is in the journal. */
    void send(PlannedDelivery plan, int number) throws IOException {
        Secrets secrets = services.directory().secrets(plan.webhook(), plan.secretIds());
        Instant begun = services.clock().instant();
        if (secrets.isEmpty()) {
            replied(plan, number, begun, noSecret(plan));
            return;
        }
        services.client()
                .send(delivery(plan, plan.id(), secrets, payload(plan)))
                .whenComplete((reply, error) -> run.next(() -> {
                    if (error != null) {
                        throw new IllegalStateException("the request could not be sent", error);
                    }
                    replied(plan, number, begun, reply);
                }));
    }

    static WebhookRequest delivery(PlannedDelivery plan, String id, Secrets secrets, Payload payload) {
        Duration timeout = Duration.ofSeconds(plan.timeoutSeconds());
        return new WebhookRequest(id, URI.create(plan.url()), secrets, payload, timeout, plan.sign());
    }

    static Reply.Failure noSecret(PlannedDelivery plan) {
        return new Reply.Failure(
                "the webhook has no secret: the credential " + String.join(", ", plan.secretIds())
                        + " is gone or cannot be used; restore it or choose another one for the webhook",
                null,
                null,
                false,
                null);
    }

    private void replied(PlannedDelivery plan, int number, Instant begun, Reply reply) throws IOException {
        Instant now = services.clock().instant();
        long millis = Duration.between(begun, now).toMillis();
        if (reply instanceof Reply.Answer answer) {
            run.recordAndSettle(
                    plan.webhook(),
                    new Fact.Answered(
                            now,
                            plan.id(),
                            number,
                            answer.status(),
                            millis,
                            answer.result(),
                            answer.data(),
                            answer.notes()));
        } else if (reply instanceof Reply.Failure failure) {
            // A reply that comes when the release, its lock's end or the verdict has decided is not asked for again.
            Instant retryAt = run.isToDeliver(plan)
                    ? services.retries()
                            .next(failure, number, plan.tries())
                            .map(now::plus)
                            .orElse(null)
                    : null;
            String error = Limits.message(failure.error());
            run.recordAndSettle(
                    plan.webhook(),
                    new Fact.AttemptFailed(
                            now, plan.id(), number, failure.status(), millis, error, failure.body(), retryAt));
            if (retryAt != null) {
                attemptAt(retryAt, plan, number + 1);
            }
        }
    }
}

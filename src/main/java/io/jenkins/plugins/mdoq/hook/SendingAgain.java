package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.history.Resending;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends a delivery that is over once more, under its own id, to where its webhook is now and with the secrets that it has now. What
 * travels is what the history has of the event, secrets masked in it. It decides nothing.
 */
final class SendingAgain {

    private static final Logger LOGGER = Logger.getLogger(SendingAgain.class.getName());

    /** What a look at the history came to; a number only if it is sent. */
    private record Decision(
            @NonNull Resending.Permitted permitted,
            @Nullable EventHistory event,
            int number) {}

    private final EngineServices services;
    private final ReleaseProcess process;
    private final Webhook webhook;
    private final String delivery;
    private final String by;

    SendingAgain(EngineServices services, ReleaseProcess process, Webhook webhook, String delivery, String by) {
        this.services = services;
        this.process = process;
        this.webhook = webhook;
        this.delivery = delivery;
        this.by = by;
    }

    /**
     * Sends it, if it can be sent again.
     *
     * @return completes once that is on disk, with whether it is sent, or with null if the history knows no such delivery of
     *     this webhook; exceptionally with an {@link IOException} if the journal could not be read or written
     */
    @NonNull
    CompletableFuture<Resending.Permitted> send() {
        CompletableFuture<Resending.Permitted> decided = new CompletableFuture<>();
        services.executor().execute(() -> {
            try {
                Decision decision = decide();
                if (decision != null && decision.event() != null) {
                    send(decision.event(), decision.number());
                }
                decided.complete(decision == null ? null : decision.permitted());
            } catch (IOException | RuntimeException e) {
                decided.completeExceptionally(e);
            }
        });
        return decided;
    }

    private Decision decide() throws IOException {
        Instant now = services.clock().instant();
        return journal(null)
                .transact(transaction -> {
                    EventHistory event = event(transaction.history());
                    DeliveryHistory entry = event == null ? null : event.entry(delivery);
                    if (entry == null || !entry.plan().webhook().equals(webhook.name())) {
                        return null;
                    }
                    Resending.Permitted permitted = Resending.permitted(event, entry, now);
                    if (permitted != Resending.Permitted.YES) {
                        return new Decision(permitted, null, 0);
                    }
                    int number = entry.resendings().size() + 1;
                    transaction.append(new Fact.SentAgain(now, delivery, number, by));
                    return new Decision(permitted, event, number);
                })
                .result();
    }

    private EventHistory event(History history) {
        return history.events().stream()
                .filter(event -> event.entry(delivery) != null)
                .findFirst()
                .orElse(null);
    }

    private void send(EventHistory event, int number) {
        PlannedDelivery before = event.entry(delivery).plan();
        PlannedDelivery now = before.sentAgain(
                webhook.url().toString(),
                webhook.secretIds(),
                (int) webhook.timeout().toSeconds(),
                webhook.sign(),
                webhook.format());
        Fact.Fired fired = event.fired();
        Payload payload = new Payload(
                fired.instance(),
                fired.parentLog(),
                null,
                fired.event(),
                now.webhook(),
                now.id(),
                null,
                null,
                fired.source(),
                fired.data());
        Instant begun = services.clock().instant();
        new Requests(services, process)
                .send(now, now.id(), payload)
                .thenAccept(reply -> services.executor().execute(() -> replied(now, number, begun, reply)));
    }

    private void replied(PlannedDelivery plan, int number, Instant begun, Reply reply) {
        Instant at = services.clock().instant();
        long millis = Duration.between(begun, at).toMillis();
        Fact.RepliedAgain fact = reply instanceof Reply.Failure failure
                ? new Fact.RepliedAgain(
                        at,
                        delivery,
                        number,
                        failure.status(),
                        millis,
                        Limits.message(failure.error()),
                        failure.body(),
                        null,
                        List.of())
                : answered(at, number, millis, (Reply.Answer) reply);
        try {
            journal(plan).append(List.of(fact));
        } catch (IOException e) {
            // It decides nothing; the history then says that nothing is known of it.
            LOGGER.log(Level.WARNING, "Could not note in the webhook history what it brought to send again", e);
        }
    }

    private Fact.RepliedAgain answered(Instant at, int number, long millis, Reply.Answer answer) {
        return new Fact.RepliedAgain(
                at, delivery, number, answer.status(), millis, null, null, answer.data(), answer.notes());
    }

    private Journal journal(@Nullable PlannedDelivery plan) {
        return process.journal().redacting(services.redactor(plan == null ? List.of() : List.of(plan)));
    }
}

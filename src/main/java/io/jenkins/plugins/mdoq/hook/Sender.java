package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.delivery.RetryPolicy;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sends the deliveries of one fired event, and sends them again where the protocol says so (protocol: "retries"). Used by
 * the event's tasks, one call at a time.
 */
final class Sender {

    /** Takes what came of an attempt. */
    interface Callback {
        /**
         * An answer or a failed attempt.
         *
         * @param fact not in the journal yet
         */
        void replied(@NonNull PlannedDelivery plan, @NonNull Fact.OfDelivery fact) throws IOException;
    }

    private final EngineServices services;
    private final ReleaseProcess process;
    private final EventJournal journal;
    private final SerialExecutor tasks;
    private final Callback callback;
    private final SerialExecutor.Task overtaken;
    private final Requests requests;

    /** The attempts whose replies are here and wait for their turn. */
    private final Set<String> arrived = new HashSet<>();

    /** @param overtaken looks at the history when an attempt is not made as that has gone on without this event's run */
    Sender(
            EngineServices services,
            ReleaseProcess process,
            EventJournal journal,
            SerialExecutor tasks,
            Callback callback,
            SerialExecutor.Task overtaken) {
        this.services = services;
        this.process = process;
        this.journal = journal;
        this.tasks = tasks;
        this.callback = callback;
        this.overtaken = overtaken;
        this.requests = new Requests(services, process);
    }

    /** The body of a delivery. */
    @NonNull
    Payload payload(@NonNull Fact.Fired fired, @NonNull PlannedDelivery plan) {
        return new Payload(
                fired.instance(),
                fired.parentLog(),
                plan.lock(),
                fired.event(),
                plan.webhook(),
                plan.id(),
                process.releaseUrl(),
                process.logUrl(),
                fired.source(),
                fired.data(),
                plan.about());
    }

    /** Goes on with a delivery after a restart, if more is to be sent for it. */
    void resume(@NonNull Fact.Fired fired, @NonNull DeliveryHistory entry) {
        if (!journal.isSending(entry.plan())) {
            return;
        }
        Instant now = services.clock().instant();
        // The clock may have been set back since it was written down when the next attempt is due.
        Instant latest = now.plus(RetryPolicy.LONGEST_RETRY_AFTER);
        Fact.AttemptFailed failure = entry.lastFailure();
        Instant due = failure != null && failure.number() == entry.attempts() ? failure.retryAt() : now;
        attemptAt(due.isAfter(latest) ? latest : due, fired, entry.plan(), entry.attempts() + 1);
    }

    /** Makes an attempt, at a time, that is not in the journal yet. */
    void attemptAt(@NonNull Instant at, @NonNull Fact.Fired fired, @NonNull PlannedDelivery plan, int number) {
        SerialExecutor.Task attempt = () -> {
            if (!journal.isSending(plan)) {
                return;
            }
            // Asked of what is on disk too: somebody may have decided of whom nobody here has heard.
            if (journal.commit(transaction -> begin(transaction, plan, number))) {
                send(fired, plan, number);
            } else {
                overtaken.run();
            }
        };
        if (at.isAfter(services.clock().instant())) {
            tasks.executeAt(at, attempt);
        } else {
            tasks.execute(attempt);
        }
    }

    /** Notes that an attempt is made, unless the history says that none is to be made any more; returns whether one is. */
    private boolean begin(Journal.Transaction transaction, PlannedDelivery plan, int number) {
        boolean sends = journal.isSending(transaction.history(), plan);
        if (sends) {
            transaction.append(new Fact.Attempted(services.clock().instant(), plan.id(), number));
        }
        return sends;
    }

    /** Makes an attempt that is in the journal. */
    void send(@NonNull Fact.Fired fired, @NonNull PlannedDelivery plan, int number) {
        Instant begun = services.clock().instant();
        requests.send(plan, plan.id(), payload(fired, plan)).thenAccept(reply -> {
            synchronized (arrived) {
                arrived.add(plan.id());
            }
            tasks.execute(() -> {
                try {
                    replied(fired, plan, number, begun, reply);
                } finally {
                    synchronized (arrived) {
                        arrived.remove(plan.id());
                    }
                }
            });
        });
    }

    /** Whether any reply is here that is not in the journal yet. Safe for any thread. */
    boolean hasUnreadReply() {
        synchronized (arrived) {
            return !arrived.isEmpty();
        }
    }

    /** Whether a reply is here that was not looked at yet. */
    boolean hasUnreadReply(@NonNull PlannedDelivery plan) {
        synchronized (arrived) {
            return arrived.contains(plan.id());
        }
    }

    private void replied(Fact.Fired fired, PlannedDelivery plan, int number, Instant begun, Reply reply)
            throws IOException {
        Instant now = services.clock().instant();
        long millis = Duration.between(begun, now).toMillis();
        if (reply instanceof Reply.Answer answer) {
            callback.replied(
                    plan,
                    new Fact.Answered(
                            now,
                            plan.id(),
                            number,
                            answer.status(),
                            millis,
                            answer.result(),
                            answer.data(),
                            // Of an answer that decides nothing there is nothing to say.
                            fired.tellsOnly() ? List.of() : answer.notes()));
        } else if (reply instanceof Reply.Failure failure) {
            // A reply that comes when the release, its lock's end or the verdict has decided is not asked for again.
            Instant retryAt = journal.isSending(plan)
                    ? services.retries()
                            .next(failure, number, plan.tries())
                            .map(now::plus)
                            .orElse(null)
                    : null;
            String error = Limits.message(failure.error());
            callback.replied(
                    plan,
                    new Fact.AttemptFailed(
                            now, plan.id(), number, failure.status(), millis, error, failure.body(), retryAt));
            if (retryAt != null) {
                attemptAt(retryAt, fired, plan, number + 1);
            }
        }
    }
}

package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One fired event on its way to a verdict. While it only waits for locks it holds no thread, no file and no history: it is
 * an entry in {@link LockWaiters}, and reads its journal again when it is woken.
 */
public final class EventRun implements LockWaiters.Waiter {

    private static final Logger LOGGER = Logger.getLogger(EventRun.class.getName());

    private final EngineServices services;
    private final ReleaseProcess process;
    private final String key;
    private final Work work;
    private final CompletableFuture<Fact.Settled> verdict = new CompletableFuture<>();
    private volatile CompletableFuture<Void> notices = CompletableFuture.completedFuture(null);
    private volatile String cancelled;
    private List<String> locks = List.of();

    /** The history as long as something is to be delivered, else null: a wait may be long, and there may be many. */
    private History folded;

    EventRun(EngineServices services, ReleaseProcess process, String key) {
        this.services = services;
        this.process = process;
        this.key = key;
        this.work = new Work(services, this::fail);
    }

    /** The verdict; see {@link ReleaseHook#fire}. */
    @NonNull
    public CompletableFuture<Fact.Settled> verdict() {
        return verdict;
    }

    /** Completes when the endpoints whose locks were given up have been told, or could not be. Ask after the verdict. */
    @NonNull
    public CompletableFuture<Void> notices() {
        return notices;
    }

    @Override
    public Journal journal() {
        return process.journal();
    }

    @Override
    public void happened(String webhook, Fact fact) {
        work.next(() -> {
            tell(webhook, List.of(fact));
            settleIfDecided();
        });
    }

    /**
     * Gives the event up: its locks are closed (lock API: 410), the endpoints that hold one are told, best effort, with
     * the event {@code <event>_cancelled}, and the verdict becomes {@link Outcome#CANCELLED} unless one stands already.
     *
     * @param reason why, one line
     */
    public void cancel(@NonNull String reason) {
        cancelled = reason;
        work.next(this::settleCancelled);
    }

    /** Fires, or resumes if the journal knows the key; only the latter without a firing. Called once. */
    void begin(@CheckForNull FireRequest firing) {
        work.next(() -> {
            History history = process.journal().read();
            EventHistory event = history.event(key);
            if (event == null && firing == null) {
                throw new IllegalStateException("the webhook history knows no event fired as " + key);
            } else if (event != null && cancelled != null) {
                settleCancelled();
            } else if (event != null) {
                resume(history);
            } else if (cancelled != null) {
                verdict.complete(cancellation().settled(now(), key));
            } else {
                fire(firing, history);
            }
        });
    }

    private void fire(FireRequest firing, History before) throws IOException {
        Instant now = now();
        Fact.Fired fired = DeliveryPlanner.fired(firing, process, now);
        // The journal may hold the instance with secrets masked; what is sent is what the caller gave.
        Sender sender = new Sender(this, services, process, fired);
        for (PlannedDelivery plan : fired.deliveries()) {
            // What cannot be sent at all must be known before anything is.
            sender.payload(plan).bytes(DeliveryPlanner.LONGEST_SECRET);
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(fired);
        fired.deliveries().forEach(plan -> facts.add(new Fact.Attempted(now, plan.id(), 1)));
        // Before the journal shows the locks: a release that comes at once must find who waits.
        waitForLocksOf(fired.deliveries());
        folded = before;
        Iterator<Fact> written = process.journal()
                .redacting(services.redactor(fired.deliveries()))
                .update(folded, List.of(history -> facts))
                .iterator();
        tell(null, List.of(written.next()));
        for (PlannedDelivery plan : fired.deliveries()) {
            tell(plan.webhook(), List.of(written.next()));
        }
        for (PlannedDelivery plan : fired.deliveries()) {
            sender.send(plan, 1);
        }
        settleIfDecided();
    }

    private void resume(History before) throws IOException {
        EventHistory event = before.event(key);
        if (event.settled() != null) {
            verdict.complete(event.settled());
            return;
        }
        waitForLocksOf(event.fired().deliveries());
        folded = before;
        // Once more: a release that came until now went past this run, one that comes from now on does not.
        write(history -> List.of());
        Sender sender = new Sender(this, services, process, event.fired());
        for (DeliveryHistory entry : event.entries()) {
            entry.missed()
                    .forEach(fact -> process.listener().happened(entry.plan().webhook(), fact));
            if (!entry.sendingDone()) {
                Fact.AttemptFailed failure = entry.lastFailure();
                boolean retryIsDue = failure != null && failure.number() == entry.attempts();
                sender.attemptAt(retryIsDue ? failure.retryAt() : now(), entry.plan(), entry.attempts() + 1);
            }
        }
        settleIfDecided();
    }

    private void waitForLocksOf(List<PlannedDelivery> plans) {
        List<PlannedDelivery> blocking =
                plans.stream().filter(plan -> plan.lock() != null).toList();
        locks = blocking.stream().map(PlannedDelivery::lock).toList();
        for (PlannedDelivery plan : blocking) {
            services.held().put(plan.lock(), this);
            if (plan.deadline() != null) {
                later(plan.deadline(), () -> expire(plan));
            }
        }
    }

    private void expire(PlannedDelivery plan) throws IOException {
        tell(plan.webhook(), write(history -> {
            EventHistory event = history.event(key);
            DeliveryHistory entry = event == null || event.settled() != null ? null : event.entry(plan.id());
            return entry != null && entry.held()
                    ? List.of(new Fact.Expired(now(), plan.id(), "the lock was not released by " + plan.deadline()))
                    : List.of();
        }));
        settleIfDecided();
    }

    /** Whether a delivery is still to be tried. */
    boolean isToDeliver(PlannedDelivery plan) {
        return folded != null && !folded.event(key).entry(plan.id()).sendingDone();
    }

    /** Settles on a verdict if the history allows one by now. */
    void settleIfDecided() throws IOException {
        if (!verdict.isDone()) {
            Settlement settlement = new Settlement(key, now(), Verdict::ifDecided);
            settled(settlement, write(settlement::facts));
        }
    }

    private Verdict cancellation() {
        return new Verdict(Outcome.CANCELLED, Action.STOP, null, cancelled);
    }

    private void settleCancelled() throws IOException {
        if (!verdict.isDone()) {
            Settlement settlement = new Settlement(key, now(), event -> cancellation());
            settled(settlement, write(settlement::facts));
        }
    }

    private void settled(Settlement settlement, List<Fact> written) {
        if (settlement.standing() != null) {
            end();
            verdict.complete(settlement.standing());
        }
        EventHistory event = settlement.hook();
        if (written.isEmpty()) {
            if (event.entries().stream().allMatch(DeliveryHistory::sendingDone)) {
                folded = null;
            }
            return;
        }
        end();
        Fact.Settled settled = (Fact.Settled) written.get(0);
        for (Fact fact : written.subList(1, written.size())) {
            String delivery = ((Fact.OfDelivery) fact).delivery();
            process.listener().happened(event.entry(delivery).plan().webhook(), fact);
        }
        process.listener().happened(null, settled);
        notices = EndpointNotifier.tell(
                services,
                work.executor(),
                process,
                event,
                settlement.givenUp(),
                event.fired().event() + "_cancelled",
                JsonNodeFactory.instance.objectNode().put("reason", settled.reason()));
        verdict.complete(settled);
    }

    /** Does a piece of work after those before it. */
    void next(Work.Piece piece) {
        work.next(piece);
    }

    /** Writes a fact down and tells of it. */
    void record(String webhook, Fact fact) throws IOException {
        tell(webhook, write(history -> List.of(fact)));
    }

    /** Writes down what came of an attempt and, in one go, the verdict if it allows one; tells of both. */
    void recordAndSettle(String webhook, Fact fact) throws IOException {
        if (verdict.isDone()) {
            record(webhook, fact);
            return;
        }
        Settlement settlement = new Settlement(key, now(), Verdict::ifDecided);
        List<Fact> written = write(history -> List.of(fact), settlement::facts);
        tell(webhook, written.subList(0, 1));
        settled(settlement, written.subList(1, written.size()));
    }

    /** Decides on what is on disk, not on what this run has heard: a release may be there that it was not told of yet. */
    @SafeVarargs
    private List<Fact> write(Function<History, List<? extends Fact>>... decisions) throws IOException {
        History history = folded == null ? new History() : folded;
        return process.journal().redacting(redactor()).update(history, List.of(decisions));
    }

    private void tell(@CheckForNull String webhook, List<Fact> written) {
        written.forEach(fact -> process.listener().happened(webhook, fact));
    }

    private Redactor redactor() {
        EventHistory event = folded == null ? null : folded.event(key);
        return services.redactor(event == null ? List.of() : event.fired().deliveries());
    }

    private void fail(Throwable error) {
        end();
        if (!verdict.completeExceptionally(error)) {
            LOGGER.log(Level.WARNING, "After the verdict on " + key + " of " + process.job(), error);
        }
    }

    /** Lets go of everything that a wait needs. */
    private void end() {
        folded = null;
        work.forgetLater();
        locks.forEach(services.held()::remove);
    }

    /** Does a piece of work at a time, unless the verdict stands by then. */
    void later(Instant at, Work.Piece piece) {
        work.at(at, () -> {
            if (!verdict.isDone()) {
                piece.run();
            }
        });
    }

    private Instant now() {
        return services.clock().instant();
    }
}

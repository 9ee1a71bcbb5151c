package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
    private final SerialExecutor tasks;
    private final EventJournal journal;
    private final Sender sender;
    private final LockDeadlines deadlines;
    private final NoticeRuns noticeRuns;
    private final CompletableFuture<Fact.Settled> verdict = new CompletableFuture<>();
    private volatile CompletableFuture<Void> notices = CompletableFuture.completedFuture(null);
    private volatile String cancelled;

    /** Null until the verdict: it would take memory of each that waits. */
    private volatile EventHistory settled;

    private List<String> locks = List.of();

    /** Set before anybody can see that this run waits. */
    private volatile Instant since = Instant.EPOCH;

    EventRun(EngineServices services, ReleaseProcess process, String key, NoticeRuns noticeRuns) {
        this.services = services;
        this.process = process;
        this.key = key;
        this.noticeRuns = noticeRuns;
        this.tasks = new SerialExecutor(services, this::fail);
        this.journal = new EventJournal(services, process, key);
        this.sender = new Sender(services, process, journal, tasks, this::replied, this::settleIfDecided);
        this.deadlines = new LockDeadlines(services, tasks, this::checkDeadlines);
    }

    /** The verdict; see {@link ReleaseHook#fire}. */
    @NonNull
    public CompletableFuture<Fact.Settled> verdict() {
        return verdict;
    }

    /** The event with its verdict, as the history has it; null if it was not fired, or there is none yet. */
    @CheckForNull
    public EventHistory settled() {
        return settled;
    }

    /**
     * Completes when the webhooks that listen to it have been told of the locks that were given up, or could not be; that may be long in
     * coming, as they are tried again. Ask after the verdict.
     */
    @NonNull
    public CompletableFuture<Void> notices() {
        return notices;
    }

    @Override
    public Journal journal() {
        return process.journal();
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public void decide(Journal.Transaction transaction) {
        // A reply that is here may carry the endpoint's own decision, so it is read first; then it is decided when this
        // is woken.
        if (cancelled == null && !verdict.isDone() && !sender.hasUnreadReply()) {
            Closing.settle(transaction, journal.event(transaction.history()), Verdict::ifDecided, now());
        }
    }

    @Override
    public void wake(History history) {
        tasks.execute(() -> {
            if (!verdict.isDone()) {
                journal.adopt(history);
                settleIfDecided();
            }
        });
    }

    /**
     * Gives the event up: its locks are closed (lock API: 410), the event {@code <event>_cancelled} is fired at the webhooks that
     * hold one and listen to it, and the verdict becomes {@link Outcome#CANCELLED} unless one stands already.
     *
     * @param reason why, one line
     */
    public void cancel(@NonNull String reason) {
        cancelled = reason;
        tasks.execute(this::settleCancelled);
    }

    /** Fires, or resumes if the journal knows the key; only the latter without a request. Called once. */
    void begin(@CheckForNull FireRequest request) {
        tasks.execute(() -> {
            EventHistory event = journal.open();
            if (event == null && request == null) {
                throw new IllegalStateException("the webhook history knows no event fired as " + key);
            } else if (event != null && cancelled != null) {
                settleCancelled();
            } else if (event != null) {
                resume(event);
            } else if (cancelled != null) {
                verdict.complete(cancellation().settled(now(), key));
            } else {
                fire(request);
            }
        });
    }

    private void fire(FireRequest request) throws IOException {
        Instant now = now();
        // The journal may hold the instance with secrets masked; what is sent is what the caller gave.
        Fact.Fired fired = DeliveryPlanner.fired(request, process, now, services.lockKey());
        if (fired.tellsOnly() && fired.deliveries().isEmpty()) {
            // Nobody wants to hear it, and it decides nothing: there is nothing to write down.
            verdict.complete(
                    new Verdict(Outcome.SUCCESS, Action.CONTINUE, null, "no webhook listens").settled(now, key));
            return;
        }
        for (PlannedDelivery plan : fired.deliveries()) {
            // What cannot be sent at all must be known before anything is.
            sender.payload(fired, plan).check(DeliveryPlanner.LONGEST_SECRET);
        }
        // Before the journal shows the locks: a release that comes at once must find who waits.
        waitForLocksOf(fired);
        EventHistory event = journal.commit(fired.deliveries(), transaction -> {
            transaction.append(fired);
            fired.deliveries().forEach(plan -> transaction.append(new Fact.Attempted(now, plan.id(), 1)));
            return journal.event(transaction.history());
        });
        event.entries().forEach(deadlines::watch);
        fired.deliveries().forEach(plan -> sender.send(fired, plan, 1));
        settleIfDecided();
    }

    private void resume(EventHistory before) throws IOException {
        if (before.settled() != null) {
            if (journal.tellsOfLocks()
                    || Closing.isTorn(before)
                            && journal.commit(tx -> Closing.mend(tx, journal.event(tx.history()), now()))) {
                notices = noticeRuns.resume(process, DeliveryPlanner.cancelledKey(key));
            }
            settled = before;
            verdict.complete(before.settled());
            return;
        }
        journal.reportUnseen();
        deadlines.resumed();
        Fact.Fired fired = before.fired();
        if (fired.tellsOnly()) {
            // Another event's run fired it, or a process that is gone: nobody has heard of it here.
            process.listener().onFact(fired);
        }
        waitForLocksOf(fired);
        // Reads once more: a release that came until now went past this run, one that comes from now on does not.
        settleIfDecided();
        if (!verdict.isDone()) {
            before.entries().forEach(deadlines::watch);
        }
        before.entries().forEach(entry -> sender.resume(fired, entry));
    }

    private void waitForLocksOf(Fact.Fired fired) {
        since = fired.at();
        locks = fired.deliveries().stream()
                .map(PlannedDelivery::lock)
                .filter(Objects::nonNull)
                .toList();
        locks.forEach(lock -> services.held().put(lock, this));
    }

    private void checkDeadlines(PlannedDelivery plan) throws IOException {
        if (verdict.isDone()) {
            return;
        }
        if (sender.hasUnreadReply(plan)) {
            // It came in time and may carry the endpoint's own decision, so it is read first.
            tasks.execute(() -> checkDeadlines(plan));
            return;
        }
        settle(Verdict::ifDecided, transaction -> {
            EventHistory event = journal.event(transaction.history());
            if (event.settled() != null) {
                return;
            }
            Fact.Expired expiry = deadlines.passed(event.entry(plan.id()));
            if (expiry != null) {
                transaction.append(expiry);
            } else {
                deadlines.watch(event.entry(plan.id()));
            }
        });
    }

    /** Writes down what came of an attempt and, in one go, the verdict if it allows one. */
    private void replied(PlannedDelivery plan, Fact.OfDelivery fact) throws IOException {
        if (verdict.isDone()) {
            journal.append(fact, plan);
        } else {
            settle(Verdict::ifDecided, transaction -> transaction.append(fact));
        }
    }

    private void settleIfDecided() throws IOException {
        if (!verdict.isDone()) {
            settle(Verdict::ifDecided, transaction -> {});
        }
    }

    private Verdict cancellation() {
        return new Verdict(Outcome.CANCELLED, Action.STOP, null, cancelled);
    }

    private void settleCancelled() throws IOException {
        if (!verdict.isDone()) {
            settle(event -> cancellation(), transaction -> {});
        }
    }

    private interface Addition {
        void appendTo(Journal.Transaction transaction);
    }

    /**
     * Settles on a verdict if the history allows one. It decides on what is on disk, not on what this run has heard: a
     * release may be there that it was not woken for yet.
     *
     * @param judge gives the verdict on a history, or null if it is too early for one
     * @param addition appends facts before the history is judged
     */
    private void settle(Function<EventHistory, Verdict> judge, Addition addition) throws IOException {
        History history = journal.commit(transaction -> {
            addition.appendTo(transaction);
            Closing.settle(transaction, journal.event(transaction.history()), judge, now());
            return transaction.history();
        });
        EventHistory event = journal.event(history);
        if (event.settled() == null) {
            return;
        }
        end();
        if (journal.tellsOfLocks(history)) {
            notices = noticeRuns.resume(process, DeliveryPlanner.cancelledKey(key));
        }
        settled = event;
        verdict.complete(event.settled());
    }

    private void fail(Throwable error) {
        end();
        if (!verdict.completeExceptionally(error)) {
            LOGGER.log(Level.WARNING, "After the verdict on " + key + " of " + process.job(), error);
        }
    }

    /** Lets go of everything that a wait needs. */
    private void end() {
        journal.forget();
        tasks.forgetScheduled();
        locks.forEach(services.held()::remove);
    }

    private Instant now() {
        return services.clock().instant();
    }
}

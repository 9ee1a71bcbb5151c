package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Action;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.HistoryEntry;
import io.jenkins.plugins.mdoq.history.HookHistory;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.Outcome;
import io.jenkins.plugins.mdoq.history.Plan;
import io.jenkins.plugins.mdoq.lock.HeldLocks;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One fired event on its way to a verdict. While it only waits for locks it holds no thread, no file and no history: it is
 * an entry in {@link HeldLocks}, and reads its journal again when it is woken.
 */
public final class HookRun implements HeldLocks.Waiter {

    private final HookServices services;
    private final ReleaseProcess process;
    private final String key;
    private final CompletableFuture<Fact.Settled> verdict = new CompletableFuture<>();
    private CompletableFuture<Void> notices = CompletableFuture.completedFuture(null);

    /** The history as long as something is to be delivered, else null: a wait may be long, and there may be many. */
    private History folded;

    private String cancelledBeforeBegin;

    HookRun(HookServices services, ReleaseProcess process, String key) {
        this.services = services;
        this.process = process;
        this.key = key;
    }

    /** The verdict; see {@link ReleaseHook#fire}. */
    @NonNull
    public CompletableFuture<Fact.Settled> verdict() {
        return verdict;
    }

    /** Completes when the endpoints whose locks were given up have been told, or could not be. Ask after the verdict. */
    @NonNull
    public synchronized CompletableFuture<Void> notices() {
        return notices;
    }

    @Override
    public Journal journal() {
        return process.journal();
    }

    @Override
    public void happened(String webhook, Fact fact) {
        services.executor().execute(() -> guarded(() -> {
            process.listener().happened(webhook, fact);
            if (folded != null) {
                folded.apply(fact);
            }
            settleIfDecided();
        }));
    }

    /**
     * Gives the event up: its locks are closed (lock API: 410), the endpoints that hold one are told, best effort, with
     * the event {@code <event>_cancelled}, and the verdict becomes {@link Outcome#CANCELLED} unless one stands already.
     *
     * @param reason why, one line
     */
    public void cancel(@NonNull String reason) {
        services.executor().execute(() -> guarded(() -> {
            cancelledBeforeBegin = reason;
            settle(hook -> new Verdict(Outcome.CANCELLED, Action.STOP, null, reason));
        }));
    }

    /** Fires, or resumes if the journal knows the key. Called once, on the executor. */
    void begin(@CheckForNull Firing firing) {
        guarded(() -> {
            HookHistory hook = process.journal().read().hook(key);
            if (hook != null) {
                resume(hook);
            } else if (firing == null) {
                throw new IllegalStateException("the webhook history knows no event fired as " + key);
            } else if (cancelledBeforeBegin != null) {
                verdict.complete(new Verdict(Outcome.CANCELLED, Action.STOP, null, cancelledBeforeBegin)
                        .settled(now(), key));
            } else {
                fire(firing);
            }
        });
    }

    private void fire(Firing firing) throws IOException {
        Instant now = now();
        Fact.Fired fired = Plans.fired(firing, process, now);
        // The journal may hold the instance with secrets masked; what is sent is what the caller gave.
        Sender sender = new Sender(this, services, process, fired);
        for (Plan plan : fired.deliveries()) {
            // What cannot be sent at all must be known before anything is.
            sender.payload(plan).bytes(Plans.LONGEST_SECRET);
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(fired);
        fired.deliveries().forEach(plan -> facts.add(new Fact.Attempted(now, plan.id(), 1)));
        folded = new History();
        recordAll(null, process.journal().redacting(redactor()).append(facts));
        for (Plan plan : fired.deliveries()) {
            waitFor(plan);
            sender.send(plan, 1);
        }
        settleIfDecided();
    }

    private void resume(HookHistory before) throws IOException {
        if (before.settled() != null) {
            verdict.complete(before.settled());
            return;
        }
        before.entries().forEach(entry -> waitFor(entry.plan()));
        // Read again: a release that came until now went past this run, one that comes from now on does not.
        folded = process.journal().read();
        HookHistory hook = folded.hook(key);
        Sender sender = new Sender(this, services, process, hook.fired());
        for (HistoryEntry entry : hook.entries()) {
            entry.missed().forEach(
                    fact -> process.listener().happened(entry.plan().webhook(), fact));
            if (!entry.delivered()) {
                Fact.AttemptFailed failure = entry.lastFailure();
                boolean retryIsDue = failure != null && failure.number() == entry.attempts();
                sender.attemptAt(retryIsDue ? failure.retryAt() : now(), entry.plan(), entry.attempts() + 1);
            }
        }
        settleIfDecided();
    }

    private void waitFor(Plan plan) {
        if (plan.lock() == null) {
            return;
        }
        services.held().put(plan.lock(), this);
        if (plan.deadline() != null) {
            later(plan.deadline(), () -> expire(plan));
        }
    }

    private void expire(Plan plan) throws IOException {
        recordAll(plan.webhook(), process.journal().update(history -> {
            HookHistory hook = history.hook(key);
            HistoryEntry entry = hook == null || hook.settled() != null ? null : hook.entry(plan.id());
            return entry != null && entry.held()
                    ? List.of(new Fact.Expired(now(), plan.id(), "the lock was not released by " + plan.deadline()))
                    : List.of();
        }));
        settleIfDecided();
    }

    /** Whether a delivery is still to be tried. */
    boolean isToDeliver(Plan plan) {
        return folded != null && !folded.hook(key).entry(plan.id()).delivered();
    }

    /** Settles on a verdict if the history allows one by now. */
    void settleIfDecided() throws IOException {
        if (verdict.isDone()) {
            return;
        }
        if (folded != null) {
            HookHistory hook = folded.hook(key);
            if (!hook.decided()) {
                if (hook.entries().stream().allMatch(HistoryEntry::delivered)) {
                    folded = null;
                }
                return;
            }
        }
        settle(hook -> hook.decided() ? Verdict.of(hook) : null);
    }

    private interface Judge {
        /** The verdict, or null if it is too early for one. */
        Verdict on(HookHistory hook);
    }

    /** Decides on what is on disk, not on what this run has heard: a release may be there that it was not told of yet. */
    private void settle(Judge judge) throws IOException {
        HookHistory[] judged = new HookHistory[1];
        List<Plan> givenUp = new ArrayList<>();
        List<Fact> written = process.journal().redacting(redactor()).update(history -> {
            HookHistory hook = history.hook(key);
            Verdict decision = hook == null || hook.settled() != null ? null : judge.on(hook);
            if (decision == null) {
                return List.of();
            }
            judged[0] = hook;
            List<Fact> facts = new ArrayList<>();
            facts.add(decision.settled(now(), key));
            for (HistoryEntry entry : hook.entries()) {
                if (!entry.closed()) {
                    facts.add(new Fact.Cancelled(now(), entry.plan().id(), decision.reason()));
                    if (entry.held()) {
                        givenUp.add(entry.plan());
                    }
                }
            }
            return facts;
        });
        if (judged[0] == null) {
            return;
        }
        folded = null;
        judged[0].entries().stream()
                .map(entry -> entry.plan().lock())
                .filter(lock -> lock != null)
                .forEach(services.held()::remove);
        Fact.Settled settled = (Fact.Settled) written.get(0);
        for (Fact fact : written.subList(1, written.size())) {
            String delivery = ((Fact.OfDelivery) fact).delivery();
            process.listener().happened(judged[0].entry(delivery).plan().webhook(), fact);
        }
        process.listener().happened(null, settled);
        notices = Notices.tell(
                services,
                process,
                judged[0],
                givenUp,
                judged[0].fired().event() + "_cancelled",
                JsonNodeFactory.instance.objectNode().put("reason", settled.reason()));
        verdict.complete(settled);
    }

    /** Writes a fact down and tells of it. */
    void record(String webhook, Fact fact) throws IOException {
        recordAll(webhook, process.journal().redacting(redactor()).append(List.of(fact)));
    }

    private void recordAll(@CheckForNull String webhook, List<Fact> written) {
        for (Fact fact : written) {
            if (folded != null) {
                folded.apply(fact);
            }
            process.listener().happened(webhook, fact);
        }
    }

    private Redactor redactor() {
        HookHistory hook = folded == null ? null : folded.hook(key);
        return services.redactor(hook == null ? List.of() : hook.fired().deliveries());
    }

    /** A piece of the run's work. */
    interface Work {
        void run() throws IOException;
    }

    /** Runs a piece of work alone; what it throws becomes the end of the run, as nobody else would hear of it. */
    synchronized void guarded(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            verdict.completeExceptionally(
                    new UncheckedIOException("the webhook history cannot be read or written: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            verdict.completeExceptionally(e);
        }
    }

    /** Does a piece of work at a time, unless the verdict stands by then. */
    void later(Instant at, Work work) {
        long millis = Math.max(0, Duration.between(now(), at).toMillis());
        services.scheduler()
                .schedule(
                        () -> services.executor().execute(() -> guarded(() -> {
                            if (!verdict.isDone()) {
                                work.run();
                            }
                        })),
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    private Instant now() {
        return services.clock().instant();
    }
}

package io.jenkins.plugins.mdoq.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Notes;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be done to a lock once the caller has been let in: both doors, the endpoints' and the operators', lead here. A
 * release is on disk before these methods return. Safe for any thread; does disk I/O on the caller's.
 */
public final class Locks {

    private final LockDirectory directory;
    private final LockWaiters held;
    private final Clock clock;

    /** @param held who waits in this JVM */
    public Locks(@NonNull LockDirectory directory, @NonNull LockWaiters held, @NonNull Clock clock) {
        this.directory = directory;
        this.held = held;
        this.clock = clock;
    }

    /** A lock that was found, and the journal that it belongs into. */
    record Found(
            @NonNull String lock,
            @NonNull PlannedDelivery plan,
            @NonNull Journal journal,
            @Nullable LockWaiters.Waiter waiter,
            boolean over) {}

    /** How things stand with a lock, or what came of a change to it. */
    public enum Standing {
        /** Held, and the process waits for it. */
        HELD,
        /** Released, now or before with the same outcome. */
        RELEASED,
        /** Released before, with another outcome. */
        RELEASED_OTHERWISE,
        /** No longer held, and not because it was released. */
        OVER,
        /** A note that was not kept, as there are too many of them. */
        FULL
    }

    /**
     * A standing with the result as the history has it.
     *
     * @param result null as long as there is none
     */
    public record State(
            @NonNull Standing standing, @Nullable Result result) {}

    /** Finds a lock; null if there is none of that value. */
    @Nullable
    Found find(@NonNull String lock) throws IOException {
        LockValue value = LockValue.parse(lock);
        if (value == null) {
            return null;
        }
        LockWaiters.Waiter waiter = held.get(lock);
        Journal journal;
        boolean over = false;
        if (waiter != null) {
            journal = waiter.journal();
        } else {
            LockDirectory.Home home = directory.find(value);
            if (home == null) {
                return null;
            }
            journal = home.journal();
            over = home.over();
        }
        EventHistory event = journal.read().eventOfLock(lock);
        return event == null ? null : new Found(lock, event.entryOfLock(lock).plan(), journal, waiter, over);
    }

    /**
     * Releases a lock on behalf of an operator.
     *
     * @param data laid over the entry's data; see {@link #validationError}
     * @param by who it is
     * @return the state after it, or null if there is no such lock
     * @throws IOException if nothing was decided, as the history could not be read or written
     */
    @Nullable
    public State release(@NonNull String lock, @NonNull ObjectNode data, @NonNull String by) throws IOException {
        Found found = find(lock);
        return found == null ? null : release(found, data, by);
    }

    /** What is wrong with a release's data, one line that says what to write instead; null if nothing is. */
    @Nullable
    public static String validationError(@NonNull ObjectNode data) {
        JsonNode result = data.get("result");
        return result == null || Result.read(result) != null
                ? null
                : "result is " + Limits.text(result.toString(), 60)
                        + "; write \"success\" or \"fail\", or leave it out";
    }

    State release(Found found, ObjectNode data, String by) throws IOException {
        State[] state = new State[1];
        Redactor redactor = redactor(found);
        // Masked before anything is cut short: of a secret that is cut in two, half would stay.
        ObjectNode said = redactor.object(data);
        change(
                found,
                redactor,
                (event, entry) -> {
                    if (entry.release() != null) {
                        state[0] = new State(
                                sameOutcome(event, found.lock(), entry, said)
                                        ? Standing.RELEASED
                                        : Standing.RELEASED_OTHERWISE,
                                entry.result());
                        return null;
                    }
                    if (!isHeld(found, event, entry)) {
                        state[0] = new State(Standing.OVER, entry.result());
                        return null;
                    }
                    List<String> notes = new ArrayList<>(Notes.on(said));
                    ObjectNode kept = said;
                    if (Limits.tooLarge(said)) {
                        notes.add("the release's data is over " + Limits.DATA_BYTES
                                + " bytes; only result, flags and message were kept");
                        kept = Limits.essence(said);
                    }
                    return new Fact.Released(
                            clock.instant(), entry.plan().id(), kept, by, notes, isAsleep(found) ? Boolean.TRUE : null);
                },
                state);
        return state[0];
    }

    State log(Found found, String message, String by) throws IOException {
        State[] state = new State[1];
        Redactor redactor = redactor(found);
        change(
                found,
                redactor,
                (event, entry) -> {
                    if (entry.release() != null || !isHeld(found, event, entry)) {
                        state[0] =
                                new State(entry.release() != null ? Standing.RELEASED : Standing.OVER, entry.result());
                        return null;
                    }
                    if (entry.progress().size() >= Limits.PROGRESS_NOTES) {
                        state[0] = new State(Standing.FULL, entry.result());
                        return null;
                    }
                    return new Fact.Progressed(
                            clock.instant(),
                            entry.plan().id(),
                            Limits.message(redactor.text(message)),
                            by,
                            isAsleep(found) ? Boolean.TRUE : null);
                },
                state);
        return state[0];
    }

    State status(Found found) throws IOException {
        EventHistory event = found.journal().read().eventOfLock(found.lock());
        if (event == null) {
            return new State(Standing.OVER, null);
        }
        DeliveryHistory entry = event.entryOfLock(found.lock());
        if (entry.release() != null) {
            return new State(Standing.RELEASED, entry.result());
        }
        return new State(isHeld(found, event, entry) ? Standing.HELD : Standing.OVER, entry.result());
    }

    private interface Change {
        /** The fact to write, or null if there is none and the state was set instead. */
        Fact.OfDelivery on(EventHistory event, DeliveryHistory entry);
    }

    /** An endpoint may know the secrets of other webhooks as well. */
    private Redactor redactor(Found found) {
        Secrets own = directory.secrets(found.plan().webhook(), found.plan().secretIds());
        return Redactor.of(Secrets.union(List.of(directory.all(), own)));
    }

    private void change(Found found, Redactor redactor, Change change, State[] state) throws IOException {
        Journal journal = found.journal().redacting(redactor);
        List<Fact> written = journal.update(history -> {
            EventHistory event = history.eventOfLock(found.lock());
            if (event == null) {
                // The journal went away between finding the lock and coming here: its build was deleted.
                state[0] = new State(Standing.OVER, null);
                return List.of();
            }
            DeliveryHistory entry = event.entryOfLock(found.lock());
            Fact.OfDelivery fact = change.on(event, entry);
            if (fact == null) {
                return List.of();
            }
            state[0] = after(history, event, fact);
            return List.of(fact);
        });
        // Asked again, as the process may have been resumed since the lock was found: it then waits, and may have
        // read the journal before this fact was in it.
        LockWaiters.Waiter now = held.get(found.lock());
        LockWaiters.Waiter waiter = now == null ? found.waiter() : now;
        if (waiter != null) {
            written.forEach(fact -> waiter.happened(found.plan().webhook(), fact));
        }
    }

    /** The history at hand is this call's own, so the fact can be folded into it to see what comes of it. */
    private static State after(History history, EventHistory event, Fact.OfDelivery fact) {
        history.apply(fact);
        DeliveryHistory entry = event.entry(fact.delivery());
        return new State(fact instanceof Fact.Released ? Standing.RELEASED : Standing.HELD, entry.result());
    }

    private static boolean isHeld(Found found, EventHistory event, DeliveryHistory entry) {
        return !found.over() && event.settled() == null && entry.held();
    }

    private boolean isAsleep(Found found) {
        return found.waiter() == null && held.get(found.lock()) == null;
    }

    /** Whether a release would have led to the outcome that stands: what it said of result and flags decides. */
    private boolean sameOutcome(EventHistory event, String lock, DeliveryHistory entry, ObjectNode data) {
        History asIf = new History();
        asIf.apply(event.fired());
        DeliveryHistory other = asIf.event(event.key()).entryOfLock(lock);
        if (entry.answer() != null) {
            asIf.apply(entry.answer());
        }
        entry.failures().forEach(asIf::apply);
        asIf.apply(new Fact.Released(clock.instant(), entry.plan().id(), data, "", List.of(), null));
        return outcome(other) == outcome(entry);
    }

    private static Outcome outcome(DeliveryHistory entry) {
        return entry.outcome() == null ? Outcome.SUCCESS : entry.outcome();
    }
}

package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * The journal as one fired event uses it: decides on what is on disk, writes, and reports to the listener all that is new,
 * in the journal's order and whoever wrote it. Used by one thread at a time.
 */
final class EventJournal {

    private final EngineServices services;
    private final ReleaseProcess process;
    private final String key;

    /** The history as long as something is to be sent, else null: a wait may be long, and there may be many. */
    private History known;

    /** How many of the event's facts the listener was given. */
    private int reported;

    EventJournal(@NonNull EngineServices services, @NonNull ReleaseProcess process, @NonNull String key) {
        this.services = services;
        this.process = process;
        this.key = key;
    }

    /** Reads the history; what is in it counts as reported. Returns the event's, or null if it was not fired yet. */
    @Nullable
    EventHistory open() throws IOException {
        known = process.journal().read();
        EventHistory event = known.event(key);
        reported = event == null ? 0 : event.facts().size();
        return event;
    }

    /** Takes over a history of this journal that somebody else read, unless there is one already. */
    void adopt(@NonNull History history) {
        known = known == null ? history : known;
    }

    /** Whether the history that was opened has an event that tells of this one's locks. */
    boolean tellsOfLocks() {
        return tellsOfLocks(known);
    }

    /** Whether a history has an event that tells of this one's locks. */
    boolean tellsOfLocks(@NonNull History history) {
        return history.event(DeliveryPlanner.cancelledKey(key)) != null;
    }

    /** Reports what came before {@link #open} while nobody could see it. */
    void reportUnseen() {
        for (Fact fact : known.event(key).facts()) {
            if (fact.wasUnseen()) {
                process.listener().onFact(fact);
            }
        }
    }

    /** Decides on the history and writes what was decided; see {@link #commit(List, Function)}. */
    <R> R commit(@NonNull Function<Journal.Transaction, R> decision) throws IOException {
        EventHistory event = known == null ? null : known.event(key);
        return commit(event == null ? List.of() : event.fired().deliveries(), decision);
    }

    /**
     * Decides on the history and writes what was decided.
     *
     * @param plans the deliveries whose webhooks may be gone from the configuration and whose secrets are masked all the same
     * @throws IllegalStateException if the history does not know the event any more
     */
    <R> R commit(@NonNull List<PlannedDelivery> plans, @NonNull Function<Journal.Transaction, R> decision)
            throws IOException {
        History history = known == null ? new History() : known;
        // Of no use any more if this throws.
        known = null;
        R result = process.journal()
                .redacting(services.redactor(plans))
                .transact(history, decision)
                .result();
        EventHistory event = event(history);
        for (List<Fact> facts = event.facts(); reported < facts.size(); reported++) {
            process.listener().onFact(facts.get(reported));
        }
        if (event.settled() == null
                && event.entries().stream().anyMatch(entry -> entry.state().sending())) {
            known = history;
        }
        return result;
    }

    /** Writes and reports a fact without reading what is there, as once the verdict stands nobody else writes any more. */
    void append(@NonNull Fact fact, @NonNull PlannedDelivery plan) throws IOException {
        process.journal()
                .redacting(services.redactor(List.of(plan)))
                .append(List.of(fact))
                .forEach(process.listener()::onFact);
    }

    /** The event in a history that must know it. */
    @NonNull
    EventHistory event(@NonNull History history) {
        EventHistory event = history.event(key);
        if (event == null) {
            throw new IllegalStateException("the webhook history does not know the event fired as " + key
                    + " any more: its file was removed or damaged");
        }
        return event;
    }

    /** Whether more is to be sent for a delivery. */
    boolean isSending(@NonNull PlannedDelivery plan) {
        return known != null && isSending(known, plan);
    }

    /** The same by a history that knows the event. */
    boolean isSending(@NonNull History history, @NonNull PlannedDelivery plan) {
        EventHistory event = event(history);
        DeliveryHistory entry = event.entry(plan.id());
        return event.settled() == null && entry != null && entry.state().sending();
    }

    /** Forgets the history: the event needs none until somebody asks. */
    void forget() {
        known = null;
    }
}

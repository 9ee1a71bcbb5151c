package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The history of one fired event: its entries, one for each webhook that listens, and its verdict once there is one. */
public final class EventHistory {

    private static final String BEFORE_RELEASE = "before_release";

    private final Fact.Fired fired;
    private final Map<String, DeliveryHistory> entries = new LinkedHashMap<>();
    private final List<Fact> facts = new ArrayList<>();
    private Fact.Failing failing;
    private Fact.Settled settled;

    EventHistory(Fact.Fired fired) {
        this.fired = fired;
        facts.add(fired);
        for (PlannedDelivery plan : fired.deliveries()) {
            entries.put(plan.id(), new DeliveryHistory(plan, fired.at()));
        }
    }

    void apply(Fact.OfDelivery fact) {
        facts.add(fact);
        entries.get(fact.delivery()).apply(fact);
    }

    /** Takes a note that the release is certain to fail; of two the first one stands. */
    void fails(Fact.Failing fails) {
        facts.add(fails);
        failing = failing == null ? fails : failing;
    }

    /** Takes a verdict; of two the first one stands. */
    void settle(Fact.Settled verdict) {
        facts.add(verdict);
        settled = settled == null ? verdict : settled;
    }

    /** All facts about the event, in the journal's order, the firing first. */
    @NonNull
    public List<Fact> facts() {
        return Collections.unmodifiableList(facts);
    }

    /** How it was fired. */
    @NonNull
    public Fact.Fired fired() {
        return fired;
    }

    /** Whether it only tells what happened and decides nothing (protocol: "more events"). */
    public boolean tellsOnly() {
        return fired.tellsOnly();
    }

    /**
     * Whether more may come of it. An event that only tells what happened goes on after its process has ended.
     *
     * @param running whether the process goes on
     */
    public boolean goesOn(boolean running) {
        return settled == null && (running || tellsOnly());
    }

    /** The key of the firing. */
    @NonNull
    public String key() {
        return fired.key();
    }

    /** The entries in the order of the webhooks. */
    @NonNull
    public Collection<DeliveryHistory> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** The entry of a delivery, or null. */
    @Nullable
    public DeliveryHistory entry(@NonNull String delivery) {
        return entries.get(delivery);
    }

    /** The entry that holds, or held, a lock, or null. */
    @Nullable
    public DeliveryHistory entryOfLock(@NonNull String lock) {
        for (DeliveryHistory entry : entries.values()) {
            if (lock.equals(entry.plan().lock())) {
                return entry;
            }
        }
        return null;
    }

    /** The verdict that stands, or null as long as there is none. */
    @Nullable
    public Fact.Settled settled() {
        return settled;
    }

    /** What was noted of a release that is certain to fail and waits all the same, or null if nothing was. */
    @Nullable
    public Fact.Failing failing() {
        return failing;
    }

    /**
     * Whether the entries allow a verdict: all are closed, or nothing more is to be delivered and one of them ends the
     * release, which does not wait for the others' locks (protocol: "several webhooks on one event").
     */
    public boolean decided() {
        boolean closed = true;
        boolean sending = false;
        boolean decisive = false;
        for (DeliveryHistory entry : entries.values()) {
            DeliveryState state = entry.state();
            closed &= state.closed();
            sending |= state.sending();
            Outcome outcome = entry.outcome();
            decisive |= state.closed() && entry.plan().decides() && outcome != null && outcome.decisive();
        }
        return closed || !sending && (decisive || !mayNeedRollback() && certainFailure() != null);
    }

    /** Whether a rollback could undo anything: not before anything of the release has begun. */
    public boolean mayNeedRollback() {
        return !fired.event().equals(BEFORE_RELEASE);
    }

    /**
     * An entry that makes the release fail, whatever the others come to; null if there is none. A rollback or a stop may
     * still be asked for by another one.
     */
    @Nullable
    public DeliveryHistory certainFailure() {
        for (DeliveryHistory entry : entries.values()) {
            if (entry.state().closed() && entry.plan().decides() && entry.action() == Action.FAIL) {
                return entry;
            }
        }
        return null;
    }
}

package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The history of one fired event: its entries, one for each webhook that listens, and its verdict once there is one. */
public final class EventHistory {

    private final Fact.Fired fired;
    private final Map<String, DeliveryHistory> entries = new LinkedHashMap<>();
    private Fact.Settled settled;

    EventHistory(Fact.Fired fired) {
        this.fired = fired;
        for (PlannedDelivery plan : fired.deliveries()) {
            entries.put(plan.id(), new DeliveryHistory(plan, fired.at()));
        }
    }

    void settle(Fact.Settled verdict) {
        settled = settled == null ? verdict : settled;
    }

    /** How it was fired. */
    @NonNull
    public Fact.Fired fired() {
        return fired;
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

    /**
     * Whether the entries allow a verdict: all are closed, or nothing more is to be delivered and one of them ends the
     * release, which does not wait for the others' locks (protocol: "several webhooks on one event").
     */
    public boolean decided() {
        boolean closed = true;
        boolean delivered = true;
        boolean decisive = false;
        for (DeliveryHistory entry : entries.values()) {
            closed &= entry.closed();
            delivered &= entry.sendingDone();
            Outcome outcome = entry.outcome();
            decisive |= entry.closed() && outcome != null && outcome.decisive();
        }
        return closed || delivered && decisive;
    }
}

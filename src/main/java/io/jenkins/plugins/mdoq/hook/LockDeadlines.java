package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.Times;
import io.jenkins.plugins.mdoq.protocol.WrittenDuration;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * The deadlines of the locks that one fired event holds: the lock timeout, and the heartbeat. Both are points in time that
 * follow from the journal. Each lock has one timer at the most, set for the earlier one; when it goes off, the history says
 * whether that one has passed or has moved on, so progress costs no timer, however much there is of it. Used by the
 * event's tasks, one call at a time.
 */
final class LockDeadlines {

    /** While Jenkins was down nobody could report, so that long an endpoint has to come again after a restart at least. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** Looks at a lock whose timer went off. */
    interface Check {
        /** Asks {@link #passed} about the lock as the journal has it now, and {@linkplain #watch watches} it again if not. */
        void check(@NonNull PlannedDelivery plan) throws IOException;
    }

    private final EngineServices services;
    private final SerialExecutor tasks;
    private final Check check;

    /** When the event was resumed, or null if it was fired by this run. */
    private Instant resumedAt;

    LockDeadlines(@NonNull EngineServices services, @NonNull SerialExecutor tasks, @NonNull Check check) {
        this.services = services;
        this.tasks = tasks;
        this.check = check;
    }

    /** Says that the event goes on after a restart. */
    void resumed() {
        resumedAt = services.clock().instant();
    }

    /** Sets the timer of a lock if it is held and may expire. To be called once, and by each check that finds it held. */
    void watch(@NonNull DeliveryHistory entry) {
        Instant timeout = entry.deadline();
        Instant heartbeat = heartbeat(entry);
        if (entry.held() && (timeout != null || heartbeat != null)) {
            Instant next = heartbeat == null || timeout != null && timeout.isBefore(heartbeat) ? timeout : heartbeat;
            tasks.executeAt(next, () -> check.check(entry.plan()));
        }
    }

    /** The expiry of a lock one of whose deadlines has passed; of both the earlier one. Null if none has or it is not held. */
    @CheckForNull
    Fact.Expired passed(@NonNull DeliveryHistory entry) {
        Instant now = services.clock().instant();
        Instant timeout = entry.deadline();
        Instant heartbeat = heartbeat(entry);
        boolean timedOut = timeout != null && !timeout.isAfter(now);
        boolean silent = heartbeat != null && !heartbeat.isAfter(now);
        if (!entry.held() || !timedOut && !silent) {
            return null;
        }
        if (timedOut && (!silent || !timeout.isAfter(heartbeat))) {
            return new Fact.Expired(
                    now,
                    entry.plan().id(),
                    "lock timeout of " + WrittenDuration.text(Duration.between(entry.firedAt(), timeout))
                            + ": the lock, held since " + Times.text(entry.firedAt()) + ", was not released",
                    Fact.Expired.Kind.LOCK_TIMEOUT);
        }
        return new Fact.Expired(
                now,
                entry.plan().id(),
                "heartbeat of " + WrittenDuration.text(length(entry))
                        + ": no release of the lock and no progress since " + Times.text(entry.lastSign()),
                Fact.Expired.Kind.HEARTBEAT);
    }

    /** When the heartbeat is over, or null if there is none. */
    @CheckForNull
    private Instant heartbeat(DeliveryHistory entry) {
        Instant deadline = entry.heartbeatDeadline();
        if (deadline == null || resumedAt == null) {
            return deadline;
        }
        Duration grace = length(entry).compareTo(GRACE) < 0 ? length(entry) : GRACE;
        Instant earliest = resumedAt.plus(grace);
        return deadline.isBefore(earliest) ? earliest : deadline;
    }

    private static Duration length(DeliveryHistory entry) {
        return Duration.ofSeconds(entry.plan().heartbeatSeconds());
    }
}

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
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Notes;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What can be done to a lock once the caller was let in: by its endpoint through the lock API, by an operator through
 * Jenkins. A release is on disk before these methods return. Safe for any thread; does disk I/O on the caller's.
 */
public final class Locks {

    /** How many signs that are not kept as notes are kept in the time of a heartbeat at the most. */
    private static final int SIGNS_PER_HEARTBEAT = 10;

    private final LockDirectory directory;
    private final LockWaiters waiters;
    private final Clock clock;
    private final LockKey key;
    private final LockJournal lockJournal;
    private final Refusals refusals = new Refusals();

    /**
     * @param waiters who waits in this JVM
     * @param key what the values of genuine locks are made with
     */
    public Locks(
            @NonNull LockDirectory directory,
            @NonNull WebhookDirectory webhooks,
            @NonNull LockWaiters waiters,
            @NonNull Clock clock,
            @NonNull LockKey key) {
        this.directory = directory;
        this.waiters = waiters;
        this.clock = clock;
        this.key = key;
        lockJournal = new LockJournal(webhooks, waiters);
    }

    /**
     * Finds a lock; null if there is none of that value. One that was not made with the key is not looked for. Locks of older
     * versions, which have no code, count for as long as somebody waits for them here.
     */
    @Nullable
    FoundLock find(@NonNull String lock) throws IOException {
        LockValue value = LockValue.parse(lock);
        if (value == null) {
            return null;
        }
        LockWaiters.Waiter waiter = waiters.get(lock);
        if (waiter == null && !value.isGenuine(key)) {
            return null;
        }
        if (waiter == null) {
            LockDirectory.Home home = directory.find(value);
            return home == null ? null : new FoundLock(lock, home.journal(), home.history(), null, home.over());
        }
        Journal journal = waiter.journal();
        History history = journal.read();
        return history.eventOfLock(lock) == null ? null : new FoundLock(lock, journal, history, waiter, false);
    }

    /**
     * Releases a lock on behalf of an operator.
     *
     * @param data laid over the entry's data; see {@link #validationError}
     * @param operator the operator's user id
     * @param from where they are, such as {@code at 192.0.2.7}
     * @return how things stand after it, or null if there is no such lock
     * @throws IOException if nothing was decided, as the history could not be read or written
     */
    @Nullable
    public LockStatus release(
            @NonNull String lock, @NonNull ObjectNode data, @NonNull String operator, @NonNull String from)
            throws IOException {
        FoundLock found = find(lock);
        return found == null ? null : release(found, data, "operator " + operator + " " + from, List.of(), operator);
    }

    /**
     * What came of asking for more time.
     *
     * @param status how things stand with the lock
     * @param deadline when it expires now unless something happens, or null if it waits indefinitely or is not held
     * @param extended whether that was moved
     */
    public record Extension(
            @NonNull LockStatus status, @Nullable Instant deadline, boolean extended) {}

    /**
     * Gives a lock more time on behalf of an operator (protocol: "more time").
     *
     * @param more how much, from when it would expire, or from now on if that is later
     * @param by who it is
     * @param reason why, or null
     * @return what came of it, or null if there is no such lock; a lock that is not held or has no deadline is left alone
     * @throws IOException if nothing was decided, as the history could not be read or written
     */
    @Nullable
    public Extension extend(@NonNull String lock, @NonNull Duration more, @NonNull String by, @Nullable String reason)
            throws IOException {
        FoundLock found = find(lock);
        if (found == null) {
            return null;
        }
        Redactor redactor = lockJournal.redactor(found);
        AtomicReference<Instant> until = new AtomicReference<>();
        Journal.Committed<LockStatus> committed = lockJournal.change(found, redactor, transaction -> {
            DeliveryHistory delivery = found.delivery();
            Instant deadline = found.isHeld() ? delivery.nextDeadline() : null;
            if (deadline != null) {
                Instant now = clock.instant();
                transaction.append(new Fact.Extended(
                        now,
                        delivery.plan().id(),
                        (deadline.isBefore(now) ? now : deadline).plus(more),
                        by,
                        reason == null ? null : Limits.message(redactor.text(reason))));
                // Behind this transaction, the history belongs to who is woken.
                until.set(delivery.nextDeadline());
            }
            return found.status();
        });
        return new Extension(committed.result(), until.get(), !committed.facts().isEmpty());
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

    /** @param oddities of how it was sent, to be kept with it */
    LockStatus release(FoundLock found, ObjectNode data, String by, List<String> oddities) throws IOException {
        return release(found, data, by, oddities, null);
    }

    private LockStatus release(
            FoundLock found, ObjectNode data, String by, List<String> oddities, @Nullable String operator)
            throws IOException {
        // Masked before anything is cut short: of a secret that is cut in two, half would stay.
        Redactor redactor = lockJournal.redactor(found);
        ObjectNode said = redactor.object(data);
        Journal.Committed<LockStatus> committed = lockJournal.change(found, redactor, transaction -> {
            DeliveryHistory delivery = found.delivery();
            if (delivery.release() != null) {
                return found.status(
                        sameOutcome(found.event(), found.lock(), delivery, said)
                                ? LockStatus.Kind.RELEASED
                                : LockStatus.Kind.RELEASED_OTHERWISE);
            }
            if (!found.isHeld()) {
                return found.status(LockStatus.Kind.OVER);
            }
            List<String> notes = new ArrayList<>(oddities);
            notes.addAll(Notes.on(said));
            ObjectNode kept = said;
            if (Limits.tooLarge(said)) {
                notes.add("the release's data is over " + Limits.DATA_BYTES
                        + " bytes; only result, flags and message were kept");
                kept = Limits.essence(said);
            }
            transaction.append(new Fact.Released(
                    clock.instant(), delivery.plan().id(), kept, by, notes, lockJournal.unseen(found), operator));
            lockJournal.decide(found, transaction);
            return found.status(LockStatus.Kind.RELEASED);
        });
        LockStatus status = committed.result();
        if (status.kind() == LockStatus.Kind.RELEASED && committed.facts().isEmpty()) {
            // It may be on disk although that refused it, where it could not be taken back; nobody was woken then.
            lockJournal.wake(found);
        }
        return status;
    }

    LockStatus log(FoundLock found, String message, String by) throws IOException {
        Redactor redactor = lockJournal.redactor(found);
        return lockJournal
                .change(found, redactor, transaction -> {
                    DeliveryHistory delivery = found.delivery();
                    if (delivery.release() != null || !found.isHeld()) {
                        return found.status();
                    }
                    if (delivery.progress().size() >= Limits.PROGRESS_NOTES) {
                        return found.status(
                                beat(delivery, transaction) ? LockStatus.Kind.COUNTED : LockStatus.Kind.FULL);
                    }
                    transaction.append(new Fact.Progressed(
                            clock.instant(),
                            delivery.plan().id(),
                            Limits.message(redactor.text(message)),
                            by,
                            lockJournal.unseen(found)));
                    return found.status(LockStatus.Kind.HELD);
                })
                .result();
    }

    /**
     * Keeps that the endpoint gave a sign, for its heartbeat; false if there is none. Signs that come close upon each other are
     * one, so that they cannot fill the disk.
     */
    private boolean beat(DeliveryHistory delivery, Journal.Transaction transaction) {
        Long seconds = delivery.plan().heartbeatSeconds();
        if (seconds == null) {
            return false;
        }
        Instant now = clock.instant();
        if (!delivery.lastSign()
                .plusMillis(seconds * 1_000 / SIGNS_PER_HEARTBEAT)
                .isAfter(now)) {
            transaction.append(new Fact.Beat(now, delivery.plan().id()));
        }
        return true;
    }

    /**
     * Keeps that a call was refused, if it is one of those that are reported; see {@link Refusals}.
     *
     * @param from the address that it came from
     * @return what was written, or null if nothing was
     */
    @Nullable
    Fact.Refused refused(FoundLock found, String action, int status, String reason, String from) throws IOException {
        int reported = found.delivery().refusals().stream()
                .filter(earlier -> earlier.status() == status)
                .mapToInt(Fact.Refused::count)
                .max()
                .orElse(0);
        int count = refusals.count(found.lock(), status, reported);
        if (count == 0) {
            return null;
        }
        List<Fact> written = lockJournal
                .change(found, lockJournal.redactor(found), transaction -> {
                    transaction.append(new Fact.Refused(
                            clock.instant(),
                            found.plan().id(),
                            action,
                            status,
                            Limits.message(reason),
                            from,
                            count,
                            lockJournal.unseen(found)));
                    return found.status();
                })
                .facts();
        return written.isEmpty() ? null : (Fact.Refused) written.get(0);
    }

    /** What came with a call of a lock, without the secrets. */
    @NonNull
    ObjectNode masked(@NonNull FoundLock found, @NonNull ObjectNode data) {
        return lockJournal.redactor(found).object(data);
    }

    /** Whether a release would have led to the outcome that stands: what it said of result and flags decides. */
    private boolean sameOutcome(EventHistory event, String lock, DeliveryHistory delivery, ObjectNode data) {
        History asIf = new History();
        asIf.apply(event.fired());
        DeliveryHistory other = asIf.event(event.key()).entryOfLock(lock);
        if (delivery.answer() != null) {
            asIf.apply(delivery.answer());
        }
        delivery.failures().forEach(asIf::apply);
        asIf.apply(new Fact.Released(clock.instant(), delivery.plan().id(), data, "", List.of(), null));
        return outcome(other) == outcome(delivery);
    }

    private static Outcome outcome(DeliveryHistory delivery) {
        return delivery.outcome() == null ? Outcome.SUCCESS : delivery.outcome();
    }
}

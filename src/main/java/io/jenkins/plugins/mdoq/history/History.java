package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.protocol.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A process's webhook history, folded from its facts. A fact that does not fit (of a delivery that was never fired) is
 * reported as damage and otherwise passed over. Owned by whoever folds it; not safe for concurrent use.
 */
public final class History {

    private final Map<String, EventHistory> events = new LinkedHashMap<>();
    private final Map<String, EventHistory> byDelivery = new HashMap<>();
    private final Map<String, EventHistory> byLock = new HashMap<>();
    private final Map<String, StepFact.Started> stepsStarted = new LinkedHashMap<>();
    private final Map<String, StepFact.Finished> stepsFinished = new LinkedHashMap<>();
    private final List<String> damage = new ArrayList<>();
    private Begun begun;

    /** How much of the journal's file has been folded so far. */
    private long bytes;

    private int lines;

    /** The last of these lines without its line feed; the next one is chained to it. */
    private byte[] lastLine = {};

    /** Folds facts in the order in which they were written. */
    @NonNull
    public static History of(@NonNull Iterable<? extends Fact> facts) {
        History history = new History();
        facts.forEach(history::apply);
        return history;
    }

    /** Adds one fact. */
    public void apply(@NonNull Fact fact) {
        if (fact instanceof Fact.Fired fired) {
            if (!events.containsKey(fired.key())) {
                EventHistory event = new EventHistory(fired);
                events.put(fired.key(), event);
                for (DeliveryHistory entry : event.entries()) {
                    byDelivery.put(entry.plan().id(), event);
                    if (entry.plan().lock() != null) {
                        byLock.putIfAbsent(entry.plan().lock(), event);
                    }
                }
            } else {
                damage.add("a second 'fired' for " + fired.key() + " was passed over");
            }
        } else if (fact instanceof Fact.OfDelivery ofDelivery) {
            EventHistory event = byDelivery.get(ofDelivery.delivery());
            if (event == null) {
                damage.add("a fact of the unknown delivery " + ofDelivery.delivery() + " was passed over");
            } else {
                event.apply(ofDelivery);
            }
        } else if (fact instanceof Fact.Settled settled) {
            EventHistory event = events.get(settled.key());
            if (event == null) {
                damage.add("a verdict on the unknown event " + settled.key() + " was passed over");
            } else {
                event.settle(settled);
            }
        } else if (fact instanceof Fact.Failing failing) {
            EventHistory event = events.get(failing.key());
            if (event == null) {
                damage.add("a note on the unknown event " + failing.key() + " was passed over");
            } else {
                event.fails(failing);
            }
        } else if (fact instanceof Begun now) {
            begun = begun == null ? now : begun.with(now);
        } else if (fact instanceof StepFact.Started started) {
            stepsStarted.putIfAbsent(started.step(), started);
        } else if (fact instanceof StepFact.Finished finished) {
            stepsFinished.putIfAbsent(finished.step(), finished);
        }
    }

    /** Notes that one more line of the journal's file has been folded; it comes without its line feed. */
    void advance(byte[] line) {
        bytes += line.length + 1;
        lines++;
        lastLine = line;
    }

    /** The last line that has been folded, without its line feed; empty before the first. Not to be changed. */
    byte[] lastLine() {
        return lastLine;
    }

    /** Where in the journal's file the lines begin that have not been folded, in bytes. */
    long bytes() {
        return bytes;
    }

    /** How many lines of the journal's file have been folded. */
    int lines() {
        return lines;
    }

    void damaged(String what) {
        damage.add(what);
    }

    /** What the process was begun with, or null if nobody said. */
    @Nullable
    public Begun begun() {
        return begun;
    }

    /** All fired events, oldest first. */
    @NonNull
    public Collection<EventHistory> events() {
        return Collections.unmodifiableCollection(events.values());
    }

    /** The fired events that have a part in what becomes of the release, oldest first: all but those that only tell of it. */
    @NonNull
    public List<EventHistory> decisions() {
        return events.values().stream().filter(event -> !event.tellsOnly()).toList();
    }

    /** The fired events that only tell what happened and decide nothing, oldest first. */
    @NonNull
    public List<EventHistory> notices() {
        return events.values().stream().filter(EventHistory::tellsOnly).toList();
    }

    /** The fired event of a key, or null. */
    @Nullable
    public EventHistory event(@NonNull String key) {
        return events.get(key);
    }

    /** The fired event one of whose entries holds, or held, a lock, or null. */
    @Nullable
    public EventHistory eventOfLock(@NonNull String lock) {
        return byLock.get(lock);
    }

    /** How a step of the process began, or null if it did not. */
    @Nullable
    public StepFact.Started started(@NonNull String step) {
        return stepsStarted.get(step);
    }

    /** How a step of the process ended, or null if it did not. */
    @Nullable
    public StepFact.Finished finished(@NonNull String step) {
        return stepsFinished.get(step);
    }

    /** The steps of the process, those that began first, in the order in which they did. */
    @NonNull
    public List<StepHistory> steps() {
        Set<String> names = new LinkedHashSet<>(stepsStarted.keySet());
        names.addAll(stepsFinished.keySet());
        return names.stream()
                .map(step -> new StepHistory(step, stepsStarted.get(step), stepsFinished.get(step)))
                .toList();
    }

    /** The fired event whose verdict asks for a rollback, the first one if several do, or null. */
    @Nullable
    public EventHistory rollbackAskedBy() {
        for (EventHistory event : decisions()) {
            if (event.settled() != null && event.settled().action() == Action.ROLLBACK) {
                return event;
            }
        }
        return null;
    }

    /** What could not be read, one line each; empty in a sound journal. */
    @NonNull
    public List<String> damage() {
        return Collections.unmodifiableList(damage);
    }
}

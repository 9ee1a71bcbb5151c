package io.jenkins.plugins.mdoq.index;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings an index up to date when somebody looks, aside, and one reading at a time. Before the first look it does nothing. All
 * journals are looked at once a minute at the most, and the longer that takes the more seldom; in between those alone whose
 * processes said that they were about to write. Safe for any thread.
 */
public final class IndexKeeper {

    private static final Logger LOGGER = Logger.getLogger(IndexKeeper.class.getName());

    private static final Duration WHOLE = Duration.ofMinutes(1);
    private static final Duration TOUCHED = Duration.ofSeconds(1);

    /** Of the time no more than one part in so many is spent on looking at all journals. */
    private static final int SHARE = 20;

    private final DeliveryIndex index;
    private final Executor executor;
    private final Clock clock;
    private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);
    private Instant wholeDue = Instant.MIN;
    private Instant touchedDue = Instant.MIN;

    /** @param executor where the reading is done; it may take a while */
    public IndexKeeper(@NonNull DeliveryIndex index, @NonNull Executor executor, @NonNull Clock clock) {
        this.index = index;
        this.executor = executor;
        this.clock = clock;
    }

    /** The index as it is now. */
    @NonNull
    public DeliveryIndex index() {
        return index;
    }

    /**
     * Brings the index up to date, unless that was done just now.
     *
     * @return completes with the reading that this look waits for; never exceptionally
     */
    @NonNull
    public synchronized Future<Void> look() {
        if (!reading.isDone()) {
            return reading;
        }
        Instant now = clock.instant();
        if (!now.isBefore(wholeDue)) {
            reading = aside(this::readAll);
        } else if (!now.isBefore(touchedDue)) {
            reading = aside(this::readTouched);
        }
        return reading;
    }

    private CompletableFuture<Void> aside(Runnable task) {
        return CompletableFuture.runAsync(task, executor).exceptionally(error -> {
            LOGGER.log(Level.WARNING, "Could not read what was delivered lately; the next look tries again", error);
            return null;
        });
    }

    private void readAll() {
        Instant begun = clock.instant();
        index.readAll();
        Instant ended = clock.instant();
        Duration pause = Duration.between(begun, ended).multipliedBy(SHARE);
        done(ended.plus(pause.compareTo(WHOLE) > 0 ? pause : WHOLE), ended.plus(TOUCHED));
    }

    private void readTouched() {
        index.readTouched();
        done(null, clock.instant().plus(TOUCHED));
    }

    private synchronized void done(Instant nextWhole, Instant nextTouched) {
        wholeDue = nextWhole == null ? wholeDue : nextWhole;
        touchedDue = nextTouched;
    }
}

package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.history.Resending;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Fires events and settles them. One for the whole JVM; safe for any thread. No method of it blocks or does I/O on the
 * caller's thread.
 */
public final class ReleaseHook {

    private final EngineServices services;

    /** @param services what all hooks share */
    public ReleaseHook(@NonNull EngineServices services) {
        this.services = services;
    }

    /**
     * Fires an event, or resumes it if the journal says that it was fired already.
     *
     * @return the run, whose verdict completes once it is in the journal; exceptionally with an
     *     {@link IllegalArgumentException} if the body cannot be sent (then nothing was fired), or with an
     *     {@link java.io.UncheckedIOException} if the journal cannot be read or written
     */
    @NonNull
    public EventRun fire(@NonNull ReleaseProcess process, @NonNull FireRequest firing) {
        EventRun run = new EventRun(services, process, firing.key());
        run.begin(firing);
        return run;
    }

    /**
     * Resumes an event that was fired before.
     *
     * @param key the key of its firing
     * @return the run; see {@link #fire}. Its verdict completes with an {@link IllegalStateException} if the journal knows
     *     no such firing
     */
    @NonNull
    public EventRun resume(@NonNull ReleaseProcess process, @NonNull String key) {
        EventRun run = new EventRun(services, process, key);
        run.begin(null);
        return run;
    }

    /**
     * Tells all endpoints of a fired event something about it, best effort.
     *
     * @param about the fired event
     * @param suffix appended to the event's name, such as {@code rolled_back}
     * @param data what they are told
     * @return completes when all have been told or could not be, never exceptionally
     */
    @NonNull
    public CompletableFuture<Void> tell(
            @NonNull ReleaseProcess process,
            @NonNull EventHistory about,
            @NonNull String suffix,
            @NonNull ObjectNode data) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        SerialExecutor tasks = new SerialExecutor(services, done::completeExceptionally);
        EventJournal journal = new EventJournal(services, process, about.key());
        EndpointNotifier notifier = new EndpointNotifier(services, process, journal, tasks);
        List<PlannedDelivery> plans =
                about.entries().stream().map(DeliveryHistory::plan).toList();
        tasks.execute(() -> notifier.send(about, plans, about.fired().event() + "_" + suffix, data)
                .thenRun(() -> done.complete(null)));
        return done;
    }

    /**
     * Sends a delivery that is over once more, under its own id; it decides nothing.
     *
     * @param process whose delivery it was
     * @param webhook the delivery's webhook as it is now
     * @param delivery the delivery's id
     * @param by who asked for it
     * @return completes once it is on disk that it is sent, or with why it is not; with null if the history knows no such
     *     delivery of that webhook; exceptionally with an {@link java.io.IOException} if the journal could not be read or
     *     written. What comes back is in the history later
     */
    @NonNull
    public CompletableFuture<Resending.Permitted> sendAgain(
            @NonNull ReleaseProcess process, @NonNull Webhook webhook, @NonNull String delivery, @NonNull String by) {
        return new SendingAgain(services, process, webhook, delivery, by).send();
    }
}

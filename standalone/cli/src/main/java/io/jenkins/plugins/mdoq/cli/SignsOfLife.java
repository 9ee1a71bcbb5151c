package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.report.Durations;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says at intervals what a run waits for, as some CI systems end jobs that print nothing. Safe for any thread. */
final class SignsOfLife {

    /** Says what the run is at, without the time. */
    interface Waiting {
        String words() throws IOException;
    }

    private final Teller teller;
    private final Clock clock;
    private Waiting waiting;
    private Instant since;

    /**
     * Begins to say so.
     *
     * @param executor does the work
     * @param every how often, or null for never
     */
    SignsOfLife(
            ScheduledExecutorService scheduler,
            Executor executor,
            @CheckForNull Duration every,
            Teller teller,
            Clock clock) {
        this.teller = teller;
        this.clock = clock;
        if (every != null) {
            scheduler.scheduleAtFixedRate(
                    () -> executor.execute(this::tell), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What the run is at from now on; null: nothing that takes long. */
    synchronized void during(@CheckForNull Waiting newWaiting) {
        waiting = newWaiting;
        since = clock.instant();
    }

    private void tell() {
        Waiting now;
        Instant began;
        synchronized (this) {
            now = waiting;
            began = since;
        }
        if (now == null) {
            return;
        }
        String words;
        try {
            words = now.words();
        } catch (IOException e) {
            words = "the webhook history cannot be read (" + IoReasons.of(e) + ")";
        }
        teller.tell(words + ", for " + Durations.text(Duration.between(began, clock.instant())));
    }

    /** What an event waits for. */
    static String waitingFor(@CheckForNull EventHistory event) {
        if (event == null) {
            return "still at work";
        }
        List<String> names = new ArrayList<>();
        for (DeliveryHistory entry : event.entries()) {
            if (entry.state().sending()) {
                names.add(entry.plan().webhook() + " (no answer yet)");
            } else if (entry.held()) {
                names.add(entry.plan().webhook() + " (holds its lock)");
            }
        }
        return event.fired().event() + ": still waiting for "
                + (names.isEmpty() ? "the last answers" : String.join(", ", names));
    }
}

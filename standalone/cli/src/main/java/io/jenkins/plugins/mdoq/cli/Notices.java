package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a run still has to tell its webhooks when it ends. They are tried again like any other, so that may take a while; a run whose
 * time is over, or that a signal ends, does not wait for it any longer than {@link Abort#GRACE}, and says whom it could not tell.
 * Used by the main thread, but for {@link #tellWhoIsNotTold}.
 */
final class Notices {

    private final Journal journal;
    private final Abort abort;
    private final ScheduledExecutorService scheduler;
    private final Teller teller;
    private final List<CompletableFuture<Void>> underWay = new ArrayList<>();

    Notices(Journal journal, Abort abort, ScheduledExecutorService scheduler, Teller teller) {
        this.journal = journal;
        this.abort = abort;
        this.scheduler = scheduler;
        this.teller = teller;
    }

    /** Adds one that is under way; it never completes exceptionally. */
    void add(CompletableFuture<Void> notice) {
        underWay.add(notice);
    }

    /** Waits for those that are under way. */
    void await() {
        CompletableFuture<Void> all = CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new));
        CompletableFuture<Void> enough = new CompletableFuture<>();
        abort.during(reason -> {
            // After a signal the program is gone by then.
            if (!abort.signalled()) {
                scheduler.schedule(
                        () -> enough.complete(null), Abort.GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
        try {
            CompletableFuture.anyOf(all, enough).get();
            if (!all.isDone()) {
                tellWhoIsNotTold();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortedException("the run was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("none of them completes exceptionally", e);
        } finally {
            abort.during(null);
        }
    }

    /** Says which webhooks are still to be told something. */
    void tellWhoIsNotTold() {
        try {
            for (EventHistory event : journal.read().events()) {
                if (event.settled() != null) {
                    continue;
                }
                for (DeliveryHistory entry : event.entries()) {
                    if (event.tellsOnly() ? !entry.state().closed() : entry.held()) {
                        teller.tell("could not tell " + entry.plan().webhook() + " within "
                                + Abort.GRACE.toSeconds() + " s " + what(event)
                                + "; that is done when the same command is run again with the same --history");
                    }
                }
            }
        } catch (IOException e) {
            teller.tell("the webhook history cannot be read, so it is not known who was not told: " + IoReasons.of(e));
        }
    }

    private static String what(EventHistory event) {
        String name = event.fired().event();
        if (name.equals(ReleaseEvent.RELEASE_ENDED.name())) {
            return "how the release ended";
        }
        return "that its lock is given up (" + name + ")";
    }
}

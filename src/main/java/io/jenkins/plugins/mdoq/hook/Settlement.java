package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One look at what is on disk, to settle on a verdict if there can be one; used once, as a decision of the journal's. */
final class Settlement {

    interface Judge {
        /** The verdict, or null if it is too early for one. */
        @Nullable
        Verdict on(@NonNull EventHistory event);
    }

    private final String key;
    private final Instant now;
    private final Judge judge;
    private final List<PlannedDelivery> givenUp = new ArrayList<>();
    private EventHistory event;
    private Fact.Settled standing;

    Settlement(String key, Instant now, Judge judge) {
        this.key = key;
        this.now = now;
        this.judge = judge;
    }

    /**
     * The facts to write: the verdict, then the end of every delivery that it did not wait for; none if it is too early or a
     * verdict stands.
     *
     * @throws IllegalStateException if the history does not know the event any more
     */
    @NonNull
    List<Fact> facts(@NonNull History history) {
        event = history.event(key);
        if (event == null) {
            throw new IllegalStateException("the webhook history does not know the event fired as " + key
                    + " any more: its file was removed or damaged");
        }
        standing = event.settled();
        Verdict verdict = standing != null ? null : judge.on(event);
        if (verdict == null) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(verdict.settled(now, key));
        for (DeliveryHistory entry : event.entries()) {
            if (!entry.closed()) {
                facts.add(new Fact.Cancelled(now, entry.plan().id(), verdict.reason()));
                if (entry.held()) {
                    givenUp.add(entry.plan());
                }
            }
        }
        return facts;
    }

    /** The history that was judged. */
    @NonNull
    EventHistory hook() {
        return event;
    }

    /** The verdict that stood before, or null. */
    @Nullable
    Fact.Settled standing() {
        return standing;
    }

    /** The deliveries whose locks were held and are so no longer. */
    @NonNull
    List<PlannedDelivery> givenUp() {
        return givenUp;
    }
}

package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.LockState;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.report.DeliveryTimes;
import io.jenkins.plugins.mdoq.report.Durations;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The lock of an entry as the page shows it.
 *
 * @param state whether it is held, and if not, why
 * @param description the state in words, with who released it
 * @param held whether the build waits for it
 * @param lasted how long it has been held, or was; empty if nobody knows when it ended
 * @param deadline when it expires unless the endpoint does something, or would have; null if it waits indefinitely
 * @param extensions the more time that was given to it, newest first
 * @param value its value, or null if the viewer may not see it
 * @param releasedBy who released it, or null if nobody did
 * @param ended when it was closed, by whatever closed it, or null if it was not
 * @param bareFail what a release with a bare fail would do, for the form
 */
public record LockView(
        @NonNull StateView state,
        @NonNull String description,
        boolean held,
        @NonNull String lasted,
        @CheckForNull TimeView deadline,
        @NonNull List<NoteView> extensions,
        @CheckForNull String value,
        @CheckForNull String releasedBy,
        @CheckForNull TimeView ended,
        @NonNull String bareFail) {

    /**
     * The lock of an entry, or null if it has none.
     *
     * @param open whether the build and the event can still wait for a lock
     */
    @CheckForNull
    static LockView of(@NonNull DeliveryHistory entry, boolean open, @NonNull Viewer viewer) {
        LockState state = LockState.of(entry);
        if (state == null) {
            return null;
        }
        Instant now = viewer.now();
        boolean held = open && entry.held();
        Fact.Released release = entry.release();
        StateView shown = state(state, held);
        String releasedBy = release == null ? null : PlainText.line(release.by());
        Instant ended = DeliveryTimes.lockClosedAt(entry);
        // When a build that ended without a verdict stopped waiting is not known.
        Duration lasted = ended == null && !held ? null : DeliveryTimes.held(entry, now);
        return new LockView(
                shown,
                state == LockState.RELEASED ? Messages.LockView_releasedBy(releasedBy) : shown.text(),
                held,
                lasted == null ? "" : Durations.text(lasted),
                TimeView.ofAny(held ? entry.nextDeadline() : entry.deadline(), now),
                extensions(entry, now),
                viewer.mayRelease() ? entry.plan().lock() : null,
                releasedBy,
                TimeView.ofAny(ended, now),
                bareFail(entry.plan().onFail()));
    }

    /** A lock that nothing waits for any more is shown as such, whatever the entry by itself would still wait for. */
    private static StateView state(LockState state, boolean held) {
        return switch (state) {
            case RELEASED -> new StateView(Messages.LockView_released(), Tone.PLAIN);
            case EXPIRED -> new StateView(Messages.LockView_expired(), Tone.BAD);
            case GIVEN_UP -> new StateView(Messages.LockView_givenUp(), Tone.PLAIN);
            case HELD, CLOSED ->
                held
                        ? new StateView(Messages.LockView_held(), Tone.DOUBTFUL)
                        : new StateView(Messages.LockView_notWaitedFor(), Tone.PLAIN);
        };
    }

    private static List<NoteView> extensions(DeliveryHistory entry, Instant now) {
        List<NoteView> notes = new ArrayList<>();
        entry.extensions()
                .forEach(given -> notes.add(
                        0,
                        new NoteView(
                                TimeView.of(given.at(), now),
                                PlainText.line(given.by()),
                                given.reason() == null ? "" : PlainText.line(given.reason()))));
        return notes;
    }

    private static String bareFail(OnFail onFail) {
        return switch (onFail) {
            case CONTINUE -> Messages.LockView_failGoesOn();
            case UNSTABLE -> Messages.LockView_failUnstable();
            case FAIL -> Messages.LockView_failFails();
        };
    }
}

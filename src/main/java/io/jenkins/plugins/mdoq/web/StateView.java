package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.report.EntryState;

/**
 * A state in words.
 *
 * @param text what it is, plain text
 * @param tone how good it is
 */
public record StateView(@NonNull String text, @NonNull Tone tone) {

    /** The state of an entry. */
    @NonNull
    static StateView of(@NonNull EntryState state) {
        return switch (state) {
            case SENDING -> new StateView(Messages.EntryView_sending(), Tone.DOUBTFUL);
            case RETRYING -> new StateView(Messages.EntryView_retrying(), Tone.DOUBTFUL);
            case WAITING -> new StateView(Messages.EntryView_waiting(), Tone.DOUBTFUL);
            case SUCCESS -> new StateView(Messages.EntryView_success(), Tone.GOOD);
            case FAIL -> new StateView(Messages.EntryView_fail(), Tone.DOUBTFUL);
            case STOP -> new StateView(Messages.EntryView_stop(), Tone.BAD);
            case ROLLBACK -> new StateView(Messages.EntryView_rollback(), Tone.BAD);
            case ERROR -> new StateView(Messages.EntryView_error(), Tone.BAD);
            case EXPIRED -> new StateView(Messages.EntryView_expired(), Tone.BAD);
            case CANCELLED -> new StateView(Messages.EntryView_cancelled(), Tone.PLAIN);
            case ABANDONED -> new StateView(Messages.EntryView_abandoned(), Tone.PLAIN);
        };
    }
}

package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.HistoryEnd;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.JournalCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Whether a history is as it was written, in a sentence for its page. It is worked out anew at each view, so it is for
 * journals of a bounded length.
 */
final class Soundness {

    /** The longest journal that is checked, in bytes; at this length it takes a few hundredths of a second. */
    static final long MOST_BYTES = 8L << 20;

    private Soundness() {}

    /**
     * What is said of a journal.
     *
     * @param names what names its build, or named it under an older version; one at least
     * @param history what is in it
     * @param over whether the build has ended
     * @throws IOException if it cannot be read
     */
    @NonNull
    static StateView of(@NonNull Journal journal, @NonNull List<String> names, @NonNull History history, boolean over)
            throws IOException {
        long size = Files.size(journal.file());
        if (size > MOST_BYTES) {
            return new StateView(Messages.Soundness_tooLong(size >> 20), Tone.PLAIN);
        }
        JournalCheck check = journal.check(names.get(0));
        for (int i = 1; i < names.size() && check.state() == JournalCheck.State.BEGINNING_MISSING; i++) {
            check = journal.check(names.get(i));
        }
        return of(check, over ? HistoryEnd.missing(history) : null);
    }

    /** What is said of what was found. */
    @NonNull
    static StateView of(@NonNull JournalCheck check, @CheckForNull HistoryEnd missing) {
        return switch (check.state()) {
            case ALTERED -> new StateView(Messages.Soundness_altered(check.line(), check.line() - 1), Tone.BAD);
            // Nothing was noted here that could be missing.
            case BEGINNING_MISSING, NOTED_MISSING -> new StateView(Messages.Soundness_beginningMissing(), Tone.BAD);
            case UNCHAINED -> new StateView(Messages.Soundness_unchained(check.line()), Tone.DOUBTFUL);
            case PARTLY_CHAINED -> new StateView(Messages.Soundness_partlyChained(), Tone.PLAIN);
            case TORN -> new StateView(Messages.Soundness_torn(check.line(), check.lines()), Tone.PLAIN);
            case EMPTY -> new StateView(Messages.Soundness_empty(), Tone.PLAIN);
            case WHOLE -> whole(check, missing);
        };
    }

    private static StateView whole(JournalCheck check, @CheckForNull HistoryEnd missing) {
        if (missing == null) {
            return new StateView(Messages.Soundness_whole(check.lines(), check.lastHash()), Tone.GOOD);
        }
        return new StateView(
                missing.kind() == HistoryEnd.Kind.EVENT
                        ? Messages.Soundness_eventWithoutEnd(missing.name())
                        : Messages.Soundness_stepWithoutEnd(missing.name()),
                Tone.DOUBTFUL);
    }
}

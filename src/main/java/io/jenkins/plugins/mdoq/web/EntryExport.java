package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.report.DeliveryTimes;
import io.jenkins.plugins.mdoq.report.DeliveryWords;
import io.jenkins.plugins.mdoq.report.EntryState;
import io.jenkins.plugins.mdoq.report.FactWords;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of a webhook history, for programs. Neither the lock's value nor a secret is in it.
 *
 * @param delivery the delivery's id
 * @param state the word of how far it is, or what came of it
 * @param result the result as the history has it now, or null
 * @param reason why the state is what it is, plain text; empty for what explains itself
 * @param held whether the build waits for its lock
 * @param since when it was fired, in ISO 8601 and UTC, as all times
 * @param until when its lock expires unless something happens; null if it is not held or waits indefinitely
 * @param lockClosed when its lock was closed, by whatever closed it, or null
 * @param releasedBy who released its lock, or null
 * @param attempts the requests that ended
 * @param sentAgain the times that it was sent again after it was over
 * @param progress the last notes of progress, oldest first
 * @param progressNotes how many notes of progress there are
 * @param refusedCalls the calls of the lock API that were refused, one sentence each
 * @param notes oddities of the answer and the release
 * @param request what was sent, secrets masked; null if the caller may not see it, as the next two
 * @param answer the answer's data, or null
 * @param release what the lock's release said, or null
 */
public record EntryExport(
        @NonNull String delivery,
        @NonNull String webhook,
        @NonNull String state,
        @CheckForNull String result,
        boolean stopRelease,
        boolean rollbackRelease,
        @NonNull String reason,
        boolean held,
        @CheckForNull String since,
        @CheckForNull String until,
        @CheckForNull String lockClosed,
        @CheckForNull String releasedBy,
        @NonNull List<AttemptExport> attempts,
        @NonNull List<AttemptExport> sentAgain,
        @NonNull List<NoteExport> progress,
        int progressNotes,
        @NonNull List<String> refusedCalls,
        @NonNull List<String> notes,
        @CheckForNull JsonNode request,
        @CheckForNull JsonNode answer,
        @CheckForNull JsonNode release) {

    /** So many notes of progress are in it; there may be a thousand. */
    static final int NOTES = 20;

    /** @param open whether the build and the event can still wait for it */
    @NonNull
    static EntryExport of(
            @NonNull EventHistory event, @NonNull DeliveryHistory entry, boolean open, @NonNull Viewer viewer) {
        boolean held = open && entry.held();
        Fact.Released release = entry.release();
        List<Fact.Progressed> progress = entry.progress();
        Viewer.Requests requests = viewer.requests();
        Fact.Answered answer = entry.answer();
        return new EntryExport(
                entry.plan().id(),
                PlainText.line(entry.plan().webhook()),
                EntryState.of(entry, open).word(),
                entry.result() == null ? null : entry.result().word(),
                Flags.isTrue(entry.data().get(Flags.STOP)),
                Flags.isTrue(entry.data().get(Flags.ROLLBACK)),
                String.join("\n", PlainText.lines(DeliveryWords.reason(entry))),
                held,
                Exports.time(entry.firedAt()),
                held ? Exports.time(entry.nextDeadline()) : null,
                Exports.time(DeliveryTimes.lockClosedAt(entry)),
                release == null ? null : PlainText.line(release.by()),
                AttemptExport.of(entry),
                AttemptExport.again(entry),
                progress.subList(Math.max(0, progress.size() - NOTES), progress.size()).stream()
                        .map(note -> NoteExport.of(note.at(), note.by(), note.message()))
                        .toList(),
                progress.size(),
                entry.refusals().stream().map(FactWords::refusal).toList(),
                notes(entry),
                requests == null ? null : requests.of(event.fired(), entry.plan()),
                requests == null || answer == null ? null : answer.data(),
                requests == null || release == null ? null : release.data());
    }

    private static List<String> notes(DeliveryHistory entry) {
        List<String> notes = new ArrayList<>();
        Fact.Answered answer = entry.answer();
        if (answer != null) {
            answer.notes().forEach(note -> notes.add(PlainText.line(note)));
        }
        Fact.Released release = entry.release();
        if (release != null) {
            release.notes().forEach(note -> notes.add(PlainText.line(note)));
        }
        return notes;
    }
}

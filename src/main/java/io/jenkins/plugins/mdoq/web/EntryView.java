package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.report.DeliveryTimes;
import io.jenkins.plugins.mdoq.report.Durations;
import io.jenkins.plugins.mdoq.report.EntryState;
import io.jenkins.plugins.mdoq.report.PlainText;
import io.jenkins.plugins.mdoq.secret.ShownUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One entry of the webhook history as the page shows it. All text is plain: what an endpoint sent has lost its control and
 * format characters, and the page escapes it.
 *
 * @param delivery the delivery's id, which is the entry's anchor on the page
 * @param host the host that was asked, with its port if that is not the usual one; never the path, which may be confidential
 * @param state how far it is, or what came of it, in a word
 * @param result the result as the history has it, or "-"
 * @param flags the flags that are true, by name
 * @param status the status of the answer or of the last failed attempt, or "-"
 * @param took how long the attempt took that was answered, or the last that failed; empty if none ended yet
 * @param message why it is as it is; empty if there is no message and nothing needs a reason
 * @param attempts what was tried, oldest first
 * @param notes oddities of the answer and the release
 * @param refusals the calls of the lock API that were refused
 * @param progress what the endpoint reported of its progress, newest first
 * @param again what there is about sending it again
 * @param lock its lock, or null if it has none
 * @param payload what travelled, or null if the viewer may not see it
 */
public record EntryView(
        @NonNull String webhook,
        @NonNull String event,
        @NonNull String delivery,
        @NonNull String host,
        @NonNull TimeView firedAt,
        @NonNull StateView state,
        @NonNull String result,
        @NonNull List<String> flags,
        @NonNull String status,
        @NonNull String took,
        @NonNull String message,
        @NonNull List<AttemptView> attempts,
        @NonNull List<String> notes,
        @NonNull List<RefusalView> refusals,
        @NonNull List<NoteView> progress,
        @NonNull AgainView again,
        @CheckForNull LockView lock,
        @CheckForNull PayloadView payload) {

    private static final String NONE = "-";

    /** @param open whether the build and the event can still wait for it */
    static EntryView of(
            @NonNull EventHistory event, @NonNull DeliveryHistory entry, boolean open, @NonNull Viewer viewer) {
        Instant now = viewer.now();
        Result result = entry.result();
        Viewer.Requests requests = viewer.requests();
        return new EntryView(
                PlainText.line(entry.plan().webhook()),
                PlainText.line(event.fired().event()),
                entry.plan().id(),
                host(entry.plan().url()),
                TimeView.of(entry.firedAt(), now),
                StateView.of(EntryState.of(entry, open)),
                result == null ? NONE : result.word(),
                flags(entry.data()),
                entry.status() == null ? NONE : entry.status().toString(),
                took(entry),
                message(event, entry),
                AttemptView.of(entry, viewer),
                notes(entry),
                RefusalView.of(entry, now),
                progress(entry, now),
                AgainView.of(event, entry, viewer),
                LockView.of(entry, open, viewer),
                requests == null ? null : PayloadView.of(entry, requests.of(event.fired(), entry.plan())));
    }

    /** The newest progress note, or null if the endpoint reported none. */
    @CheckForNull
    public NoteView latest() {
        return progress.isEmpty() ? null : progress.get(0);
    }

    private static String took(DeliveryHistory entry) {
        Duration took = DeliveryTimes.took(entry);
        return took == null ? "" : Durations.text(took);
    }

    private static String message(EventHistory event, DeliveryHistory entry) {
        Fact.Settled settled = event.settled();
        Fact.Cancelled cancellation = entry.cancellation();
        if (cancellation != null && entry.reason().equals(cancellation.reason())) {
            // What it was given up for is what another webhook said.
            return settled != null
                            && settled.webhook() != null
                            && !settled.webhook().equals(entry.plan().webhook())
                    ? Messages.EntryView_notWaitedFor(PlainText.line(settled.decider()))
                    : text(cancellation.reason());
        }
        Outcome outcome = entry.outcome();
        boolean needsReason = outcome != null && outcome != Outcome.SUCCESS;
        return needsReason || entry.data().has("message") ? text(entry.reason()) : "";
    }

    private static List<String> flags(ObjectNode data) {
        return List.of(Flags.STOP, Flags.ROLLBACK).stream()
                .filter(flag -> Flags.isTrue(data.get(flag)))
                .toList();
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

    private static List<NoteView> progress(DeliveryHistory entry, Instant now) {
        List<NoteView> notes = new ArrayList<>();
        entry.progress()
                .forEach(note -> notes.add(
                        new NoteView(TimeView.of(note.at(), now), PlainText.line(note.by()), text(note.message()))));
        Collections.reverse(notes);
        return notes;
    }

    private static String text(String text) {
        return String.join("\n", PlainText.lines(text));
    }

    private static String host(String url) {
        String host = ShownUrl.authority(url);
        return host.isEmpty() ? NONE : host;
    }
}

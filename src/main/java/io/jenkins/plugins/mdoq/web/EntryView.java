package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.report.DeliveryTimes;
import io.jenkins.plugins.mdoq.report.Durations;
import io.jenkins.plugins.mdoq.report.PlainText;
import io.jenkins.plugins.mdoq.secret.ShownUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of the webhook history as the page shows it. All text is plain: what an endpoint sent has lost its control and
 * format characters, and the page escapes it.
 *
 * @param delivery the delivery's id, which is the entry's anchor on the page
 * @param host the host that was asked, with its port if that is not the usual one; never the path, which may be confidential
 * @param result the result as the history has it, or "-"
 * @param outcome what the result and the flags mean
 * @param status the status of the answer or of the last failed attempt, or "-"
 * @param took how long the answer's attempt took, else the last one that failed, or "-"
 * @param held how long its lock was held, or has been so far; "-" if it has none
 * @param message why the outcome is what it is; empty if there is no message and nothing needs a reason
 * @param flags the flags that are true, by name
 * @param attempts what was tried, oldest first
 * @param notes oddities of the answer and the release
 * @param progress what the endpoint reported of its progress, oldest first
 * @param notices what was sent to the endpoint beside the delivery, best effort, oldest first
 * @param lock its lock, or null if it has none
 */
public record EntryView(
        @NonNull String webhook,
        @NonNull String event,
        @NonNull String delivery,
        @NonNull String host,
        @NonNull TimeView firedAt,
        @NonNull String result,
        @NonNull StateView outcome,
        @NonNull String status,
        @NonNull String took,
        @NonNull String held,
        @NonNull String message,
        @NonNull List<String> flags,
        @NonNull List<AttemptView> attempts,
        @NonNull List<String> notes,
        @NonNull List<NoteView> progress,
        @NonNull List<NoteView> notices,
        @CheckForNull LockView lock) {

    private static final String NONE = "-";

    static EntryView of(
            @NonNull DeliveryHistory entry, @NonNull String event, boolean open, boolean maySee, @NonNull Instant now) {
        Result result = entry.result();
        return new EntryView(
                PlainText.line(entry.plan().webhook()),
                PlainText.line(event),
                entry.plan().id(),
                host(entry.plan().url()),
                TimeView.of(entry.firedAt(), now),
                result == null ? NONE : result.word(),
                outcome(entry),
                entry.status() == null ? NONE : entry.status().toString(),
                duration(DeliveryTimes.took(entry)),
                held(entry, open, now),
                message(entry),
                flags(entry.data()),
                AttemptView.of(entry, now),
                notes(entry),
                entry.progress().stream()
                        .map(note -> new NoteView(
                                TimeView.of(note.at(), now), PlainText.line(note.by()), text(note.message())))
                        .toList(),
                entry.notices().stream().map(notice -> notice(notice, now)).toList(),
                LockView.of(entry, open, maySee, now));
    }

    private static StateView outcome(DeliveryHistory entry) {
        Outcome outcome = entry.outcome();
        if (outcome == null) {
            return entry.cancellation() == null
                    ? new StateView(Messages.EntryView_waiting(), Tone.PLAIN)
                    : new StateView(Messages.EntryView_cancelled(), Tone.PLAIN);
        }
        return switch (outcome) {
            case SUCCESS -> new StateView(Messages.EntryView_success(), Tone.GOOD);
            case FAIL ->
                new StateView(
                        entry.deliveryError() == null ? Messages.EntryView_fail() : Messages.EntryView_deliveryError(),
                        Tone.DOUBTFUL);
            case STOP -> new StateView(Messages.EntryView_stop(), Tone.BAD);
            case ROLLBACK -> new StateView(Messages.EntryView_rollback(), Tone.BAD);
            case CANCELLED -> new StateView(Messages.EntryView_cancelled(), Tone.PLAIN);
        };
    }

    private static String held(DeliveryHistory entry, boolean open, Instant now) {
        boolean ended = DeliveryTimes.lockClosedAt(entry) != null;
        // When a build that ended without a verdict stopped waiting is not known.
        Duration held = ended || open ? DeliveryTimes.held(entry, now) : null;
        return held == null || ended ? duration(held) : Messages.EntryView_soFar(Durations.text(held));
    }

    private static String duration(@CheckForNull Duration duration) {
        return duration == null ? NONE : Durations.text(duration);
    }

    private static String message(DeliveryHistory entry) {
        Outcome outcome = entry.outcome();
        boolean hasMessage = entry.data().has("message");
        boolean needsReason = outcome != null && outcome != Outcome.SUCCESS || entry.cancellation() != null;
        return hasMessage || needsReason ? text(entry.reason()) : "";
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

    private static NoteView notice(Fact.Noticed notice, Instant now) {
        String error = notice.error();
        return new NoteView(
                TimeView.of(notice.at(), now),
                PlainText.line(notice.event()),
                error != null ? PlainText.line(error) : status(notice));
    }

    private static String status(Fact.Noticed notice) {
        return notice.status() == null
                ? NONE
                : Messages.EntryView_answered(notice.status().toString());
    }

    private static String text(String text) {
        return String.join("\n", PlainText.lines(text));
    }

    private static String host(String url) {
        String host = ShownUrl.authority(url);
        return host.isEmpty() ? NONE : host;
    }
}

package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One delivery of a timeline. Used once. */
final class TimelineDelivery {

    /** From how many progress notes in a row on the table has one row for all of them; the page's details have each. */
    private static final int MANY_NOTES = 6;

    private final EventHistory event;
    private final DeliveryHistory entry;
    private final boolean open;
    private final Instant end;
    private final Narrator narrator;
    private final TimelineRows rows;
    private final String webhook;
    private final TimelineTrack track;
    private final Instant closedAt;

    private Fact.Attempted attempt;
    private final List<Fact.Progressed> notes = new ArrayList<>();

    /**
     * A delivery.
     *
     * @param open whether the release still waits for it, if nothing has closed it
     * @param end where what is open ends
     * @param narrator knows the event
     * @param rows take what happened, in words
     */
    TimelineDelivery(
            @NonNull EventHistory event,
            @NonNull DeliveryHistory entry,
            boolean open,
            @NonNull Instant end,
            @NonNull Narrator narrator,
            @NonNull TimelineRows rows) {
        this.event = event;
        this.entry = entry;
        this.open = open;
        this.end = end;
        this.narrator = narrator;
        this.rows = rows;
        this.webhook = TimelineReader.label(entry.plan().webhook());
        Instant last = entry.firedAt();
        for (Fact fact : event.facts()) {
            if (isOfEntry(fact)) {
                last = TimelineReader.notBefore(last, fact.at());
            }
        }
        Fact.Settled settled = event.settled();
        this.closedAt = open ? end : settled == null ? last : TimelineReader.notBefore(entry.firedAt(), settled.at());
        this.track = new TimelineTrack(entry.firedAt(), open && !entry.state().closed() ? end : last);
    }

    private boolean isOfEntry(Fact fact) {
        return fact instanceof Fact.OfDelivery ofDelivery
                && ofDelivery.delivery().equals(entry.plan().id());
    }

    @NonNull
    TimelineTrack read() {
        lock();
        for (Fact fact : event.facts()) {
            if (isOfEntry(fact)) {
                if (!(fact instanceof Fact.Progressed)) {
                    notesEnd();
                }
                add((Fact.OfDelivery) fact);
            }
        }
        notesEnd();
        unanswered(closedAt, open && !entry.state().closed());
        due();
        return track;
    }

    private void lock() {
        if (entry.plan().lock() == null) {
            return;
        }
        Instant from = entry.firedAt();
        Instant closed = DeliveryTimes.lockClosedAt(entry);
        Instant to = TimelineReader.notBefore(from, closed == null ? closedAt : closed);
        String time = Durations.text(Duration.between(from, to));
        boolean held = closed == null && open;
        String text = closed != null
                ? "lock held " + time
                : held ? "lock held " + time + " so far" : "lock held, and no longer waited for";
        track.spans.add(new Timeline.Span(
                Timeline.SpanKind.LOCK,
                from,
                to,
                closed == null,
                held ? "waiting " + time : "held " + time,
                TimelineReader.at(from) + text));
        if (held) {
            deadline(entry.plan().deadline(), "deadline", "the lock expires if it is still held");
            deadline(entry.heartbeatDeadline(), "sign due", "the lock expires unless the endpoint gives a sign before");
        }
    }

    private void deadline(@Nullable Instant at, String label, String text) {
        if (at != null) {
            mark(Timeline.MarkKind.DEADLINE, at, label, text);
            row(at, "deadline: " + text);
        }
    }

    private void add(Fact.OfDelivery fact) {
        if (fact instanceof Fact.Attempted attempted) {
            unanswered(attempted.at(), false);
            attempt = attempted;
        } else if (fact instanceof Fact.AttemptFailed failed) {
            failed(failed);
        } else if (fact instanceof Fact.Answered answered) {
            answered(answered);
        } else if (fact instanceof Fact.Progressed progressed) {
            notes.add(progressed);
            mark(Timeline.MarkKind.PROGRESS, progressed.at(), "", TimelineReader.cut(progressed.message()));
        } else if (fact instanceof Fact.RepliedAgain replied) {
            repliedAgain(replied);
        } else {
            ended(fact);
        }
    }

    private void failed(Fact.AttemptFailed failed) {
        String text = TimelineReader.cut(narrator.phrases(failed).get(0));
        attempt(Timeline.SpanKind.FAILED, failed, failed.number(), failed.millis(), text);
        row(failed.at(), text);
        if (failed.retryAt() == null) {
            mark(Timeline.MarkKind.FAIL, failed.at(), "error", text);
        }
    }

    private void answered(Fact.Answered answered) {
        String text =
                TimelineReader.cut("attempt " + answered.number() + " " + String.join(" ", narrator.phrases(answered)));
        attempt(Timeline.SpanKind.ANSWERED, answered, answered.number(), answered.millis(), text);
        row(answered.at(), text);
        if (event.tellsOnly()) {
            mark(Timeline.MarkKind.NOTICE, answered.at(), "", text);
            return;
        }
        boolean decided = entry.plan().lock() == null || answered.equals(entry.answer()) && decisive();
        if (decided && entry.outcome() != null) {
            mark(
                    TimelineReader.kind(entry.outcome()),
                    answered.at(),
                    entry.outcome().word(),
                    text);
        }
    }

    /** Whether the answer itself ended the release, so that its lock was never waited for. */
    private boolean decisive() {
        Outcome outcome = entry.outcome();
        return entry.release() == null && outcome != null && outcome.decisive();
    }

    /** An attempt ends now. It began when the journal says, or, where that line is lost, as long ago as it took. */
    private void attempt(Timeline.SpanKind kind, Fact fact, int number, long millis, String text) {
        Instant from = fact.at().minusMillis(Math.min(Math.max(0, millis), Integer.MAX_VALUE));
        if (attempt != null && attempt.number() == number) {
            from = attempt.at();
        }
        attempt = null;
        if (from.isBefore(entry.firedAt())) {
            from = entry.firedAt();
        }
        Instant to = TimelineReader.notBefore(from, fact.at());
        track.spans.add(new Timeline.Span(kind, from, to, false, "", TimelineReader.at(from) + text));
        if (fact instanceof Fact.AttemptFailed failed && failed.retryAt() != null) {
            pause(failed);
        }
    }

    private void pause(Fact.AttemptFailed failed) {
        Instant due = failed.retryAt();
        Instant next = null;
        for (Fact fact : event.facts()) {
            if (isOfEntry(fact) && fact instanceof Fact.Attempted attempted && attempted.number() > failed.number()) {
                next = next == null ? attempted.at() : next;
            }
        }
        Instant to = next != null ? next : due.isAfter(closedAt) ? closedAt : due;
        to = TimelineReader.notBefore(failed.at(), to);
        track.spans.add(new Timeline.Span(
                Timeline.SpanKind.PAUSE,
                failed.at(),
                to,
                next == null && due.isAfter(closedAt),
                "",
                TimelineReader.at(failed.at()) + "waits " + Durations.text(Duration.between(failed.at(), due))
                        + " to try again"));
    }

    /** Ends an attempt of which no end is known. */
    private void unanswered(Instant until, boolean underWay) {
        if (attempt == null) {
            return;
        }
        Instant to = TimelineReader.notBefore(attempt.at(), until);
        String text = "attempt " + attempt.number()
                + (underWay
                        ? " under way for " + Durations.text(Duration.between(attempt.at(), to))
                        : ": no answer came");
        track.spans.add(new Timeline.Span(
                Timeline.SpanKind.UNANSWERED, attempt.at(), to, true, "", TimelineReader.at(attempt.at()) + text));
        row(attempt.at(), text);
        attempt = null;
    }

    private void due() {
        Fact.AttemptFailed failed = entry.lastFailure();
        boolean waits = open && entry.state().sending() && failed != null && entry.attempts() <= failed.number();
        if (waits && failed.retryAt().isAfter(end)) {
            String text = "attempt " + (failed.number() + 1) + " is due";
            mark(Timeline.MarkKind.DEADLINE, failed.retryAt(), "next try", text);
            row(failed.retryAt(), text);
        }
    }

    /** The request is a span of its own; what is no answer is quoted in the details alone, as for any other attempt. */
    private void repliedAgain(Fact.RepliedAgain replied) {
        String text = TimelineReader.cut(FactWords.replied(replied)
                + (replied.data() != null && replied.data().path("message").isTextual()
                        ? ": " + replied.data().path("message").textValue()
                        : ""));
        Timeline.SpanKind kind = replied.error() == null ? Timeline.SpanKind.ANSWERED : Timeline.SpanKind.FAILED;
        Instant from = entry.resendings().stream()
                .filter(each -> each.sent().number() == replied.number())
                .map(each -> each.sent().at())
                .findFirst()
                .orElse(replied.at());
        Instant to = TimelineReader.notBefore(from, replied.at());
        track.spans.add(new Timeline.Span(kind, from, to, false, "", TimelineReader.at(from) + text));
        row(replied.at(), text);
    }

    private void ended(Fact.OfDelivery fact) {
        String text = TimelineReader.cut(String.join(" ", narrator.phrases(fact)));
        if (text.isEmpty()) {
            return;
        }
        row(fact.at(), text);
        if (fact instanceof Fact.Released released) {
            Outcome outcome = entry.outcome();
            boolean counts = released.equals(entry.release()) && outcome != null;
            mark(
                    counts ? TimelineReader.kind(outcome) : Timeline.MarkKind.NOTICE,
                    fact.at(),
                    counts ? outcome.word() : "",
                    text);
        } else if (fact instanceof Fact.Expired) {
            mark(Timeline.MarkKind.EXPIRED, fact.at(), "expired", text);
        } else if (fact instanceof Fact.Cancelled) {
            mark(Timeline.MarkKind.CANCELLED, fact.at(), "given up", text);
        } else {
            mark(Timeline.MarkKind.NOTICE, fact.at(), "", text);
        }
    }

    private void mark(Timeline.MarkKind kind, Instant at, String label, String text) {
        track.marks.add(new Timeline.Mark(kind, at, label, TimelineReader.at(at) + text));
    }

    private void row(Instant at, String text) {
        rows.add(TimelineRows.Rank.DELIVERY, at, webhook, text);
    }

    private void notesEnd() {
        if (notes.size() < MANY_NOTES) {
            for (Fact.Progressed note : notes) {
                row(note.at(), "progress: " + TimelineReader.cut(note.message()));
            }
        } else {
            Fact.Progressed last = notes.get(notes.size() - 1);
            row(
                    last.at(),
                    notes.size() + " progress notes since "
                            + Times.text(notes.get(0).at()) + ", the last one: "
                            + TimelineReader.cut(last.message()));
        }
        notes.clear();
    }
}

package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.history.StepHistory;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a {@link Timeline} of a history. Used once. */
final class TimelineReader {

    /** The name of the lane of the release itself, and of the facts about it. */
    static final String RELEASE = "Release";

    private static final int LONGEST = 300;
    private static final int LONGEST_LABEL = 60;

    private final History history;
    private final boolean running;
    private final Instant begin;
    private final Instant end;
    private final Narrator narrator = new Narrator(false);
    private final List<Timeline.Gate> gates = new ArrayList<>();
    private final TimelineRows rows;

    TimelineReader(@NonNull History history, @NonNull Instant now, boolean running) {
        this.history = history;
        this.running = running;
        Instant first = null;
        Instant last = null;
        for (Instant at : moments(history)) {
            first = first == null || at.isBefore(first) ? at : first;
            last = last == null || at.isAfter(last) ? at : last;
        }
        this.begin = first == null ? now : first;
        this.end = last == null || running && now.isAfter(last) ? now : last;
        this.rows = new TimelineRows(begin);
    }

    private static List<Instant> moments(History history) {
        List<Instant> moments = new ArrayList<>();
        history.events().forEach(event -> event.facts().forEach(fact -> moments.add(fact.at())));
        for (StepHistory step : history.steps()) {
            if (step.started() != null) {
                moments.add(step.started().at());
            }
            if (step.finished() != null) {
                moments.add(step.finished().at());
            }
        }
        return moments;
    }

    @NonNull
    Timeline read() {
        List<Timeline.Lane> lanes = new ArrayList<>();
        lanes.add(release());
        Map<String, List<Entry>> byWebhook = new LinkedHashMap<>();
        for (EventHistory event : history.events()) {
            narrator.know(event);
            for (DeliveryHistory entry : event.entries()) {
                byWebhook
                        .computeIfAbsent(entry.plan().webhook(), name -> new ArrayList<>())
                        .add(new Entry(event, entry));
            }
        }
        byWebhook.forEach((webhook, entries) -> lanes.add(lane(webhook, entries)));
        return new Timeline(begin, end, running, List.copyOf(gates), List.copyOf(lanes), rows.sorted());
    }

    private record Entry(EventHistory event, DeliveryHistory delivery) {}

    // The release itself

    private Timeline.Lane release() {
        List<Timeline.Span> spans = new ArrayList<>();
        List<Timeline.Mark> marks = new ArrayList<>();
        for (EventHistory event : history.events()) {
            gate(event, spans, marks);
        }
        boolean stepped = false;
        for (StepHistory step : history.steps()) {
            step(step, spans, marks);
            stepped |= !step.step().equals(ReleaseSummary.ROLLBACK);
        }
        if (!stepped) {
            work(spans);
        }
        spans.sort(Comparator.comparing(Timeline.Span::from));
        marks.sort(Comparator.comparing(Timeline.Mark::at));
        String state = ReleaseSummary.of(history, end, running).state();
        return new Timeline.Lane(RELEASE, state, List.of(new Timeline.Track(spans, marks)));
    }

    private void gate(EventHistory event, List<Timeline.Span> spans, List<Timeline.Mark> marks) {
        String name = label(event.fired().event());
        Instant from = event.fired().at();
        rows.add(
                TimelineRows.Rank.FIRED,
                from,
                RELEASE,
                event.entries().isEmpty() ? name + ": fired, no webhook listens" : name + ": fired");
        if (event.tellsOnly()) {
            // The release neither waits for it nor is decided by it.
            return;
        }
        if (event.failing() != null) {
            rows.add(
                    TimelineRows.Rank.SETTLED,
                    event.failing().at(),
                    RELEASE,
                    cut(name + ": " + FactWords.sentence(event.failing())));
        }
        Fact.Settled settled = event.settled();
        Instant to = notBefore(from, settled != null ? settled.at() : running ? end : last(event));
        String text;
        if (settled == null) {
            text = name + (running ? ": waits for a verdict since " + Times.text(from) : ": ended without a verdict");
        } else {
            String sentence = cut(name + ": " + FactWords.sentence(settled));
            text = sentence + ", after " + Durations.text(Duration.between(from, to));
            rows.add(TimelineRows.Rank.SETTLED, settled.at(), RELEASE, sentence);
            marks.add(new Timeline.Mark(
                    kind(settled.outcome()), to, settled.action().word(), at(to) + sentence));
        }
        gates.add(new Timeline.Gate(name, from, to, cut(text)));
        spans.add(new Timeline.Span(Timeline.SpanKind.GATE, from, to, settled == null, "", cut(text)));
    }

    private static Instant last(EventHistory event) {
        return event.facts().stream()
                .map(Fact::at)
                .max(Comparator.naturalOrder())
                .orElse(event.fired().at());
    }

    private void step(StepHistory step, List<Timeline.Span> spans, List<Timeline.Mark> marks) {
        String name = label(step.step());
        StepFact.Started started = step.started();
        StepFact.Finished finished = step.finished();
        Instant from = started != null ? started.at() : finished.at();
        Instant to = notBefore(from, finished != null ? finished.at() : end);
        String took = Durations.text(Duration.between(from, to));
        if (started != null) {
            rows.add(TimelineRows.Rank.STEP, from, RELEASE, name + ": started");
        }
        String text = name + ": " + (running ? "at work for " + took + " so far" : "not finished");
        if (finished != null) {
            boolean done = finished.status() == 0;
            text = cut(name + ": " + (done ? "done" : "failed (" + finished.status() + ")") + " after " + took
                    + (finished.message() == null ? "" : ": " + finished.message()));
            rows.add(TimelineRows.Rank.STEP, to, RELEASE, text);
            marks.add(new Timeline.Mark(
                    done ? Timeline.MarkKind.SUCCESS : Timeline.MarkKind.FAIL,
                    to,
                    done ? "done" : "failed",
                    at(to) + text));
        }
        spans.add(new Timeline.Span(
                step.step().equals(ReleaseSummary.ROLLBACK) ? Timeline.SpanKind.ROLLBACK : Timeline.SpanKind.WORK,
                from,
                to,
                finished == null,
                name + " " + took,
                at(from) + text));
    }

    /** A build writes down no step for its own work: that lies between the verdict on the one event and the other event. */
    private void work(List<Timeline.Span> spans) {
        EventHistory before = event("before_release");
        EventHistory complete = event("before_release_complete");
        Fact.Settled settled = before == null ? null : before.settled();
        boolean goesOn =
                settled != null && (settled.action() == Action.CONTINUE || settled.action() == Action.UNSTABLE);
        if (!goesOn || complete == null && !running) {
            return;
        }
        Instant from = settled.at();
        Instant to = notBefore(from, complete == null ? end : complete.fired().at());
        String took = Durations.text(Duration.between(from, to));
        String text = complete == null
                ? "release at work for " + took + " so far"
                : "release at work for " + took + ", from the one event to the other";
        spans.add(new Timeline.Span(
                Timeline.SpanKind.WORK, from, to, complete == null, "release " + took, at(from) + text));
    }

    @Nullable
    private EventHistory event(String name) {
        return history.events().stream()
                .filter(event -> event.fired().event().equals(name))
                .findFirst()
                .orElse(null);
    }

    // A webhook

    private Timeline.Lane lane(String webhook, List<Entry> entries) {
        List<TimelineTrack> tracks = new ArrayList<>();
        for (Entry entry : entries) {
            TimelineDelivery delivery = new TimelineDelivery(
                    entry.event(), entry.delivery(), entry.event().goesOn(running), end, narrator, rows);
            TimelineTrack drawn = delivery.read();
            tracks.stream()
                    .filter(track -> track.takes(drawn))
                    .findFirst()
                    .ifPresentOrElse(track -> track.add(drawn), () -> tracks.add(drawn));
        }
        Entry last = lastThatDecides(entries);
        return new Timeline.Lane(
                label(webhook),
                state(last),
                tracks.stream().map(TimelineTrack::track).toList());
    }

    private static Entry lastThatDecides(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> !entry.event().tellsOnly())
                .reduce((first, second) -> second)
                .orElse(entries.get(entries.size() - 1));
    }

    private String state(Entry entry) {
        if (!entry.delivery().state().closed() && !entry.event().goesOn(running)) {
            return "no longer waited for";
        }
        String state = DeliveryWords.state(entry.delivery());
        return entry.delivery().held()
                ? state + " for " + Durations.text(DeliveryTimes.held(entry.delivery(), end))
                : state;
    }

    // Words

    static Timeline.MarkKind kind(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> Timeline.MarkKind.SUCCESS;
            case FAIL -> Timeline.MarkKind.FAIL;
            case STOP -> Timeline.MarkKind.STOP;
            case ROLLBACK -> Timeline.MarkKind.ROLLBACK;
            case CANCELLED -> Timeline.MarkKind.CANCELLED;
        };
    }

    /** A clock that was set back must not turn a span around. */
    static Instant notBefore(Instant from, Instant to) {
        return to.isBefore(from) ? from : to;
    }

    static String at(Instant at) {
        return Times.text(at) + ": ";
    }

    static String cut(String text) {
        return Limits.text(PlainText.line(text), LONGEST);
    }

    static String label(String text) {
        return Limits.text(PlainText.line(text), LONGEST_LABEL);
    }
}

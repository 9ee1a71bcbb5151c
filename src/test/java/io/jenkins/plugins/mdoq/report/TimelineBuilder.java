package io.jenkins.plugins.mdoq.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A timeline of what a test names. Times are in seconds; in the wide picture of {@link #build()} a second is a pixel, unless
 * almost all of it happens within a minute or so, so that the axis has a break.
 */
final class TimelineBuilder {

    /** How long the timeline is that fills the axis of the wide picture second by pixel. */
    static final double LENGTH = 804;

    /** Where the axis of the wide picture begins. */
    private static final double LEFT = 180;

    private final List<Timeline.Gate> gates = new ArrayList<>();
    private final List<Timeline.Lane> lanes = new ArrayList<>();
    private List<Timeline.Track> tracks;
    private List<Timeline.Span> spans;
    private List<Timeline.Mark> marks;

    static Instant at(double seconds) {
        return RecordedHistory.START.plusMillis(Math.round(seconds * 1_000));
    }

    /** Where a time stands in the wide picture of {@link #build()}. */
    static double x(double seconds) {
        return LEFT + seconds;
    }

    TimelineBuilder gate(String event, double from, double to) {
        gates.add(new Timeline.Gate(event, at(from), at(to), event + " fired"));
        return this;
    }

    /** Begins a lane without a track. */
    TimelineBuilder lane(String name, String state) {
        tracks = new ArrayList<>();
        lanes.add(new Timeline.Lane(name, state, tracks));
        return this;
    }

    /** Begins a track of the lane. */
    TimelineBuilder track() {
        if (lanes.isEmpty()) {
            lane("gate", "waiting");
        }
        spans = new ArrayList<>();
        marks = new ArrayList<>();
        tracks.add(new Timeline.Track(spans, marks));
        return this;
    }

    TimelineBuilder span(Timeline.SpanKind kind, double from, double to, String label, String title) {
        if (lanes.isEmpty()) {
            track();
        }
        spans.add(new Timeline.Span(kind, at(from), at(to), false, label, title));
        return this;
    }

    TimelineBuilder mark(Timeline.MarkKind kind, double at, String label, String title) {
        if (lanes.isEmpty()) {
            track();
        }
        marks.add(new Timeline.Mark(kind, at(at), label, title));
        return this;
    }

    Timeline build() {
        return build(LENGTH, false);
    }

    Timeline build(double end, boolean running) {
        return new Timeline(RecordedHistory.START, at(end), running, gates, lanes, List.of());
    }
}

package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A line of a lane while it is put together: deliveries that do not overlap share one. */
final class TimelineTrack {

    final List<Timeline.Span> spans = new ArrayList<>();
    final List<Timeline.Mark> marks = new ArrayList<>();
    private final Instant from;
    private Instant to;

    /**
     * An empty track.
     *
     * @param from when the first of it happens
     * @param to when the last of it ends
     */
    TimelineTrack(@NonNull Instant from, @NonNull Instant to) {
        this.from = from;
        this.to = to;
    }

    /** Whether another delivery begins after the last one here has ended. */
    boolean takes(@NonNull TimelineTrack other) {
        return !other.from.isBefore(to);
    }

    void add(@NonNull TimelineTrack other) {
        spans.addAll(other.spans);
        marks.addAll(other.marks);
        to = other.to;
    }

    @NonNull
    Timeline.Track track() {
        return new Timeline.Track(List.copyOf(spans), List.copyOf(marks));
    }
}

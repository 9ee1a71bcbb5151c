package io.jenkins.plugins.mdoq.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Draws the tracks of a timeline's lanes: their spans of time, with labels, and by {@link TimelineMarks} what lies upon them. */
final class TimelineTrackSvg {

    private static final double LEAST_LABEL = 30;

    private final TimelineFrame frame;
    private final TimelineMarks marks;
    private final Set<Timeline.SpanKind> drawn = EnumSet.noneOf(Timeline.SpanKind.class);

    TimelineTrackSvg(TimelineFrame frame, TimelineMarks marks) {
        this.frame = frame;
        this.marks = marks;
    }

    /** The kinds that were drawn. */
    Set<Timeline.SpanKind> drawn() {
        return Collections.unmodifiableSet(drawn);
    }

    /** Draws a track around a line. */
    void track(Markup svg, Timeline.Track track, double y) {
        double[] covered = new double[Timeline.SpanKind.values().length];
        Arrays.fill(covered, Double.NEGATIVE_INFINITY);
        List<Timeline.Span> ordered = new ArrayList<>(track.spans());
        // Locks lie behind the attempts.
        ordered.sort((one, other) -> Integer.compare(layer(one.kind()), layer(other.kind())));
        List<TimelineMarks.Cluster> clusters = marks.clusters(track.marks());
        for (Timeline.Span span : ordered) {
            double from = frame.axis().x(span.from());
            double to = Math.max(frame.axis().x(span.to()), from + least(span.kind()));
            if (hidden(span, from, to, clusters) || to <= covered[span.kind().ordinal()] + 2) {
                continue;
            }
            covered[span.kind().ordinal()] = to;
            drawn.add(span.kind());
            svg.open("g").element("title", span.text());
            span(svg, span, from, to, y);
            svg.close();
        }
        for (TimelineAxis.Segment broken : frame.axis().breaks()) {
            double middle = broken.middle();
            if (ordered.stream()
                    .anyMatch(span ->
                            frame.axis().x(span.from()) < middle && frame.axis().x(span.to()) > middle)) {
                SvgPen.tear(svg, middle, y);
            }
        }
        for (Timeline.Span span : ordered) {
            label(svg, span, ordered, clusters, y);
        }
        clusters.forEach(cluster -> marks.mark(svg, cluster, y));
        marks.words(svg, track, clusters, y);
    }

    /** A short answer lies below the mark of what it decided, which says the same. */
    private static boolean hidden(Timeline.Span span, double from, double to, List<TimelineMarks.Cluster> marks) {
        return span.kind() == Timeline.SpanKind.ANSWERED
                && to - from < 2 * Glyphs.RADIUS
                && marks.stream()
                        .anyMatch(mark -> mark.kind != Timeline.MarkKind.PROGRESS
                                && mark.x > from - Glyphs.RADIUS
                                && mark.x < to + Glyphs.RADIUS);
    }

    private static int layer(Timeline.SpanKind kind) {
        return kind == Timeline.SpanKind.LOCK || kind == Timeline.SpanKind.GATE ? 0 : 1;
    }

    /** An attempt of a few milliseconds is still to be seen, and that it failed. */
    static double least(Timeline.SpanKind kind) {
        return switch (kind) {
            case ANSWERED, FAILED, UNANSWERED -> 9;
            case WORK, ROLLBACK, LOCK -> 3;
            case GATE, PAUSE -> 0;
        };
    }

    /** Draws a span of time, without its title. */
    static void span(Markup svg, Timeline.Span span, double from, double to, double y) {
        switch (span.kind()) {
            case GATE -> SvgPen.dotted(svg, from, to, y, Glyphs.Paint.MUTED, "1 5");
            case PAUSE -> SvgPen.dotted(svg, from, to, y, Glyphs.Paint.WARN, "3 3");
            case LOCK -> SvgPen.box(svg, from, to, y, 11, Glyphs.Paint.WAIT, 0.16, span.open());
            case WORK -> SvgPen.box(svg, from, to, y, 9, Glyphs.Paint.WORK, 0.24, span.open());
            case ROLLBACK -> SvgPen.box(svg, from, to, y, 9, Glyphs.Paint.BAD, 0.2, span.open());
            case ANSWERED -> SvgPen.box(svg, from, to, y, 5, Glyphs.Paint.GOOD, 1, false);
            case UNANSWERED -> SvgPen.box(svg, from, to, y, 5, Glyphs.Paint.MUTED, 0.1, true);
            case FAILED -> {
                SvgPen.box(svg, from, to, y, 5, Glyphs.Paint.BAD, 1, false);
                double x = to - 4.5;
                svg.empty(
                        "path",
                        SvgPen.with(
                                new String[] {
                                    "d",
                                    "M" + Markup.number(x - 2.5) + " " + Markup.number(y - 2.5) + "l5 5m0-5l-5 5",
                                    "stroke-linecap",
                                    "round"
                                },
                                Glyphs.stroke(Glyphs.Paint.PAPER, 1.6)));
            }
        }
    }

    /** A span's label, between what else lies upon it. */
    private void label(
            Markup svg, Timeline.Span span, List<Timeline.Span> spans, List<TimelineMarks.Cluster> marks, double y) {
        double from = frame.axis().x(span.from()) + 6;
        double to = frame.axis().x(span.to()) - 6;
        if (span.label().isEmpty() || to - from < LEAST_LABEL) {
            return;
        }
        for (Timeline.Span other : spans) {
            double end = Math.max(frame.axis().x(other.to()), frame.axis().x(other.from()) + least(other.kind()));
            if (layer(other.kind()) > layer(span.kind()) && frame.axis().x(other.from()) < to && end > from) {
                from = Math.max(from, end + 6);
            }
        }
        for (TimelineMarks.Cluster mark : marks) {
            if (mark.kind == Timeline.MarkKind.PROGRESS) {
                continue;
            }
            if (mark.x < from + 4) {
                from = Math.max(from, mark.x + Glyphs.RADIUS + 4);
            } else if (mark.x - Glyphs.RADIUS < to) {
                to = Math.min(to, mark.x - Glyphs.RADIUS - 4);
            }
        }
        double widthOfLabel = TextWidth.of(span.label(), SvgPen.SMALL);
        for (TimelineAxis.Segment broken : frame.axis().breaks()) {
            double middle = broken.middle();
            if (middle > from && middle < to) {
                if (middle - 9 - from >= widthOfLabel) {
                    to = middle - 9;
                } else {
                    from = middle + 9;
                }
            }
        }
        if (to - from >= widthOfLabel) {
            SvgPen.text(svg, span.label(), from, y + 4, SvgPen.SMALL, Glyphs.Paint.TEXT, "start");
        }
    }
}

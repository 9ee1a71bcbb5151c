package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Draws a {@link Timeline} as SVG, for a page that has the style sheet {@code timeline.css} beside this class. The same timeline
 * always gives the same text. It needs no script and no style attribute, so that it works under a strict
 * Content-Security-Policy; each shape has a title with the absolute time. Its height grows with the lanes; in its width, marks
 * and spans that would lie upon each other become one, so that its size is bounded however long the history is.
 *
 * <p>It is an image to assistive technology: a name and a description, and no parts that could take the focus. What stands in
 * it stands in the table of the same timeline.
 */
public final class TimelineSvg {

    private static final double AXIS_HEIGHT = 46;
    private static final double TRACK_HEIGHT = 40;
    private static final double LEGEND_LINE = 22;
    private static final double SMALL = 11;
    private static final double NORMAL = 13;
    private static final double MARK_APART = 15;
    private static final double NUMBER_WIDTH = 28;
    private static final double LEAST_LABEL = 30;

    private final Timeline timeline;
    private final String id;
    private final boolean wide;
    private final double width;
    private final double left;
    private final double right;
    private final TimelineAxis axis;
    private final Set<Timeline.SpanKind> spansDrawn = EnumSet.noneOf(Timeline.SpanKind.class);
    private final Set<Timeline.MarkKind> marksDrawn = EnumSet.noneOf(Timeline.MarkKind.class);

    private TimelineSvg(Timeline timeline, String id, boolean wide) {
        this.timeline = timeline;
        this.id = id;
        this.wide = wide;
        this.width = wide ? 1_000 : 380;
        this.left = wide ? 180 : 10;
        this.right = width - (wide ? 16 : 10);
        this.axis = new TimelineAxis(moments(timeline), timeline.end(), left, right - left);
    }

    /**
     * The picture in two shapes, of which the style sheet shows the one that fits the page: lanes beside their names, and, for
     * narrow screens, below them.
     *
     * @param id what the ids in it begin with, unique within its page
     * @return markup that is HTML and XML
     */
    @NonNull
    public static String draw(@NonNull Timeline timeline, @NonNull String id) {
        return "<div class=\"mdoq-timeline\">" + new TimelineSvg(timeline, id + "-wide", true).draw()
                + new TimelineSvg(timeline, id + "-narrow", false).draw() + "</div>";
    }

    /** Where the axis has its ends and no break. Progress notes are part of a wait. */
    private static List<Instant> moments(Timeline timeline) {
        List<Instant> moments = new ArrayList<>(List.of(timeline.begin(), timeline.end()));
        for (Timeline.Lane lane : timeline.lanes()) {
            for (Timeline.Track track : lane.tracks()) {
                for (Timeline.Span span : track.spans()) {
                    moments.add(span.from());
                    moments.add(span.to());
                }
                for (Timeline.Mark mark : track.marks()) {
                    if (mark.kind() != Timeline.MarkKind.PROGRESS) {
                        moments.add(mark.at());
                    }
                }
            }
        }
        return moments;
    }

    private String draw() {
        Markup lanes = new Markup();
        double y = AXIS_HEIGHT;
        for (Timeline.Lane lane : timeline.lanes()) {
            y = lane(lanes, lane, y);
        }
        Markup legend = new Markup();
        double height = legend(legend, y + 20);
        Markup svg = new Markup();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                wide ? "mdoq-timeline__wide" : "mdoq-timeline__narrow",
                "viewBox",
                "0 0 " + Markup.number(width) + " " + Markup.number(height),
                "role",
                "img",
                "aria-labelledby",
                id + "-title",
                "aria-describedby",
                id + "-desc",
                "font-family",
                "system-ui, sans-serif",
                "font-size",
                Markup.number(NORMAL),
                // Without the style sheet, one of the two is enough.
                "display",
                wide ? "" : "none");
        svg.element("title", "Timeline of the release", "id", id + "-title");
        svg.element("desc", description(), "id", id + "-desc").line();
        bands(svg, y);
        scale(svg, y);
        svg.raw(lanes.toString());
        svg.raw(legend.toString());
        return svg.close().line().toString();
    }

    private String description() {
        StringBuilder text = new StringBuilder("From ")
                .append(Times.text(timeline.begin()))
                .append(timeline.running() ? " until now, " : " until ")
                .append(Times.text(timeline.end()))
                .append('.');
        for (Timeline.Lane lane : timeline.lanes()) {
            text.append(' ')
                    .append(lane.name())
                    .append(": ")
                    .append(lane.state())
                    .append('.');
        }
        return text.append(" The table has all of it in words.").toString();
    }

    // Behind the lanes

    private void bands(Markup svg, double bottom) {
        double free = 0;
        double covered = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < timeline.gates().size(); i++) {
            Timeline.Gate gate = timeline.gates().get(i);
            double x = axis.x(gate.from());
            double length = Math.max(2, axis.x(gate.to()) - x);
            if (x + length <= covered + 2) {
                continue;
            }
            covered = x + length;
            svg.open("g").element("title", gate.text());
            svg.empty(
                    "rect",
                    "class",
                    "mdoq-timeline__band",
                    "x",
                    Markup.number(x),
                    "y",
                    "4",
                    "width",
                    Markup.number(length),
                    "height",
                    Markup.number(bottom - 4),
                    "rx",
                    "4",
                    "fill",
                    Glyphs.Paint.MUTED.colour(),
                    "fill-opacity",
                    "0.08");
            boolean last = i + 1 == timeline.gates().size();
            double next = last ? right : axis.x(timeline.gates().get(i + 1).from());
            double from = Math.max(x + 6, free);
            String label = TextWidth.fit(gate.event(), SMALL, Math.max(length - 8, next - from - 6));
            // What begins close to the end has its place before it.
            if (TextWidth.of(label, SMALL) < TextWidth.of(gate.event(), SMALL) && last) {
                double before = right - TextWidth.of(gate.event(), SMALL);
                if (before > free) {
                    from = Math.min(from, before);
                    label = gate.event();
                }
            }
            if (label.length() > 2) {
                text(svg, label, from, 18, SMALL, Glyphs.Paint.TEXT, "start");
                free = from + TextWidth.of(label, SMALL) + 8;
            }
            svg.close().line();
        }
    }

    private void scale(Markup svg, double bottom) {
        double free = Double.NEGATIVE_INFINITY;
        List<double[]> taken = new ArrayList<>();
        for (TimelineAxis.Segment broken : axis.breaks()) {
            double middle = broken.middle();
            String label = TextWidth.fit(Durations.text(broken.duration()), SMALL, Math.max(broken.width() - 6, 24));
            svg.open("g").element("title", "axis broken: " + label + " in which nothing else happened");
            text(svg, label, middle, 36, SMALL, Glyphs.Paint.MUTED, "middle");
            svg.close();
            double half = TextWidth.of(label, SMALL) / 2 + 4;
            taken.add(new double[] {middle - half, middle + half});
        }
        TimelineAxis.Segment future = axis.future();
        if (future != null) {
            text(svg, "next " + Durations.text(future.duration()), right, 36, SMALL, Glyphs.Paint.MUTED, "end");
            taken.add(new double[] {future.x() - 10, right});
        }
        if (timeline.running()) {
            double now = axis.x(timeline.end());
            svg.empty(
                    "path",
                    with(
                            new String[] {"d", "M" + Markup.number(now) + " 22V" + Markup.number(bottom)},
                            Glyphs.stroke(Glyphs.Paint.WAIT, 1.5)));
            boolean first = now < left + 40;
            text(svg, "now", now + (first ? 4 : -4), 36, SMALL, Glyphs.Paint.TEXT, first ? "start" : "end");
            taken.add(new double[] {now - 32, now + 4});
        }
        for (TimelineAxis.Tick tick : axis.ticks(wide ? 80 : 62)) {
            double half = TextWidth.of(tick.label(), SMALL) / 2;
            double middle = Math.max(left + half - 4, Math.min(right - half, tick.x()));
            boolean covered = taken.stream().anyMatch(other -> middle + half > other[0] && middle - half < other[1]);
            svg.empty(
                    "path",
                    with(
                            new String[] {
                                "d", "M" + Markup.number(tick.x()) + " 40V" + Markup.number(bottom), "opacity", "0.25"
                            },
                            Glyphs.stroke(Glyphs.Paint.MUTED, 1)));
            if (!covered && middle - half > free) {
                text(svg, tick.label(), middle, 36, SMALL, Glyphs.Paint.MUTED, "middle");
                free = middle + half + 6;
            }
        }
        svg.line();
    }

    // Lanes

    private double lane(Markup svg, Timeline.Lane lane, double top) {
        double y = top;
        svg.open("g").element("title", lane.name() + ": " + lane.state());
        svg.empty(
                "path",
                with(
                        new String[] {"d", "M0 " + Markup.number(top) + "H" + Markup.number(width), "opacity", "0.35"},
                        Glyphs.stroke(Glyphs.Paint.MUTED, 1)));
        if (wide) {
            text(
                    svg,
                    TextWidth.fit(lane.name(), NORMAL * 1.06, left - 20),
                    4,
                    y + 18,
                    NORMAL,
                    Glyphs.Paint.TEXT,
                    "bold");
            text(svg, TextWidth.fit(lane.state(), SMALL, left - 16), 4, y + 33, SMALL, Glyphs.Paint.MUTED, "start");
        } else {
            String state = TextWidth.fit(lane.state(), SMALL, width * 0.45);
            double rest = width - TextWidth.of(state, SMALL) - 24;
            text(svg, TextWidth.fit(lane.name(), NORMAL * 1.06, rest), 6, y + 18, NORMAL, Glyphs.Paint.TEXT, "bold");
            halo(svg, state, width - 6, y + 18, "end");
            y += 20;
        }
        svg.close();
        for (Timeline.Track track : lane.tracks()) {
            track(svg, track, y + TRACK_HEIGHT / 2);
            y += TRACK_HEIGHT;
        }
        svg.line();
        return Math.max(y, top + TRACK_HEIGHT);
    }

    private void track(Markup svg, Timeline.Track track, double y) {
        double[] covered = new double[Timeline.SpanKind.values().length];
        Arrays.fill(covered, Double.NEGATIVE_INFINITY);
        List<Timeline.Span> ordered = new ArrayList<>(track.spans());
        // Locks lie behind the attempts.
        ordered.sort((one, other) -> Integer.compare(layer(one.kind()), layer(other.kind())));
        List<MarkCluster> marks = clusters(track.marks());
        for (Timeline.Span span : ordered) {
            double from = axis.x(span.from());
            double to = Math.max(axis.x(span.to()), from + least(span.kind()));
            if (hidden(span, from, to, marks) || to <= covered[span.kind().ordinal()] + 2) {
                continue;
            }
            covered[span.kind().ordinal()] = to;
            spansDrawn.add(span.kind());
            svg.open("g").element("title", span.text());
            span(svg, span, from, to, y);
            svg.close();
        }
        for (TimelineAxis.Segment broken : axis.breaks()) {
            double middle = broken.middle();
            if (ordered.stream().anyMatch(span -> axis.x(span.from()) < middle && axis.x(span.to()) > middle)) {
                tear(svg, middle, y);
            }
        }
        for (Timeline.Span span : ordered) {
            label(svg, span, ordered, marks, y);
        }
        marks.forEach(mark -> mark(svg, mark, y));
        words(svg, track, marks, y);
    }

    /** A short answer lies below the mark of what it decided, which says the same. */
    private static boolean hidden(Timeline.Span span, double from, double to, List<MarkCluster> marks) {
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
    private static double least(Timeline.SpanKind kind) {
        return switch (kind) {
            case ANSWERED, FAILED, UNANSWERED -> 9;
            case WORK, ROLLBACK, LOCK -> 3;
            case GATE, PAUSE -> 0;
        };
    }

    private void span(Markup svg, Timeline.Span span, double from, double to, double y) {
        switch (span.kind()) {
            case GATE -> dotted(svg, from, to, y, Glyphs.Paint.MUTED, "1 5");
            case PAUSE -> dotted(svg, from, to, y, Glyphs.Paint.WARN, "3 3");
            case LOCK -> box(svg, from, to, y, 11, Glyphs.Paint.WAIT, 0.16, span.open());
            case WORK -> box(svg, from, to, y, 9, Glyphs.Paint.WORK, 0.24, span.open());
            case ROLLBACK -> box(svg, from, to, y, 9, Glyphs.Paint.BAD, 0.2, span.open());
            case ANSWERED -> box(svg, from, to, y, 5, Glyphs.Paint.GOOD, 1, false);
            case UNANSWERED -> box(svg, from, to, y, 5, Glyphs.Paint.MUTED, 0.1, true);
            case FAILED -> {
                box(svg, from, to, y, 5, Glyphs.Paint.BAD, 1, false);
                double x = to - 4.5;
                svg.empty(
                        "path",
                        with(
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

    private void box(
            Markup svg,
            double from,
            double to,
            double y,
            double half,
            Glyphs.Paint paint,
            double opacity,
            boolean open) {
        svg.empty(
                "rect",
                "x",
                Markup.number(from),
                "y",
                Markup.number(y - half),
                "width",
                Markup.number(to - from),
                "height",
                Markup.number(2 * half),
                "rx",
                Markup.number(Math.min(half, 4)),
                "class",
                "mdoq-f-" + paint.word() + " mdoq-s-" + paint.word(),
                "fill",
                paint.colour(),
                "fill-opacity",
                opacity == 1 ? "" : String.valueOf(opacity),
                "stroke",
                paint.colour(),
                "stroke-dasharray",
                open ? "4 3" : "");
    }

    private void dotted(Markup svg, double from, double to, double y, Glyphs.Paint paint, String dashes) {
        if (to - from < 1) {
            return;
        }
        svg.empty(
                "path",
                with(
                        new String[] {
                            "d",
                            "M" + Markup.number(from) + " " + Markup.number(y) + "H" + Markup.number(to),
                            "stroke-dasharray",
                            dashes,
                            "stroke-linecap",
                            "round"
                        },
                        Glyphs.stroke(paint, 2)));
    }

    /** Where the axis is broken, what lies upon it is torn. */
    private void tear(Markup svg, double x, double y) {
        double top = y - TRACK_HEIGHT / 2 + 3;
        String zigzag = "l4 5.7-8 5.7 8 5.7-8 5.7 8 5.7-4 5.7";
        svg.empty(
                "path",
                with(
                        new String[] {
                            "d",
                            "M" + Markup.number(x - 3) + " " + Markup.number(top) + zigzag + "h6"
                                    + "l4-5.7-8-5.7 8-5.7-8-5.7 8-5.7-4-5.7z"
                        },
                        Glyphs.fill(Glyphs.Paint.PAPER)));
        for (double side : new double[] {-3, 3}) {
            svg.empty(
                    "path",
                    with(
                            new String[] {"d", "M" + Markup.number(x + side) + " " + Markup.number(top) + zigzag},
                            Glyphs.stroke(Glyphs.Paint.MUTED, 1)));
        }
    }

    /** A span's label, between what else lies upon it. */
    private void label(Markup svg, Timeline.Span span, List<Timeline.Span> spans, List<MarkCluster> marks, double y) {
        double from = axis.x(span.from()) + 6;
        double to = axis.x(span.to()) - 6;
        if (span.label().isEmpty() || to - from < LEAST_LABEL) {
            return;
        }
        for (Timeline.Span other : spans) {
            double end = Math.max(axis.x(other.to()), axis.x(other.from()) + least(other.kind()));
            if (layer(other.kind()) > layer(span.kind()) && axis.x(other.from()) < to && end > from) {
                from = Math.max(from, end + 6);
            }
        }
        for (MarkCluster mark : marks) {
            if (mark.kind == Timeline.MarkKind.PROGRESS) {
                continue;
            }
            if (mark.x < from + 4) {
                from = Math.max(from, mark.x + Glyphs.RADIUS + 4);
            } else if (mark.x - Glyphs.RADIUS < to) {
                to = Math.min(to, mark.x - Glyphs.RADIUS - 4);
            }
        }
        double widthOfLabel = TextWidth.of(span.label(), SMALL);
        for (TimelineAxis.Segment broken : axis.breaks()) {
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
            text(svg, span.label(), from, y + 4, SMALL, Glyphs.Paint.TEXT, "start");
        }
    }

    // Marks

    /** Marks of one kind that would lie upon each other. */
    private static final class MarkCluster {
        final Timeline.MarkKind kind;
        final List<Timeline.Mark> marks = new ArrayList<>();
        final double first;
        double x;

        MarkCluster(Timeline.MarkKind kind, double x) {
            this.kind = kind;
            this.first = x;
            this.x = x;
        }

        String text() {
            Timeline.Mark last = marks.get(marks.size() - 1);
            return marks.size() == 1
                    ? last.text()
                    : marks.size() + " times " + kind.word() + ", the last one: " + last.text();
        }
    }

    private List<MarkCluster> clusters(List<Timeline.Mark> marks) {
        List<Timeline.Mark> sorted = new ArrayList<>(marks);
        sorted.sort((one, other) -> one.at().compareTo(other.at()));
        List<MarkCluster> clusters = new ArrayList<>();
        for (Timeline.MarkKind kind : Timeline.MarkKind.values()) {
            List<Timeline.Mark> ofKind =
                    sorted.stream().filter(mark -> mark.kind() == kind).toList();
            List<MarkCluster> each = clusters(kind, ofKind, MARK_APART);
            // A number beside a mark needs space as well.
            clusters.addAll(each.size() == ofKind.size() ? each : clusters(kind, ofKind, MARK_APART + NUMBER_WIDTH));
        }
        clusters.sort((one, other) -> Double.compare(one.x, other.x));
        apart(clusters.stream()
                .filter(cluster -> cluster.kind != Timeline.MarkKind.PROGRESS)
                .toList());
        return clusters;
    }

    private List<MarkCluster> clusters(Timeline.MarkKind kind, List<Timeline.Mark> marks, double apart) {
        List<MarkCluster> clusters = new ArrayList<>();
        MarkCluster last = null;
        for (Timeline.Mark mark : marks) {
            double x = axis.x(mark.at());
            if (last == null || x - last.first >= apart) {
                last = new MarkCluster(kind, x);
                clusters.add(last);
            }
            last.marks.add(mark);
        }
        return clusters;
    }

    /** Moves marks that would cover each other apart, by no more than is needed. */
    private void apart(List<MarkCluster> marks) {
        for (int i = 1; i < marks.size(); i++) {
            marks.get(i).x = Math.max(marks.get(i).x, marks.get(i - 1).x + MARK_APART);
        }
        double most = right + 4;
        for (int i = marks.size() - 1; i >= 0 && marks.get(i).x > most; i--) {
            marks.get(i).x = Math.max(left, most);
            most = marks.get(i).x - MARK_APART;
        }
    }

    private void mark(Markup svg, MarkCluster mark, double y) {
        marksDrawn.add(mark.kind);
        svg.open("g").element("title", mark.text());
        boolean progress = mark.kind == Timeline.MarkKind.PROGRESS;
        double at = progress ? y + 13 : y;
        Glyphs.draw(svg, mark.kind, mark.x, at);
        if (mark.marks.size() > 1) {
            double x = Math.min(mark.x + (progress ? 7 : 9), right - 8);
            text(svg, "×" + mark.marks.size(), x, y + 17, 10, Glyphs.Paint.TEXT, "start");
        }
        svg.close();
    }

    /** The words of marks, on that side of each where there is space; what went well needs none. */
    private void words(Markup svg, Timeline.Track track, List<MarkCluster> marks, double y) {
        List<double[]> taken = new ArrayList<>();
        for (Timeline.Span span : track.spans()) {
            if (span.kind() != Timeline.SpanKind.GATE) {
                double from = axis.x(span.from());
                taken.add(new double[] {from, Math.max(axis.x(span.to()), from + least(span.kind())) - 1});
            }
        }
        for (MarkCluster mark : marks) {
            if (mark.kind != Timeline.MarkKind.PROGRESS) {
                taken.add(new double[] {mark.x - Glyphs.RADIUS, mark.x + Glyphs.RADIUS});
            }
        }
        for (MarkCluster mark : marks) {
            String word = mark.marks.size() > 1 ? "" : mark.marks.get(0).label();
            if (word.isEmpty() || mark.kind == Timeline.MarkKind.SUCCESS) {
                continue;
            }
            double length = TextWidth.of(word, SMALL);
            double after = mark.x + Glyphs.RADIUS + 4;
            double before = mark.x - Glyphs.RADIUS - 4;
            if (free(taken, after, after + length)) {
                halo(svg, word, after, y + 4, "start");
                taken.add(new double[] {after, after + length});
            } else if (free(taken, before - length, before)) {
                halo(svg, word, before, y + 4, "end");
                taken.add(new double[] {before - length, before});
            }
        }
    }

    private boolean free(List<double[]> taken, double from, double to) {
        return from >= left && to <= right && taken.stream().noneMatch(other -> other[0] < to && other[1] > from);
    }

    /** Text that stands on a line. */
    private static void halo(Markup svg, String text, double x, double y, String anchor) {
        svg.element(
                "text",
                text,
                "x",
                Markup.number(x),
                "y",
                Markup.number(y),
                "font-size",
                Markup.number(SMALL),
                "text-anchor",
                anchor,
                "class",
                "mdoq-f-text mdoq-s-paper",
                "fill",
                Glyphs.Paint.TEXT.colour(),
                "stroke",
                Glyphs.Paint.PAPER.colour(),
                "stroke-width",
                "3",
                "paint-order",
                "stroke");
    }

    // Below the lanes

    private double legend(Markup svg, double top) {
        double x = wide ? 4 : 8;
        double y = top;
        svg.open("g", "aria-hidden", "true");
        for (Timeline.SpanKind kind : spansDrawn) {
            double length = 30 + TextWidth.of(kind.word(), SMALL) + 18;
            if (x + length > width) {
                x = wide ? 4 : 8;
                y += LEGEND_LINE;
            }
            Timeline.Span sample = new Timeline.Span(kind, timeline.begin(), timeline.begin(), false, "", kind.word());
            span(svg, sample, x, x + 22, y);
            text(svg, kind.word(), x + 28, y + 4, SMALL, Glyphs.Paint.MUTED, "start");
            x += length;
        }
        for (Timeline.MarkKind kind : marksDrawn) {
            double length = 22 + TextWidth.of(kind.word(), SMALL) + 18;
            if (x + length > width) {
                x = wide ? 4 : 8;
                y += LEGEND_LINE;
            }
            Glyphs.draw(svg, kind, x + 8, y);
            text(svg, kind.word(), x + 20, y + 4, SMALL, Glyphs.Paint.MUTED, "start");
            x += length;
        }
        svg.close();
        return y + 16;
    }

    private static void text(Markup svg, String text, double x, double y, double size, Glyphs.Paint paint, String how) {
        boolean bold = how.equals("bold");
        svg.element(
                "text",
                text,
                with(
                        new String[] {
                            "x",
                            Markup.number(x),
                            "y",
                            Markup.number(y),
                            "font-size",
                            Markup.number(size),
                            "font-weight",
                            bold ? "600" : "",
                            "text-anchor",
                            bold || how.equals("start") ? "" : how
                        },
                        Glyphs.fill(paint)));
    }

    private static String[] with(String[] some, String[] more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}

package io.jenkins.plugins.mdoq.report;

import java.util.ArrayList;
import java.util.List;

/** Draws what lies behind the lanes of a timeline: the time of each event, and the scale. */
final class TimelineScale {

    private final Timeline timeline;
    private final TimelineFrame frame;

    TimelineScale(Timeline timeline, TimelineFrame frame) {
        this.timeline = timeline;
        this.frame = frame;
    }

    /** The time of each event, behind all lanes. */
    void bands(Markup svg, double bottom) {
        double free = 0;
        double covered = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < timeline.gates().size(); i++) {
            Timeline.Gate gate = timeline.gates().get(i);
            double x = frame.axis().x(gate.from());
            double length = Math.max(2, frame.axis().x(gate.to()) - x);
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
            double next = last
                    ? frame.right()
                    : frame.axis().x(timeline.gates().get(i + 1).from());
            double from = Math.max(x + 6, free);
            String label = TextWidth.fit(gate.event(), SvgPen.SMALL, Math.max(length - 8, next - from - 6));
            // What begins close to the end has its place before it.
            if (TextWidth.of(label, SvgPen.SMALL) < TextWidth.of(gate.event(), SvgPen.SMALL) && last) {
                double before = frame.right() - TextWidth.of(gate.event(), SvgPen.SMALL);
                if (before > free) {
                    from = Math.min(from, before);
                    label = gate.event();
                }
            }
            if (label.length() > 2 || label.equals(gate.event())) {
                SvgPen.text(svg, label, from, 18, SvgPen.SMALL, Glyphs.Paint.TEXT, "start");
                free = from + TextWidth.of(label, SvgPen.SMALL) + 8;
            }
            svg.close().line();
        }
    }

    /** The axis with its ticks and breaks, and where now is. */
    void scale(Markup svg, double bottom) {
        double free = Double.NEGATIVE_INFINITY;
        List<double[]> taken = new ArrayList<>();
        for (TimelineAxis.Segment broken : frame.axis().breaks()) {
            double middle = broken.middle();
            String length = Durations.text(broken.duration());
            String label = TextWidth.fit(length, SvgPen.SMALL, Math.max(broken.width() - 6, 24));
            svg.open("g").element("title", "axis broken: " + length + " in which nothing else happened");
            SvgPen.text(svg, label, middle, 36, SvgPen.SMALL, Glyphs.Paint.MUTED, "middle");
            svg.close();
            double half = TextWidth.of(label, SvgPen.SMALL) / 2 + 4;
            taken.add(new double[] {middle - half, middle + half});
        }
        TimelineAxis.Segment future = frame.axis().future();
        if (future != null) {
            SvgPen.text(
                    svg,
                    "next " + Durations.text(future.duration()),
                    frame.right(),
                    36,
                    SvgPen.SMALL,
                    Glyphs.Paint.MUTED,
                    "end");
            taken.add(new double[] {future.x() - 10, frame.right()});
        }
        if (timeline.running()) {
            double now = frame.axis().x(timeline.end());
            svg.empty(
                    "path",
                    SvgPen.with(
                            new String[] {"d", "M" + Markup.number(now) + " 22V" + Markup.number(bottom)},
                            Glyphs.stroke(Glyphs.Paint.WAIT, 1.5)));
            boolean first = now < frame.left() + 40;
            SvgPen.text(
                    svg, "now", now + (first ? 4 : -4), 36, SvgPen.SMALL, Glyphs.Paint.TEXT, first ? "start" : "end");
            taken.add(new double[] {now - 32, now + 4});
        }
        for (TimelineAxis.Tick tick : frame.axis().ticks(frame.wide() ? 80 : 62)) {
            double half = TextWidth.of(tick.label(), SvgPen.SMALL) / 2;
            double middle = Math.max(frame.left() + half - 4, Math.min(frame.right() - half, tick.x()));
            boolean covered = taken.stream().anyMatch(other -> middle + half > other[0] && middle - half < other[1]);
            svg.empty(
                    "path",
                    SvgPen.with(
                            new String[] {
                                "d", "M" + Markup.number(tick.x()) + " 40V" + Markup.number(bottom), "opacity", "0.25"
                            },
                            Glyphs.stroke(Glyphs.Paint.MUTED, 1)));
            if (!covered && middle - half > free) {
                SvgPen.text(svg, tick.label(), middle, 36, SvgPen.SMALL, Glyphs.Paint.MUTED, "middle");
                free = middle + half + 6;
            }
        }
        svg.line();
    }
}

package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
    private static final double LEGEND_LINE = 22;

    private final Timeline timeline;
    private final String id;
    private final boolean wide;
    private final double width;
    private final double left;
    private final TimelineFrame frame;
    private final TimelineMarks marks;
    private final TimelineTrackSvg tracks;

    private TimelineSvg(Timeline timeline, String id, boolean wide) {
        this.timeline = timeline;
        this.id = id;
        this.wide = wide;
        this.width = wide ? 1_000 : 380;
        this.left = wide ? 180 : 10;
        double right = width - (wide ? 16 : 10);
        this.frame = new TimelineFrame(
                wide, width, left, right, new TimelineAxis(moments(timeline), timeline.end(), left, right - left));
        this.marks = new TimelineMarks(frame);
        this.tracks = new TimelineTrackSvg(frame, marks);
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
                Markup.number(SvgPen.NORMAL),
                // Without the style sheet, one of the two is enough.
                "display",
                wide ? "" : "none");
        svg.element("title", "Timeline of the release", "id", id + "-title");
        svg.element("desc", description(), "id", id + "-desc").line();
        TimelineScale scale = new TimelineScale(timeline, frame);
        scale.bands(svg, y);
        scale.scale(svg, y);
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

    private double lane(Markup svg, Timeline.Lane lane, double top) {
        double y = top;
        svg.open("g").element("title", lane.name() + ": " + lane.state());
        svg.empty(
                "path",
                SvgPen.with(
                        new String[] {"d", "M0 " + Markup.number(top) + "H" + Markup.number(width), "opacity", "0.35"},
                        Glyphs.stroke(Glyphs.Paint.MUTED, 1)));
        if (wide) {
            SvgPen.text(
                    svg,
                    TextWidth.fit(lane.name(), SvgPen.NORMAL * 1.06, left - 20),
                    4,
                    y + 18,
                    SvgPen.NORMAL,
                    Glyphs.Paint.TEXT,
                    "bold");
            SvgPen.text(
                    svg,
                    TextWidth.fit(lane.state(), SvgPen.SMALL, left - 16),
                    4,
                    y + 33,
                    SvgPen.SMALL,
                    Glyphs.Paint.MUTED,
                    "start");
        } else {
            String state = TextWidth.fit(lane.state(), SvgPen.SMALL, width * 0.45);
            double rest = width - TextWidth.of(state, SvgPen.SMALL) - 24;
            SvgPen.text(
                    svg,
                    TextWidth.fit(lane.name(), SvgPen.NORMAL * 1.06, rest),
                    6,
                    y + 18,
                    SvgPen.NORMAL,
                    Glyphs.Paint.TEXT,
                    "bold");
            SvgPen.halo(svg, state, width - 6, y + 18, "end");
            y += 20;
        }
        svg.close();
        for (Timeline.Track track : lane.tracks()) {
            tracks.track(svg, track, y + TimelineFrame.TRACK_HEIGHT / 2);
            y += TimelineFrame.TRACK_HEIGHT;
        }
        svg.line();
        return Math.max(y, top + TimelineFrame.TRACK_HEIGHT);
    }

    private double legend(Markup svg, double top) {
        double x = wide ? 4 : 8;
        double y = top;
        svg.open("g", "aria-hidden", "true");
        for (Timeline.SpanKind kind : tracks.drawn()) {
            double length = 30 + TextWidth.of(kind.word(), SvgPen.SMALL) + 18;
            if (x + length > width) {
                x = wide ? 4 : 8;
                y += LEGEND_LINE;
            }
            Timeline.Span sample = new Timeline.Span(kind, timeline.begin(), timeline.begin(), false, "", kind.word());
            TimelineTrackSvg.span(svg, sample, x, x + 22, y);
            SvgPen.text(svg, kind.word(), x + 28, y + 4, SvgPen.SMALL, Glyphs.Paint.MUTED, "start");
            x += length;
        }
        for (Timeline.MarkKind kind : marks.drawn()) {
            double length = 22 + TextWidth.of(kind.word(), SvgPen.SMALL) + 18;
            if (x + length > width) {
                x = wide ? 4 : 8;
                y += LEGEND_LINE;
            }
            Glyphs.draw(svg, kind, x + 8, y);
            SvgPen.text(svg, kind.word(), x + 20, y + 4, SvgPen.SMALL, Glyphs.Paint.MUTED, "start");
            x += length;
        }
        svg.close();
        return y + 16;
    }
}

package io.jenkins.plugins.mdoq.report;

import java.util.Arrays;

/** What a timeline is drawn with: texts, boxes and lines of it. */
final class SvgPen {

    /** The size of most texts. */
    static final double SMALL = 11;

    /** The size of names. */
    static final double NORMAL = 13;

    private SvgPen() {}

    /** A span of time as a box around a line. */
    static void box(
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

    /** A span of time as a dotted line. */
    static void dotted(Markup svg, double from, double to, double y, Glyphs.Paint paint, String dashes) {
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
    static void tear(Markup svg, double x, double y) {
        double top = y - TimelineFrame.TRACK_HEIGHT / 2 + 3;
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

    /** Text that stands on a line. */
    static void halo(Markup svg, String text, double x, double y, String anchor) {
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

    /** Text, of which {@code how} says where it is anchored, or that it is bold. */
    static void text(Markup svg, String text, double x, double y, double size, Glyphs.Paint paint, String how) {
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

    /** Attributes and more attributes, names and values in turn. */
    static String[] with(String[] some, String[] more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}

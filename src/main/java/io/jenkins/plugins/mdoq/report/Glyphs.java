package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * The shapes of a timeline's marks. Each kind has a shape of its own, so that none needs its colour to be recognised. Colours
 * are classes for the style sheet; the attributes beside them are for a page whose style sheet was refused.
 */
final class Glyphs {

    /** Half of a mark's width. */
    static final double RADIUS = 7.5;

    /** A class of the style sheet, and the colour that stands for it without one. */
    enum Paint {
        /** Text. */
        TEXT("text", "#1f2328"),
        /** Less important text, and lines. */
        MUTED("muted", "#59636e"),
        /** Behind all of it. */
        PAPER("paper", "#ffffff"),
        /** What went well. */
        GOOD("good", "#1a7f37"),
        /** What is in doubt. */
        WARN("warn", "#9a6700"),
        /** What went wrong. */
        BAD("bad", "#cf222e"),
        /** What is waited for. */
        WAIT("wait", "#0969da"),
        /** The release's own work. */
        WORK("work", "#8250df");

        private final String word;
        private final String colour;

        Paint(String word, String colour) {
            this.word = word;
            this.colour = colour;
        }

        /** The name of its custom property in the style sheet, and the end of its classes' names. */
        String word() {
            return word;
        }

        /** The colour without a style sheet. */
        String colour() {
            return colour;
        }
    }

    private Glyphs() {}

    /** Attributes of a filled shape. */
    static String[] fill(@NonNull Paint paint) {
        return new String[] {"class", "mdoq-f-" + paint.word(), "fill", paint.colour()};
    }

    /** Attributes of a line or an outline. */
    static String[] stroke(@NonNull Paint paint, double width) {
        return new String[] {
            "class",
            "mdoq-s-" + paint.word(),
            "fill",
            "none",
            "stroke",
            paint.colour(),
            "stroke-width",
            Markup.number(width)
        };
    }

    /** Draws a mark around a point. */
    static void draw(@NonNull Markup svg, @NonNull Timeline.MarkKind kind, double x, double y) {
        svg.open("g", "transform", "translate(" + Markup.number(x) + " " + Markup.number(y) + ")");
        switch (kind) {
            case PROGRESS -> shape(svg, "M-4.5-4.5h9v6.5h-5l-2.5 3v-3h-1.5z", Paint.WAIT);
            case NOTICE -> {
                boxed(svg, "M-6-4.5h12v9h-12z", Paint.PAPER);
                line(svg, "M-6-4.5h12v9h-12zM-6-4l6 4.5 6-4.5", Paint.MUTED, 1.5);
            }
            case SUCCESS -> {
                shape(svg, "M-7.5 0a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0-15 0z", Paint.GOOD);
                line(svg, "M-3.5 0.3l2.5 2.5 4.5-5", Paint.PAPER, 2);
            }
            case FAIL -> {
                shape(svg, "M0-8l8.5 14.5h-17z", Paint.WARN);
                line(svg, "M0-3v4.5M0 3.2v1.6", Paint.PAPER, 2);
            }
            case STOP -> {
                shape(svg, "M-3.2-7.5h6.4l4.3 4.3v6.4l-4.3 4.3h-6.4l-4.3-4.3v-6.4z", Paint.BAD);
                line(svg, "M-4 0h8", Paint.PAPER, 2.5);
            }
            case ROLLBACK -> {
                shape(svg, "M-7.5-7.5h15v15h-15z", Paint.BAD);
                line(svg, "M-4-2.5h5a2.9 2.9 0 0 1 0 5.8h-3M-1.5-5.3l-2.8 2.8 2.8 2.8", Paint.PAPER, 1.8);
            }
            case EXPIRED -> {
                shape(svg, "M-6.5-7.5h13l-4.5 7.5 4.5 7.5h-13l4.5-7.5z", Paint.BAD);
                line(svg, "M-3-4.5h6M-3 5h6", Paint.PAPER, 1.5);
            }
            case CANCELLED -> {
                shape(svg, "M-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0z", Paint.PAPER);
                line(svg, "M-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0zM-3-3l6 6M3-3l-6 6", Paint.MUTED, 1.8);
            }
            case DEADLINE -> {
                line(svg, "M0-12v24", Paint.WARN, 2);
                shape(svg, "M0-12l8 3.5-8 3.5z", Paint.WARN);
            }
            default -> throw new IllegalArgumentException("no shape for " + kind);
        }
        svg.close();
    }

    /** A filled shape with an edge that sets it off from what is behind it. */
    private static void shape(Markup svg, String path, Paint paint) {
        svg.empty(
                "path",
                "d",
                path,
                "class",
                "mdoq-f-" + paint.word() + " mdoq-s-paper",
                "fill",
                paint.colour(),
                "stroke",
                Paint.PAPER.colour(),
                "stroke-width",
                "1");
    }

    private static void boxed(Markup svg, String path, Paint paint) {
        svg.empty("path", "d", path, "class", "mdoq-f-" + paint.word(), "fill", paint.colour());
    }

    private static void line(Markup svg, String path, Paint paint, double width) {
        svg.empty(
                "path",
                "d",
                path,
                "class",
                "mdoq-s-" + paint.word(),
                "fill",
                "none",
                "stroke",
                paint.colour(),
                "stroke-width",
                Markup.number(width),
                "stroke-linecap",
                "round",
                "stroke-linejoin",
                "round");
    }
}

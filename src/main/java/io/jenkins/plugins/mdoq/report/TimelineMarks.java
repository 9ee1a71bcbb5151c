package io.jenkins.plugins.mdoq.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Draws the marks of a timeline's tracks; those that would lie upon each other become one. */
final class TimelineMarks {

    private static final double APART = 15;
    private static final double NUMBER_WIDTH = 28;
    private static final double NUMBER_SIZE = 10;

    private final TimelineFrame frame;
    private final Set<Timeline.MarkKind> drawn = EnumSet.noneOf(Timeline.MarkKind.class);

    TimelineMarks(TimelineFrame frame) {
        this.frame = frame;
    }

    /** The kinds that were drawn. */
    Set<Timeline.MarkKind> drawn() {
        return Collections.unmodifiableSet(drawn);
    }

    /** Marks of one kind that would lie upon each other. */
    static final class Cluster {
        final Timeline.MarkKind kind;
        final List<Timeline.Mark> marks = new ArrayList<>();
        final double first;
        double x;

        Cluster(Timeline.MarkKind kind, double x) {
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

    /** The marks of a track as they are drawn, from left to right. */
    List<Cluster> clusters(List<Timeline.Mark> marks) {
        List<Timeline.Mark> sorted = new ArrayList<>(marks);
        sorted.sort((one, other) -> one.at().compareTo(other.at()));
        List<Cluster> clusters = new ArrayList<>();
        for (Timeline.MarkKind kind : Timeline.MarkKind.values()) {
            List<Timeline.Mark> ofKind =
                    sorted.stream().filter(mark -> mark.kind() == kind).toList();
            List<Cluster> each = clusters(kind, ofKind, APART);
            // A number beside a mark needs space as well.
            clusters.addAll(each.size() == ofKind.size() ? each : clusters(kind, ofKind, APART + NUMBER_WIDTH));
        }
        clusters.sort((one, other) -> Double.compare(one.x, other.x));
        apart(clusters.stream()
                .filter(cluster -> cluster.kind != Timeline.MarkKind.PROGRESS)
                .toList());
        return clusters;
    }

    private List<Cluster> clusters(Timeline.MarkKind kind, List<Timeline.Mark> marks, double apart) {
        List<Cluster> clusters = new ArrayList<>();
        Cluster last = null;
        for (Timeline.Mark mark : marks) {
            double x = frame.axis().x(mark.at());
            if (last == null || x - last.first >= apart) {
                last = new Cluster(kind, x);
                clusters.add(last);
            }
            last.marks.add(mark);
        }
        return clusters;
    }

    /** Moves marks that would cover each other apart, by no more than is needed. */
    private void apart(List<Cluster> marks) {
        for (int i = 1; i < marks.size(); i++) {
            marks.get(i).x = Math.max(marks.get(i).x, marks.get(i - 1).x + APART);
        }
        double most = Math.min(frame.right() + 4, frame.width() - Glyphs.RADIUS - 1);
        for (int i = marks.size() - 1; i >= 0 && marks.get(i).x > most; i--) {
            marks.get(i).x = Math.max(frame.left(), most);
            most = marks.get(i).x - APART;
        }
    }

    /** Draws the marks of one place. */
    void mark(Markup svg, Cluster mark, double y) {
        drawn.add(mark.kind);
        svg.open("g").element("title", mark.text());
        boolean progress = mark.kind == Timeline.MarkKind.PROGRESS;
        String number = mark.marks.size() > 1 ? "×" + mark.marks.size() : "";
        double most = frame.width() - 1 - TextWidth.of(number, NUMBER_SIZE);
        // A note is as low as its number, and leaves it the space that there is before the picture's edge.
        double x = progress ? Math.min(mark.x, most - 7) : mark.x;
        Glyphs.draw(svg, mark.kind, x, progress ? y + 13 : y);
        if (!number.isEmpty()) {
            double beside = Math.min(x + (progress ? 7 : 9), most);
            SvgPen.text(svg, number, beside, y + 17, NUMBER_SIZE, Glyphs.Paint.TEXT, "start");
        }
        svg.close();
    }

    /** The words of marks, on that side of each where there is space; what went well needs none. */
    void words(Markup svg, Timeline.Track track, List<Cluster> marks, double y) {
        List<double[]> taken = new ArrayList<>();
        for (Timeline.Span span : track.spans()) {
            if (span.kind() != Timeline.SpanKind.GATE) {
                double from = frame.axis().x(span.from());
                taken.add(new double[] {
                    from, Math.max(frame.axis().x(span.to()), from + TimelineTrackSvg.least(span.kind())) - 1
                });
            }
        }
        for (Cluster mark : marks) {
            if (mark.kind != Timeline.MarkKind.PROGRESS) {
                taken.add(new double[] {mark.x - Glyphs.RADIUS, mark.x + Glyphs.RADIUS});
            }
        }
        for (Cluster mark : marks) {
            String word = mark.marks.size() > 1 ? "" : mark.marks.get(0).label();
            if (word.isEmpty() || mark.kind == Timeline.MarkKind.SUCCESS) {
                continue;
            }
            double length = TextWidth.of(word, SvgPen.SMALL);
            double after = mark.x + Glyphs.RADIUS + 4;
            double before = mark.x - Glyphs.RADIUS - 4;
            if (free(taken, after, after + length)) {
                SvgPen.halo(svg, word, after, y + 4, "start");
                taken.add(new double[] {after, after + length});
            } else if (free(taken, before - length, before)) {
                SvgPen.halo(svg, word, before, y + 4, "end");
                taken.add(new double[] {before - length, before});
            }
        }
    }

    private boolean free(List<double[]> taken, double from, double to) {
        return from >= frame.left()
                && to <= frame.right()
                && taken.stream().noneMatch(other -> other[0] < to && other[1] > from);
    }
}

package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Where a moment stands in a picture. The axis is linear, so that lengths can be compared, but for its breaks: ten minutes or
 * more in which nothing happens, and beside which all else would shrink to less than a tenth, are drawn in a short, fixed length
 * that says how long it is. So a lock that is held for three days leaves the minutes before and after it readable. (A
 * logarithmic scale would need no breaks, but would show equal times in different lengths everywhere.) Progress notes do not
 * count as something that happens, as a wait with notes is still a wait; they stand in the break, in their order. What is to
 * come, such as a deadline in a day, has a short length of its own at the end for the same reason.
 */
final class TimelineAxis {

    /** All else together is at least one in so many parts of the axis. */
    private static final double SQUEEZED = 10;

    /** The shortest break in seconds. */
    private static final double SHORTEST_BREAK = 600;

    /** What is left beside the breaks lasts at least this, in seconds: below it nothing is gained by a break. */
    private static final double SHORTEST_REST = 10;

    /** What is to come keeps its length as long as it is no more than this part of what was. */
    private static final double SHORT_FUTURE = 0.25;

    private static final int MAX_BREAKS = 12;

    /** The width of a break in pixels, unless there are so many that half of the axis would be breaks. */
    private static final double BREAK_WIDTH = 130;

    /** The width in pixels of what is to come. */
    private static final double FUTURE_WIDTH = 110;

    /** The steps of the scale in seconds. */
    private static final long[] STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400
    };

    /** A part of the axis. Times are in seconds since the beginning. */
    record Segment(double from, double to, double x, double width, boolean broken) {

        /** Where the tear of a break is. */
        double middle() {
            return x + width / 2;
        }

        /** How long it is. */
        Duration duration() {
            return Duration.ofSeconds((long) (to - from));
        }
    }

    /** A label of the axis. */
    record Tick(double x, String label) {}

    private final Instant begin;
    private final List<Segment> segments = new ArrayList<>();
    private final double left;
    private final double width;
    private final double now;

    /**
     * An axis.
     *
     * @param moments when something happens
     * @param end when what has happened ends; whatever is later is to come
     * @param left where the earliest moment stands
     * @param width how far from it the last one stands
     */
    TimelineAxis(@NonNull Collection<Instant> moments, @NonNull Instant end, double left, double width) {
        this.left = left;
        this.width = width;
        TreeSet<Instant> sorted = new TreeSet<>(moments);
        sorted.add(end);
        this.begin = sorted.first();
        this.now = seconds(begin, end);
        List<Double> gaps = new ArrayList<>();
        Instant before = begin;
        for (Instant moment : sorted.subSet(begin, false, end, true)) {
            gaps.add(seconds(before, moment));
            before = moment;
        }
        double toCome = seconds(end, sorted.last());
        double shortened = toCome > now * SHORT_FUTURE ? Math.min(FUTURE_WIDTH, width / 3) : 0;
        double linear = toCome > 0 && shortened == 0 ? toCome : 0;
        if (linear > 0) {
            gaps.add(linear);
        }
        lay(gaps, breakFrom(gaps), width - shortened);
        if (shortened > 0) {
            segments.add(new Segment(now, now + toCome, left + width - shortened, shortened, true));
        }
    }

    /** How long a gap must be, in seconds, to become a break. */
    private static double breakFrom(List<Double> gaps) {
        List<Double> sorted = new ArrayList<>(gaps);
        sorted.sort(null);
        double[] sums = new double[sorted.size() + 1];
        for (int i = 0; i < sorted.size(); i++) {
            sums[i + 1] = sums[i] + sorted.get(i);
        }
        double from = Double.POSITIVE_INFINITY;
        int end = sorted.size();
        for (int kept = end - 1; kept > 0 && sorted.size() - kept <= MAX_BREAKS; kept--) {
            boolean squeezes = sums[end] - sums[kept] > (SQUEEZED - 1) * sums[kept];
            if (squeezes && sums[kept] >= SHORTEST_REST && sorted.get(kept) >= SHORTEST_BREAK) {
                from = sorted.get(kept);
                end = kept;
            }
        }
        return from;
    }

    private void lay(List<Double> gaps, double breakFrom, double available) {
        long breaks = gaps.stream().filter(gap -> gap >= breakFrom).count();
        double rest = gaps.stream()
                .filter(gap -> gap < breakFrom)
                .mapToDouble(Double::doubleValue)
                .sum();
        double breakWidth = breaks == 0 ? 0 : Math.min(BREAK_WIDTH, available / Math.max(3, 2 * breaks));
        double scale = rest == 0 ? 0 : (available - breaks * breakWidth) / rest;
        double at = 0;
        double x = left;
        for (double gap : gaps) {
            boolean broken = gap >= breakFrom;
            double length = broken ? breakWidth : gap * scale;
            Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
            if (last != null && !broken && !last.broken()) {
                segments.set(
                        segments.size() - 1,
                        new Segment(last.from(), at + gap, last.x(), last.width() + length, false));
            } else {
                segments.add(new Segment(at, at + gap, x, length, broken));
            }
            at += gap;
            x += length;
        }
    }

    /** Where a moment stands; what lies beyond an end stands there. */
    double x(@NonNull Instant moment) {
        double at = seconds(begin, moment);
        for (Segment segment : segments) {
            if (at <= segment.to()) {
                double part = segment.to() == segment.from()
                        ? 0
                        : Math.max(0, at - segment.from()) / (segment.to() - segment.from());
                return segment.x() + part * segment.width();
            }
        }
        return segments.isEmpty() ? left : left + width;
    }

    /** The breaks, in their order. */
    @NonNull
    List<Segment> breaks() {
        return segments.stream()
                .filter(segment -> segment.broken() && segment.from() < now)
                .toList();
    }

    /** What is to come, if it is shortened; else null. */
    @Nullable
    Segment future() {
        Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        return last != null && last.broken() && last.from() >= now ? last : null;
    }

    /**
     * Labels at round times since the beginning.
     *
     * @param apart how far from each other they stand at least
     */
    @NonNull
    List<Tick> ticks(double apart) {
        List<Tick> ticks = new ArrayList<>();
        Segment widest = segments.stream()
                .filter(segment -> !segment.broken())
                .max((one, other) -> Double.compare(one.width(), other.width()))
                .orElse(null);
        if (widest == null || widest.width() == 0) {
            return ticks;
        }
        double perPixel = (widest.to() - widest.from()) / widest.width();
        double step = step(perPixel * apart);
        double last = Double.NEGATIVE_INFINITY;
        for (Segment segment : segments) {
            if (segment.broken()) {
                // The break has a label of its own.
                last = segment.x() + segment.width() - apart / 3;
                continue;
            }
            for (double at = Math.ceil(segment.from() / step) * step; at <= segment.to(); at += step) {
                double x = segment.x() + (at - segment.from()) / perPixel;
                if (x - last >= apart * 0.9) {
                    ticks.add(new Tick(x, label(Duration.ofSeconds((long) at))));
                    last = x;
                }
            }
        }
        return ticks;
    }

    /** The least round step that is not below a time; beyond days, whole numbers of them. */
    private static double step(double least) {
        for (long step : STEPS) {
            if (step >= least) {
                return step;
            }
        }
        double step = STEPS[STEPS.length - 1];
        for (int i = 0; step < least; i++) {
            step *= i % 3 == 1 ? 2.5 : 2;
        }
        return step;
    }

    /** Such as {@code +5 min}: without the parts that are nought. */
    static String label(Duration since) {
        if (since.isZero()) {
            return "0";
        }
        StringBuilder label = new StringBuilder("+");
        part(label, since.toDays(), " d ");
        part(label, since.toHoursPart(), " h ");
        part(label, since.toMinutesPart(), " min ");
        part(label, since.toSecondsPart(), " s ");
        return label.toString().strip();
    }

    private static void part(StringBuilder label, long number, String unit) {
        if (number != 0) {
            label.append(number).append(unit);
        }
    }

    /** As a fraction, and so of any length: a damaged journal may hold any two moments. */
    private static double seconds(Instant from, Instant to) {
        Duration duration = Duration.between(from, to);
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}

package io.jenkins.plugins.mdoq.index;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.report.EntryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A webhook's last deliveries as bars, oldest first: the longer an answer took the taller, on a scale on which ten times as long
 * is always the same step, since answers take milliseconds or minutes.
 *
 * @param width of the picture, in units of its own
 * @param height of the picture
 * @param bars one for each delivery
 */
public record Sparkline(int width, int height, @NonNull List<Bar> bars) {

    private static final int STEP = 6;
    private static final int BAR = 4;
    private static final int HEIGHT = 28;
    private static final int LEAST = 4;

    /** What takes as long as this or less is of the least height, what takes as long as {@link #LONGEST_MS} of the full one. */
    private static final double SHORTEST_MS = 10;

    private static final double LONGEST_MS = 60_000;

    /**
     * One delivery.
     *
     * @param row the delivery
     * @param x where its bar begins
     * @param y where its bar ends, from the top
     * @param width of the bar
     * @param height of the bar
     */
    public record Bar(@NonNull DeliveryRow row, int x, int y, int width, int height) {

        /** What became of it. */
        @NonNull
        public EntryState state() {
            return row.state();
        }
    }

    /**
     * The picture of deliveries.
     *
     * @param newestFirst the deliveries, newest first
     */
    @NonNull
    public static Sparkline of(@NonNull List<DeliveryRow> newestFirst) {
        List<Bar> bars = new ArrayList<>();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            DeliveryRow row = newestFirst.get(i);
            int height = height(row.took());
            bars.add(new Bar(row, bars.size() * STEP, HEIGHT - height, BAR, height));
        }
        return new Sparkline(Math.max(BAR, bars.size() * STEP - (STEP - BAR)), HEIGHT, List.copyOf(bars));
    }

    private static int height(Duration took) {
        if (took == null) {
            return LEAST;
        }
        double share =
                Math.log(Math.max(took.toMillis(), SHORTEST_MS) / SHORTEST_MS) / Math.log(LONGEST_MS / SHORTEST_MS);
        return LEAST + (int) Math.round(Math.min(1, share) * (HEIGHT - LEAST));
    }
}

package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;

/**
 * Where a timeline is drawn.
 *
 * @param wide whether the lanes lie beside their names, or below them
 * @param width of the whole picture
 * @param left where the axis begins
 * @param right where it ends
 * @param axis where a time lies
 */
record TimelineFrame(
        boolean wide,
        double width,
        double left,
        double right,
        @NonNull TimelineAxis axis) {

    /** The height of a lane's track. */
    static final double TRACK_HEIGHT = 40;
}

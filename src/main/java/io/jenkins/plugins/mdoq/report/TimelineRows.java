package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the rows of a timeline's table. */
final class TimelineRows {

    private final Instant begin;
    private final List<Ordered> rows = new ArrayList<>();

    /** What goes first of two things at the same moment: an event is fired before it is answered, and settled after that. */
    enum Rank {
        FIRED,
        DELIVERY,
        SETTLED,
        STEP
    }

    private record Ordered(Rank rank, Timeline.Row row) {}

    TimelineRows(@NonNull Instant begin) {
        this.begin = begin;
    }

    void add(@NonNull Rank rank, @NonNull Instant at, @NonNull String lane, @NonNull String text) {
        Duration since = Duration.between(begin, at);
        String sinceText = since(since);
        rows.add(new Ordered(rank, new Timeline.Row(at, sinceText, lane, text)));
    }

    /** To the second, so that rows within a long wait can be told from each other. */
    private static String since(Duration since) {
        return since.isZero() || since.toSeconds() >= 60 ? TimelineAxis.label(since) : "+" + Durations.text(since);
    }

    /** The rows in the order of time; what is of one rank as well, in the order in which it was added. */
    @NonNull
    List<Timeline.Row> sorted() {
        return rows.stream()
                .sorted(Comparator.comparing((Ordered ordered) -> ordered.row().at())
                        .thenComparing(Ordered::rank))
                .map(Ordered::row)
                .toList();
    }
}

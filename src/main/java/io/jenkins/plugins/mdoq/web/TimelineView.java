package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.report.Timeline;
import io.jenkins.plugins.mdoq.report.TimelineSvg;
import java.time.Instant;
import java.util.List;

/**
 * A build's webhook history as a picture, and the table that says the same. Both show no more than whoever may see the build
 * may know: no value of a lock, and nothing of what travelled but the messages.
 *
 * @param svg markup, to be put into the page as it is; whatever came from outside is escaped in it
 * @param rows what happened, oldest first
 */
public record TimelineView(@NonNull String svg, @NonNull List<RowView> rows) {

    /**
     * A row of the table. All text is plain.
     *
     * @param since how long after the beginning
     * @param about the webhook, or the release itself
     */
    public record RowView(
            @NonNull TimeView at,
            @NonNull String since,
            @NonNull String about,
            @NonNull String text) {}

    /**
     * The timeline of a history.
     *
     * @param running whether the build goes on
     */
    @NonNull
    static TimelineView of(@NonNull History history, @NonNull Instant now, boolean running) {
        Timeline timeline = Timeline.of(history, now, running);
        return new TimelineView(
                TimelineSvg.draw(timeline, "timeline"),
                timeline.rows().stream()
                        .map(row -> new RowView(TimeView.of(row.at(), now), row.since(), row.lane(), row.text()))
                        .toList());
    }
}

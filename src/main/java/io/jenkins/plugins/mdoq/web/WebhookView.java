package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.config.EventConfiguration;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.index.DeliveryRow;
import io.jenkins.plugins.mdoq.index.RowFilter;
import io.jenkins.plugins.mdoq.index.Sparkline;
import io.jenkins.plugins.mdoq.index.WebhookStatistics;
import io.jenkins.plugins.mdoq.report.Durations;
import io.jenkins.plugins.mdoq.report.PlainText;
import io.jenkins.plugins.mdoq.secret.ShownUrl;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A webhook of the configuration, and how it does.
 *
 * @param index which one it is, from 0, in the order of the configuration
 * @param name its name
 * @param key its name as the list of deliveries knows it
 * @param host the host that is asked; empty if a credential holds its URL, or if it has none
 * @param events what it listens to
 * @param deliveries how many of its deliveries came to a result
 * @param rate how many of them were a success, in words; empty if there are none
 * @param tone how good that is
 * @param median the median time of an answer; empty if there is none
 * @param width of the picture of its last deliveries
 * @param height of that picture
 * @param bars its last deliveries, oldest first
 * @param picture what the picture shows, in words
 * @param failures its last failures, newest first
 */
public record WebhookView(
        int index,
        @NonNull String name,
        @NonNull String key,
        @NonNull String host,
        @NonNull List<Listens> events,
        int deliveries,
        @NonNull String rate,
        @NonNull Tone tone,
        @NonNull String median,
        int width,
        int height,
        @NonNull List<BarView> bars,
        @NonNull String picture,
        @NonNull List<RowView> failures) {

    /** From how many successes of a hundred on a webhook is worth a look, no more. */
    private static final int DOUBTFUL_PERCENT = 90;

    private static final int GOOD_PERCENT = 100;

    /**
     * An event that a webhook listens to.
     *
     * @param blocking whether it holds a lock of it
     */
    public record Listens(@NonNull String event, boolean blocking) {}

    static WebhookView of(
            int index,
            @NonNull WebhookConfiguration webhook,
            @NonNull WebhookStatistics statistics,
            @NonNull Function<DeliveryRow, RowView> rows,
            @NonNull Instant now) {
        Sparkline sparkline = Sparkline.of(statistics.last());
        long successes = statistics.last().stream()
                .filter(row -> row.state().counts() && !row.state().failed())
                .count();
        return new WebhookView(
                index,
                PlainText.line(webhook.getName()),
                DeliveryRow.name(webhook.getName()),
                ShownUrl.authority(webhook.getUrl()),
                webhook.getEvents().stream().map(WebhookView::listens).toList(),
                statistics.deliveries(),
                statistics.deliveries() == 0
                        ? ""
                        : Messages.WebhookView_rate(
                                Integer.toString(statistics.percent()), Integer.toString(statistics.deliveries())),
                tone(statistics.percent()),
                statistics.median() == null ? "" : Durations.text(statistics.median()),
                sparkline.width(),
                sparkline.height(),
                sparkline.bars().stream().map(bar -> BarView.of(bar, now)).toList(),
                Messages.WebhookView_picture(
                        Long.toString(successes),
                        Integer.toString(statistics.last().size())),
                statistics.failures().stream().map(rows).toList());
    }

    /** The query that looks for its deliveries. */
    @NonNull
    public String query() {
        return FilterView.query(new RowFilter(key, null, null), 1, 1);
    }

    private static Listens listens(EventConfiguration event) {
        return new Listens(PlainText.line(event.getEvent()), event.isBlocking());
    }

    private static Tone tone(int percent) {
        if (percent < 0) {
            return Tone.PLAIN;
        }
        return percent >= GOOD_PERCENT ? Tone.GOOD : percent >= DOUBTFUL_PERCENT ? Tone.DOUBTFUL : Tone.BAD;
    }
}

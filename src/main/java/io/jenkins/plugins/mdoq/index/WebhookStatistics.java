package io.jenkins.plugins.mdoq.index;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a webhook does, folded from its deliveries.
 *
 * @param deliveries how many came to a result: those that are open, or were given up, say nothing about the endpoint
 * @param successes how many of these were a success
 * @param median the median time of an attempt that was answered, or the last that failed; null if none has ended
 * @param last its newest deliveries, newest first, whatever their state
 * @param failures the newest of those that came to a result that is no success, newest first
 */
public record WebhookStatistics(
        int deliveries,
        int successes,
        @Nullable Duration median,
        @NonNull List<DeliveryRow> last,
        @NonNull List<DeliveryRow> failures) {

    /** So many of the newest deliveries are kept for a picture. */
    public static final int LAST = 30;

    /** So many failures are kept for the words. */
    public static final int FAILURES = 3;

    /** Of a webhook that was never sent anything. */
    public static final WebhookStatistics NONE = new WebhookStatistics(0, 0, null, List.of(), List.of());

    /** How many successes of a hundred, rounded down so that 100 means all; -1 if nothing came to a result. */
    public int percent() {
        return deliveries == 0 ? -1 : (int) (100L * successes / deliveries);
    }

    /**
     * The statistics of each webhook, by name.
     *
     * @param rows newest first
     */
    @NonNull
    public static Map<String, WebhookStatistics> of(@NonNull Iterable<DeliveryRow> rows) {
        Map<String, List<DeliveryRow>> byWebhook = new HashMap<>();
        rows.forEach(row -> byWebhook
                .computeIfAbsent(row.webhook(), name -> new ArrayList<>())
                .add(row));
        Map<String, WebhookStatistics> statistics = new HashMap<>();
        byWebhook.forEach((webhook, own) -> statistics.put(webhook, of(own)));
        return statistics;
    }

    private static WebhookStatistics of(List<DeliveryRow> rows) {
        int deliveries = 0;
        int successes = 0;
        List<Duration> times = new ArrayList<>();
        List<DeliveryRow> failures = new ArrayList<>();
        for (DeliveryRow row : rows) {
            if (row.state().counts()) {
                deliveries++;
                if (!row.state().failed()) {
                    successes++;
                } else if (failures.size() < FAILURES) {
                    failures.add(row);
                }
            }
            if (row.took() != null) {
                times.add(row.took());
            }
        }
        return new WebhookStatistics(
                deliveries,
                successes,
                median(times),
                List.copyOf(rows.subList(0, Math.min(LAST, rows.size()))),
                List.copyOf(failures));
    }

    private static Duration median(List<Duration> times) {
        if (times.isEmpty()) {
            return null;
        }
        times.sort(null);
        Duration lower = times.get((times.size() - 1) / 2);
        Duration upper = times.get(times.size() / 2);
        return lower.plus(upper).dividedBy(2);
    }
}

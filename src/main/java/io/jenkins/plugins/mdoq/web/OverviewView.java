package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.model.Job;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.index.DeliveryIndex;
import io.jenkins.plugins.mdoq.index.DeliveryRow;
import io.jenkins.plugins.mdoq.index.Page;
import io.jenkins.plugins.mdoq.index.RowFilter;
import io.jenkins.plugins.mdoq.index.WebhookStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All webhooks of the controller, what waits for them and what they were sent lately, as the page shows it: of those jobs alone
 * that the viewer may read.
 *
 * @param reading how far the reading of the histories is; empty once all was read
 * @param unreadable how many histories could not be read, in words; empty if all could
 * @param waiting what waits right now, the longest first
 * @param webhooks the webhooks of the configuration
 * @param deliveries the deliveries that were looked for, newest first
 * @param filter which those are
 * @param links where else the page leads to
 */
public record OverviewView(
        @NonNull String reading,
        @NonNull String unreadable,
        @NonNull Page<WaitingView> waiting,
        @NonNull List<WebhookView> webhooks,
        @NonNull Page<RowView> deliveries,
        @NonNull FilterView filter,
        @NonNull Links links) {

    /** So many deliveries are on a page. */
    static final int ROWS = 50;

    /** So many waiting builds are on a page; the history of each of them is read. */
    static final int WAITING = 20;

    /**
     * The queries of the neighbouring pages; each is empty, or null if there is no such page.
     *
     * @param same of this page
     */
    public record Links(
            @NonNull String same,
            @Nullable String newer,
            @Nullable String older,
            @Nullable String waitingLonger,
            @Nullable String waitingShorter) {}

    /**
     * What is asked for.
     *
     * @param page which page of deliveries, as it was written
     * @param waiting which page of what waits, as it was written
     */
    record Question(
            @NonNull RowFilter filter,
            @Nullable String page,
            @Nullable String waiting,
            @NonNull Instant now) {}

    static OverviewView of(@NonNull DeliveryIndex index, @NonNull Question question) {
        Instant now = question.now();
        ReadableJobs jobs = new ReadableJobs();
        DeliveryIndex.Progress progress = index.progress();
        List<DeliveryRow> readable = index.rows().stream()
                .filter(row -> jobs.get(row.process().job()) != null)
                .toList();
        Function<DeliveryRow, RowView> view = row -> {
            Job<?, ?> job = jobs.get(row.process().job());
            return job == null ? null : RowView.of(row, job, now);
        };
        Page<DeliveryRow> rows =
                Page.of(readable.stream().filter(question.filter()).toList(), question.page(), ROWS);
        Page<WaitingBuilds.Waiting> waiting = Page.of(new WaitingBuilds(jobs).all(), question.waiting(), WAITING);
        List<WebhookConfiguration> configured = MdoqGlobalConfiguration.get().getWebhooks();
        return new OverviewView(
                progress.complete() ? "" : Messages.OverviewView_reading(Integer.toString(progress.read())),
                progress.unreadable() == 0
                        ? ""
                        : Messages.OverviewView_unreadable(Integer.toString(progress.unreadable())),
                waiting.map(each -> WaitingView.of(each, now)),
                webhooks(configured, WebhookStatistics.of(readable), view, now),
                rows.map(view),
                FilterView.of(question.filter(), names(configured, readable)),
                links(question.filter(), rows, waiting));
    }

    private static List<WebhookView> webhooks(
            List<WebhookConfiguration> configured,
            Map<String, WebhookStatistics> statistics,
            Function<DeliveryRow, RowView> view,
            Instant now) {
        List<WebhookView> webhooks = new ArrayList<>();
        for (WebhookConfiguration webhook : configured) {
            WebhookStatistics own =
                    statistics.getOrDefault(DeliveryRow.name(webhook.getName()), WebhookStatistics.NONE);
            webhooks.add(WebhookView.of(webhooks.size(), webhook, own, view, now));
        }
        return List.copyOf(webhooks);
    }

    /** The webhooks that there are, and those that there were when a delivery was made. */
    private static Collection<String> names(List<WebhookConfiguration> configured, List<DeliveryRow> rows) {
        Collection<String> names = new TreeSet<>();
        configured.forEach(webhook -> names.add(DeliveryRow.name(webhook.getName())));
        rows.forEach(row -> names.add(row.webhook()));
        return names;
    }

    private static Links links(RowFilter filter, Page<?> rows, Page<?> waiting) {
        int page = rows.number();
        int held = waiting.number();
        return new Links(
                FilterView.query(filter, page, held),
                rows.previous() == 0 ? null : FilterView.query(filter, rows.previous(), held),
                rows.next() == 0 ? null : FilterView.query(filter, rows.next(), held),
                waiting.previous() == 0 ? null : FilterView.query(filter, page, waiting.previous()),
                waiting.next() == 0 ? null : FilterView.query(filter, page, waiting.next()));
    }
}

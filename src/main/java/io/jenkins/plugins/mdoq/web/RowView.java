package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import io.jenkins.plugins.mdoq.index.DeliveryRow;
import io.jenkins.plugins.mdoq.report.Durations;
import java.time.Instant;

/**
 * One delivery of any build, in a line.
 *
 * @param delivery its id
 * @param build the build's name
 * @param url the build's page, below the URL of Jenkins
 * @param page the delivery in the build's webhook history, likewise
 * @param webhook the webhook's name
 * @param event the event's name as it travels
 * @param firedAt when the event was fired
 * @param state how far it is, or what came of it, in a word
 * @param took how long the attempt took that was answered, or the last that failed; empty if none ended yet
 * @param message why it is as it is; empty if nothing needs a reason
 */
public record RowView(
        @NonNull String delivery,
        @NonNull String build,
        @NonNull String url,
        @NonNull String page,
        @NonNull String webhook,
        @NonNull String event,
        @NonNull TimeView firedAt,
        @NonNull StateView state,
        @NonNull String took,
        @NonNull String message) {

    /** @param job the job of the delivery, which the viewer may read */
    @NonNull
    static RowView of(@NonNull DeliveryRow row, @NonNull Job<?, ?> job, @NonNull Instant now) {
        String url = job.getUrl() + row.process().number() + "/";
        return of(row, job.getFullDisplayName() + " #" + row.process().number(), url, now);
    }

    static RowView of(@NonNull DeliveryRow row, @NonNull String build, @NonNull String url, @NonNull Instant now) {
        return new RowView(
                row.delivery(),
                build,
                url,
                url + BuildPages.URL + "/#" + row.delivery(),
                row.webhook(),
                row.event(),
                TimeView.of(row.firedAt(), now),
                StateView.of(row.state()),
                row.took() == null ? "" : Durations.text(row.took()),
                row.decidedBy() == null ? row.reason() : Messages.EntryView_notWaitedFor(row.decidedBy()));
    }
}

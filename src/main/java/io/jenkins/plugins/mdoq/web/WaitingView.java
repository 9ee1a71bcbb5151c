package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.history.EventHistory;
import java.time.Instant;
import java.util.List;

/**
 * A build that waits, as the page of all of them shows it.
 *
 * @param build the build's name
 * @param url the build's page, below the URL of Jenkins
 * @param page its webhook history, likewise
 * @param since when the event was fired
 * @param mayRelease whether the viewer may release its locks
 * @param entries what it waits for: the webhooks that hold a lock, or have not answered yet
 */
public record WaitingView(
        @NonNull String build,
        @NonNull String url,
        @NonNull String page,
        @NonNull TimeView since,
        boolean mayRelease,
        @NonNull List<EntryView> entries) {

    /** A build that waits; null if it waits no longer. */
    @CheckForNull
    static WaitingView of(@NonNull WaitingBuilds.Waiting waiting, @NonNull Instant now) {
        EventHistory event = WaitingBuilds.event(waiting);
        if (event == null) {
            return null;
        }
        Run<?, ?> build = waiting.build();
        boolean mayRelease = build.hasPermission(MdoqPermissions.RELEASE_LOCK);
        // Without what travelled, and without the lock's value: neither is shown here.
        Viewer viewer = new Viewer(false, null, now);
        List<EntryView> entries = event.entries().stream()
                .filter(entry -> !entry.state().closed())
                .map(entry -> EntryView.of(event, entry, true, viewer))
                .toList();
        return new WaitingView(
                build.getFullDisplayName(),
                build.getUrl(),
                build.getUrl() + BuildPages.URL + "/",
                TimeView.of(event.fired().at(), now),
                mayRelease,
                entries);
    }
}

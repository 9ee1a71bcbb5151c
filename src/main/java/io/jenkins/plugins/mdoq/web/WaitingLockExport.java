package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.report.EntryState;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.util.List;

/**
 * A lock that a build waits for, for programs. Its value is not in it.
 *
 * @param job the full name of the job
 * @param build the build's number
 * @param url the page of the build's webhook history
 * @param event the event's name as it travels
 * @param delivery the delivery that holds the lock
 * @param state the word of how far the delivery is
 * @param since when the event was fired, in ISO 8601 and UTC, as all times
 * @param until when the lock expires unless something happens; null if it waits indefinitely
 * @param progress the endpoint's last note of progress, or null
 * @param mayRelease whether the caller may release it
 */
public record WaitingLockExport(
        @NonNull String job,
        int build,
        @NonNull String url,
        @NonNull String webhook,
        @NonNull String event,
        @NonNull String delivery,
        @NonNull String state,
        @CheckForNull String since,
        @CheckForNull String until,
        @CheckForNull NoteExport progress,
        boolean mayRelease) {

    /** The locks that an event of a build waits for. */
    @NonNull
    static List<WaitingLockExport> of(@NonNull Run<?, ?> build, @NonNull EventHistory event) {
        boolean mayRelease = build.hasPermission(MdoqPermissions.RELEASE_LOCK);
        return event.entries().stream()
                .filter(DeliveryHistory::held)
                .map(entry -> of(build, event, entry, mayRelease))
                .toList();
    }

    private static WaitingLockExport of(
            Run<?, ?> build, EventHistory event, DeliveryHistory entry, boolean mayRelease) {
        List<Fact.Progressed> progress = entry.progress();
        Fact.Progressed last = progress.isEmpty() ? null : progress.get(progress.size() - 1);
        return new WaitingLockExport(
                build.getParent().getFullName(),
                build.getNumber(),
                Exports.url(build.getUrl() + BuildPages.URL + "/"),
                PlainText.line(entry.plan().webhook()),
                PlainText.line(event.fired().event()),
                entry.plan().id(),
                EntryState.of(entry, true).word(),
                Exports.time(entry.firedAt()),
                Exports.time(entry.nextDeadline()),
                last == null ? null : NoteExport.of(last.at(), last.by(), last.message()),
                mayRelease);
    }
}

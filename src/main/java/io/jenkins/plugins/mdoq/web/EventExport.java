package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.util.List;

/**
 * A fired event, for programs.
 *
 * @param key names the firing within its build
 * @param event its name as it travels
 * @param fired when it was fired, in ISO 8601 and UTC, as all times
 * @param settled when there was a verdict, or null as long as there is none
 * @param outcome what the history says, or null
 * @param action what the release does about it, or null
 * @param decidedBy the webhook that decided, or null
 * @param reason why, plain text, or null
 * @param entries one for each webhook that listened, those of this page alone
 */
public record EventExport(
        @NonNull String key,
        @NonNull String event,
        @CheckForNull String fired,
        @CheckForNull String settled,
        @CheckForNull String outcome,
        @CheckForNull String action,
        @CheckForNull String decidedBy,
        @CheckForNull String reason,
        @NonNull List<EntryExport> entries) {

    @NonNull
    static EventExport of(@NonNull EventHistory event, @NonNull List<EntryExport> entries) {
        Fact.Settled settled = event.settled();
        String key = PlainText.line(event.key());
        String name = PlainText.line(event.fired().event());
        String fired = Exports.time(event.fired().at());
        if (settled == null) {
            return new EventExport(key, name, fired, null, null, null, null, null, entries);
        }
        return new EventExport(
                key,
                name,
                fired,
                Exports.time(settled.at()),
                settled.outcome().word(),
                settled.action().word(),
                settled.webhook() == null ? null : PlainText.line(settled.webhook()),
                PlainText.line(settled.reason()),
                entries);
    }
}

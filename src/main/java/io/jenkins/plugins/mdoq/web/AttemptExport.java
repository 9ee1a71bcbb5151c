package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Resending;
import io.jenkins.plugins.mdoq.protocol.Times;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.util.ArrayList;
import java.util.List;

/**
 * One request of a delivery, for programs.
 *
 * @param number which one, from 1; those that were sent again have numbers of their own
 * @param at when it ended, in ISO 8601 and UTC
 * @param status the HTTP status, or null if none came
 * @param millis how long it took
 * @param error what went wrong, or null if it was answered
 * @param by who asked for it to be sent again, or null if nobody did
 */
public record AttemptExport(
        int number,
        @CheckForNull String at,
        @CheckForNull Integer status,
        @CheckForNull Long millis,
        @CheckForNull String error,
        @CheckForNull String by) {

    /** The requests that ended, oldest first. */
    @NonNull
    static List<AttemptExport> of(@NonNull DeliveryHistory entry) {
        List<AttemptExport> attempts = new ArrayList<>();
        for (Fact.AttemptFailed failed : entry.failures()) {
            attempts.add(new AttemptExport(
                    failed.number(),
                    Times.iso(failed.at()),
                    failed.status(),
                    failed.millis(),
                    PlainText.line(failed.error()),
                    null));
        }
        Fact.Answered answer = entry.answer();
        if (answer != null) {
            attempts.add(new AttemptExport(
                    answer.number(), Times.iso(answer.at()), answer.status(), answer.millis(), null, null));
        }
        return attempts;
    }

    /** The times that it was sent again, oldest first. */
    @NonNull
    static List<AttemptExport> again(@NonNull DeliveryHistory entry) {
        return entry.resendings().stream().map(AttemptExport::of).toList();
    }

    private static AttemptExport of(Resending again) {
        Fact.RepliedAgain reply = again.reply();
        String by = PlainText.line(again.sent().by());
        int number = again.sent().number();
        if (reply == null) {
            return new AttemptExport(number, null, null, null, null, by);
        }
        String error = reply.error();
        return new AttemptExport(
                number,
                Times.iso(reply.at()),
                reply.status(),
                reply.millis(),
                error == null ? null : PlainText.line(error),
                by);
    }
}

package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.report.Durations;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One attempt of a delivery as the page shows it.
 *
 * @param number counts from 1
 * @param status the HTTP status, or "-" if none came
 * @param took how long it took; empty while it is under way
 * @param what how it ended, plain text
 * @param body the beginning of what the endpoint sent instead of an answer; null if there is none, or if the viewer may not
 *     see it
 * @param next when the next attempt is or was due, or null if there is none
 */
public record AttemptView(
        int number,
        @NonNull String status,
        @NonNull String took,
        @NonNull String what,
        @CheckForNull String body,
        @CheckForNull TimeView next) {

    private static final String NO_STATUS = "-";

    /** The attempts of an entry, oldest first. */
    static List<AttemptView> of(@NonNull DeliveryHistory entry, @NonNull Viewer viewer) {
        Instant now = viewer.now();
        List<AttemptView> attempts = new ArrayList<>();
        int last = 0;
        for (Fact.AttemptFailed failure : entry.failures()) {
            Integer status = failure.status();
            String body = viewer.maySeePayload() ? failure.body() : null;
            attempts.add(new AttemptView(
                    failure.number(),
                    status == null ? NO_STATUS : status.toString(),
                    Durations.text(Duration.ofMillis(failure.millis())),
                    PlainText.line(failure.error()),
                    body == null ? null : String.join("\n", PlainText.lines(body)),
                    TimeView.ofAny(failure.retryAt(), now)));
            last = failure.number();
        }
        Fact.Answered answer = entry.answer();
        if (answer != null) {
            attempts.add(new AttemptView(
                    answer.number(),
                    Integer.toString(answer.status()),
                    Durations.text(Duration.ofMillis(answer.millis())),
                    Messages.AttemptView_answered(),
                    null,
                    null));
        } else if (entry.attempts() > last) {
            attempts.add(new AttemptView(
                    entry.attempts(),
                    NO_STATUS,
                    "",
                    entry.state().sending() ? Messages.AttemptView_underWay() : Messages.AttemptView_notWaitedFor(),
                    null,
                    null));
        }
        return attempts;
    }
}

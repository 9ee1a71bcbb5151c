package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Resending;
import io.jenkins.plugins.mdoq.report.Durations;
import io.jenkins.plugins.mdoq.report.PlainText;
import io.jenkins.plugins.mdoq.report.PrettyJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the page shows of sending a delivery again after it was over. All text is plain.
 *
 * @param possible whether it can be sent again now, by whoever may
 * @param underWay whether it is being sent again now
 * @param times the times that it was sent again, newest first
 */
public record AgainView(
        boolean possible, boolean underWay, @NonNull List<TimeSent> times) {

    /**
     * One time.
     *
     * @param by who asked for it
     * @param what what it brought
     * @param body what the endpoint sent; null if it sent nothing, or if the viewer may not see it
     */
    public record TimeSent(
            @NonNull TimeView at,
            @NonNull String by,
            @NonNull String what,
            @CheckForNull String body) {}

    @NonNull
    static AgainView of(@NonNull EventHistory event, @NonNull DeliveryHistory entry, @NonNull Viewer viewer) {
        Instant now = viewer.now();
        boolean underWay = Resending.isUnderWay(entry, now);
        List<TimeSent> times = new ArrayList<>();
        for (Resending each : entry.resendings()) {
            times.add(new TimeSent(
                    TimeView.of(each.sent().at(), now),
                    PlainText.line(each.sent().by()),
                    what(each.reply(), underWay),
                    viewer.maySeePayload() ? body(each.reply()) : null));
        }
        Collections.reverse(times);
        return new AgainView(
                Resending.permitted(event, entry, now) == Resending.Permitted.YES, underWay, List.copyOf(times));
    }

    private static String what(@CheckForNull Fact.RepliedAgain reply, boolean underWay) {
        if (reply == null) {
            return underWay ? Messages.AgainView_underWay() : Messages.AgainView_unknown();
        }
        String took = Durations.text(Duration.ofMillis(reply.millis()));
        return reply.error() == null
                ? Messages.AgainView_answered(String.valueOf(reply.status()), took)
                : Messages.AgainView_failed(took, PlainText.line(reply.error()));
    }

    private static String body(@CheckForNull Fact.RepliedAgain reply) {
        if (reply == null) {
            return null;
        }
        if (reply.data() != null) {
            return PrettyJson.of(reply.data());
        }
        return reply.body() == null ? null : String.join("\n", PlainText.lines(reply.body()));
    }
}

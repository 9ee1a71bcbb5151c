package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of the lock API that were refused with one status although the entry's lock is genuine. All text is plain.
 *
 * @param at when the last one came that is in the history
 * @param what what was called, from where, and how it was answered, one sentence
 * @param times how many there were at least, or empty for one: not each of them is kept
 * @param reason why, and what to do
 */
public record RefusalView(
        @NonNull TimeView at,
        @NonNull String what,
        @NonNull String times,
        @NonNull String reason) {

    /** The refused calls of an entry, one for each status, in the order in which they first came. */
    @NonNull
    static List<RefusalView> of(@NonNull DeliveryHistory entry, @NonNull Instant now) {
        Map<Integer, Fact.Refused> last = new LinkedHashMap<>();
        entry.refusals().forEach(refused -> last.put(refused.status(), refused));
        return last.values().stream().map(refused -> of(refused, now)).toList();
    }

    private static RefusalView of(Fact.Refused refused, Instant now) {
        return new RefusalView(
                TimeView.of(refused.at(), now),
                Messages.RefusalView_what(
                        PlainText.line(refused.action()),
                        PlainText.line(refused.from()),
                        Integer.toString(refused.status())),
                refused.count() > 1 ? Messages.RefusalView_times(Integer.toString(refused.count())) : "",
                PlainText.line(refused.reason()));
    }
}

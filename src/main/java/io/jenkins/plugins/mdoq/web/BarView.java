package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.index.Sparkline;
import io.jenkins.plugins.mdoq.report.Durations;
import java.time.Instant;
import java.util.Locale;

/**
 * One delivery in the picture of a webhook.
 *
 * @param bar where it is
 * @param kind how good it is: {@code good}, {@code doubtful}, {@code bad} or {@code plain}
 * @param title the same in words
 */
public record BarView(
        @NonNull Sparkline.Bar bar,
        @NonNull String kind,
        @NonNull String title) {

    static BarView of(@NonNull Sparkline.Bar bar, @NonNull Instant now) {
        StateView state = StateView.of(bar.state());
        String when = TimeView.of(bar.row().firedAt(), now).relative();
        return new BarView(
                bar,
                state.tone().name().toLowerCase(Locale.ROOT),
                bar.row().took() == null
                        ? Messages.BarView_title(state.text(), when)
                        : Messages.BarView_titleTook(
                                state.text(), Durations.text(bar.row().took()), when));
    }
}

package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.time.Duration;

/** Single facts in words, one line of plain text each, the same in every log, table and picture. */
public final class FactWords {

    private FactWords() {}

    /** A verdict in one line: what it means for the release, who decided, and why. */
    @NonNull
    public static String sentence(@NonNull Fact.Settled settled) {
        return PlainText.line(meaning(settled)
                + (settled.decider() == null ? "" : ", decided by " + settled.decider())
                + ": " + settled.reason());
    }

    /** That the release is certain to fail, and what it waits for all the same, in one line. */
    @NonNull
    static String sentence(@NonNull Fact.Failing failing) {
        return PlainText.line("the release will fail, decided by " + failing.webhook() + ": " + failing.reason()
                + "; still waits for " + String.join(", ", failing.waitsFor())
                + ", as a rollback may be asked for until then");
    }

    /** What a verdict means for the release, in words. */
    private static String meaning(@NonNull Fact.Settled settled) {
        return switch (settled.action()) {
            case CONTINUE ->
                settled.outcome() == Outcome.SUCCESS ? "the release goes on" : "a fail, but the release goes on";
            case UNSTABLE -> "a fail, the release goes on as unstable";
            case FAIL -> "the release fails";
            case STOP -> settled.outcome() == Outcome.CANCELLED ? "the release was aborted" : "the release is stopped";
            // True before the rollback and after it.
            case ROLLBACK -> "the release is cancelled, a rollback is asked for";
        };
    }

    /** A call that was refused, in one line: from where, why, and what to do. */
    @NonNull
    public static String refusal(@NonNull Fact.Refused refused) {
        return PlainText.line("refused: " + refused.action() + " from " + refused.from() + " (" + refused.status() + ")"
                + (refused.count() > 1 ? ", " + refused.count() + " times so far" : "") + ": " + refused.reason());
    }

    /** What it brought to send a delivery again, in one line. */
    @NonNull
    static String replied(@NonNull Fact.RepliedAgain replied) {
        String took = Durations.text(Duration.ofMillis(replied.millis()));
        return PlainText.line(
                replied.error() == null
                        ? "sent again: answered " + replied.status() + " in " + took
                        : "sent again: failed after " + took + ": " + replied.error());
    }

    /** That a webhook was passed by and why, in a few words. */
    @NonNull
    static String passedBy(@NonNull PassedBy one) {
        return "passed by: " + one.reason();
    }
}

package io.jenkins.plugins.mdoq.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.util.Objects;
import jenkins.model.CauseOfInterruption;

/** Why a release ended: a webhook, or an operator in its place, stopped it or asked for it to be undone. Shown on the build's page. */
public final class ReleaseEndedCause extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String webhook;
    private final String reason;

    /** Who decided in the place of the webhook, or null; null as well in causes of older versions. */
    private final String by;

    private final boolean rollback;

    /** @param settled the verdict that ended the release */
    ReleaseEndedCause(@NonNull Fact.Settled settled) {
        webhook = settled.webhook();
        reason = settled.reason();
        by = settled.by();
        rollback = settled.action() == Action.ROLLBACK;
    }

    /** The webhook whose entry decided, or null if none did. */
    @CheckForNull
    public String getWebhook() {
        return webhook;
    }

    /** Who decided in the place of the webhook, such as {@code operator ada}; null if the webhook did itself. */
    @CheckForNull
    public String getBy() {
        return by;
    }

    /** What was given as the reason. */
    @NonNull
    public String getReason() {
        return reason;
    }

    /** Whether it asked for the release to be undone. */
    public boolean isRollback() {
        return rollback;
    }

    @Override
    public String getShortDescription() {
        String why = PlainText.line(reason);
        if (by != null) {
            return rollback
                    ? Messages.ReleaseEndedCause_rollbackByOperator(by, why)
                    : Messages.ReleaseEndedCause_stoppedByOperator(by, why);
        }
        if (webhook == null) {
            return rollback ? Messages.ReleaseEndedCause_rollback(why) : Messages.ReleaseEndedCause_stopped(why);
        }
        return rollback
                ? Messages.ReleaseEndedCause_rollbackBy(webhook, why)
                : Messages.ReleaseEndedCause_stoppedBy(webhook, why);
    }

    /** Causes are kept in a set, where the same end must not stand twice. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ReleaseEndedCause cause
                && Objects.equals(webhook, cause.webhook)
                && Objects.equals(reason, cause.reason)
                && Objects.equals(by, cause.by)
                && rollback == cause.rollback;
    }

    @Override
    public int hashCode() {
        return Objects.hash(webhook, reason, by, rollback);
    }
}

package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.LockState;
import java.time.Duration;
import java.time.Instant;

/**
 * How long the parts of a delivery lasted. A delivery <em>took</em> what its answer's attempt took, and its lock was
 * <em>held</em> from the firing until it was closed: one meaning for each word in logs, tables and pages.
 */
public final class DeliveryTimes {

    private DeliveryTimes() {}

    /** How long the attempt took that was answered, else the last one that failed; null if none has ended. */
    @Nullable
    public static Duration took(@NonNull DeliveryHistory entry) {
        Fact.Answered answer = entry.answer();
        if (answer != null) {
            return Duration.ofMillis(answer.millis());
        }
        Fact.AttemptFailed failure = entry.lastFailure();
        return failure == null ? null : Duration.ofMillis(failure.millis());
    }

    /** When the lock was closed, by whatever closed it; null if it is held, or if there is none. */
    @Nullable
    public static Instant lockClosedAt(@NonNull DeliveryHistory entry) {
        LockState state = LockState.of(entry);
        if (state == null) {
            return null;
        }
        return switch (state) {
            case RELEASED -> entry.release().at();
            case EXPIRED -> entry.expiry().at();
            case GIVEN_UP -> entry.cancellation().at();
            case HELD -> null;
            case CLOSED ->
                entry.answer() != null
                        ? entry.answer().at()
                        : entry.lastFailure().at();
        };
    }

    /**
     * How long the lock was held, or has been so far.
     *
     * @param now until when a lock counts that nothing has closed
     * @return the time, or null if there is no lock
     */
    @Nullable
    public static Duration held(@NonNull DeliveryHistory entry, @NonNull Instant now) {
        if (entry.plan().lock() == null) {
            return null;
        }
        Instant closed = lockClosedAt(entry);
        return Duration.between(entry.firedAt(), closed == null ? now : closed);
    }
}

package io.jenkins.plugins.mdoq.report;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.DeliveryState;
import io.jenkins.plugins.mdoq.history.LockState;
import io.jenkins.plugins.mdoq.protocol.Outcome;

/** A delivery and its lock in words, the same ones in every table and picture. */
public final class DeliveryWords {

    private DeliveryWords() {}

    /** What became of the lock, in a word or two; null if there is none. */
    @Nullable
    public static String lock(@NonNull DeliveryHistory entry) {
        LockState state = LockState.of(entry);
        if (state == null) {
            return null;
        }
        return switch (state) {
            case RELEASED -> "released";
            case EXPIRED -> "expired";
            case GIVEN_UP -> "given up";
            case HELD -> "held";
            case CLOSED -> "closed";
        };
    }

    /**
     * How far the delivery is: its outcome once nothing can change that. An answer whose lock is held is no outcome yet,
     * whatever it says.
     */
    @NonNull
    public static String state(@NonNull DeliveryHistory entry) {
        return switch (entry.state()) {
            case SENDING, RELEASED_UNANSWERED -> "sending";
            case WAITING -> "waiting";
            case CANCELLED -> Outcome.CANCELLED.word();
            case ANSWERED, RELEASED, FAILED, EXPIRED -> entry.outcome().word();
        };
    }

    /** Why the state is what it is; empty for what explains itself, which is a success or a wait without a message. */
    @NonNull
    public static String reason(@NonNull DeliveryHistory entry) {
        JsonNode message = entry.data().path("message");
        boolean explained = message.isTextual() && !message.textValue().isBlank();
        boolean needed = entry.state() == DeliveryState.CANCELLED
                || entry.state().closed() && entry.outcome() != Outcome.SUCCESS;
        return explained || needed ? entry.reason() : "";
    }
}

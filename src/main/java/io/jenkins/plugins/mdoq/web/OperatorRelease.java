package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.Locale;

/**
 * How an operator can release a lock. Each sets all that decides, both flags included, so that nothing of what the endpoint
 * answered before still counts.
 */
enum OperatorRelease {
    /** Nothing against the release. */
    SUCCESS(Result.SUCCESS, false, false),
    /** A bare fail: the event's settings say what it does. */
    FAIL(Result.FAIL, false, false),
    /** Cancel the release and undo nothing. */
    STOP(Result.FAIL, true, false),
    /** Cancel the release and undo the steps taken. */
    ROLLBACK(Result.FAIL, false, true);

    private final Result result;
    private final boolean stop;
    private final boolean rollback;

    OperatorRelease(Result result, boolean stop, boolean rollback) {
        this.result = result;
        this.stop = stop;
        this.rollback = rollback;
    }

    /** The release of a word such as {@code stop}, or null if there is none. */
    @CheckForNull
    static OperatorRelease of(@CheckForNull String word) {
        for (OperatorRelease each : values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        return null;
    }

    /** The word that it is asked for with. */
    @NonNull
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an operator has to say why. */
    boolean needsReason() {
        return result == Result.FAIL;
    }

    /**
     * The data to lay over the entry's.
     *
     * @param message why, in the operator's words; null or blank if there are none
     * @param operator the operator's user id, named in the reason if there is no message
     */
    @NonNull
    ObjectNode data(@CheckForNull String message, @NonNull String operator) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("result", result.word())
                .put(Flags.STOP, stop)
                .put(Flags.ROLLBACK, rollback)
                .put(
                        "message",
                        message == null || message.isBlank()
                                ? "released by " + operator
                                : Limits.message(message.strip()));
    }
}

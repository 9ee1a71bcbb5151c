package io.jenkins.plugins.mdoq.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Duration;
import java.util.List;

/** What one attempt brought. */
public sealed interface Reply {

    /**
     * A readable answer: it is final, whatever it says.
     *
     * @param status the HTTP status
     * @param result its result, defaults applied
     * @param data its JSON object, empty for an empty body
     * @param notes oddities worth showing
     */
    record Answer(
            int status,
            @NonNull Result result,
            @NonNull ObjectNode data,
            @NonNull List<String> notes) implements Reply {}

    /**
     * No readable answer.
     *
     * @param error what went wrong, one line
     * @param status the HTTP status, or null if none came
     * @param body the beginning of what came instead, or null
     * @param retryable whether trying again may help (protocol: "retries")
     * @param retryAfter what the endpoint asked for in {@code Retry-After}, or null
     */
    record Failure(
            @NonNull String error,
            @Nullable Integer status,
            @Nullable String body,
            boolean retryable,
            @Nullable Duration retryAfter)
            implements Reply {}
}

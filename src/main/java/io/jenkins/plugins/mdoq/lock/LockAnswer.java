package io.jenkins.plugins.mdoq.lock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Duration;

/**
 * The lock API's answer.
 *
 * @param status the HTTP status
 * @param retryAfter for the header {@code Retry-After}, or null
 * @param body a JSON object
 */
public record LockAnswer(
        int status, @Nullable Duration retryAfter, @NonNull ObjectNode body) {

    /** What stands in {@code Allow}, if another method was used. */
    public static final String METHODS = "GET, HEAD, POST";

    /** The answer where there is no such path. */
    @NonNull
    public static LockAnswer noSuchPath() {
        return error(404, "there is no such path; use release, log or status");
    }

    /** The answer to a request that is neither a {@code POST} nor for {@linkplain LockApiPage the page}. */
    @NonNull
    public static LockAnswer methodNotAllowed() {
        return error(405, "send a POST request, with the lock and the secret in its body");
    }

    static LockAnswer ok(ObjectNode body) {
        return new LockAnswer(200, null, body);
    }

    static LockAnswer error(int status, String error) {
        return new LockAnswer(
                status, null, JsonNodeFactory.instance.objectNode().put("error", error));
    }

    LockAnswer retryAfter(Duration wait) {
        return new LockAnswer(status, wait, body);
    }

    /** The value of {@code Retry-After} in whole seconds, 1 or more; null without one. */
    @Nullable
    public String retryAfterSeconds() {
        return retryAfter == null
                ? null
                : Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds()));
    }
}

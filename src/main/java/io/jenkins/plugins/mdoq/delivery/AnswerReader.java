package io.jenkins.plugins.mdoq.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.JsonObjectReader;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads an endpoint's answer (protocol: "result", "delivery error"). The content type is not looked at: PHP endpoints send
 * JSON as {@code text/html} unless told otherwise.
 */
public final class AnswerReader {

    private static final int SHOWN_CHARS = 500;
    private static final Set<Integer> RETRYABLE = Set.of(408, 425, 429);

    private AnswerReader() {}

    /**
     * Reads an answer.
     *
     * @param status the HTTP status
     * @param body the body, 1 MiB at most
     * @param retryAfter what the endpoint asked for, or null
     * @param redactor what is masked before anything is cut short: of a secret that is cut in two, half would stay
     * @return an answer, or a failure that says why it is none
     */
    @NonNull
    public static Reply read(
            int status, @NonNull byte[] body, @CheckForNull Duration retryAfter, @NonNull Redactor redactor) {
        String shown = null;
        try {
            String text = JsonObjectReader.decode(body);
            if (text.isBlank()) {
                return success(status)
                        ? new Reply.Answer(status, Result.SUCCESS, JsonNodeFactory.instance.objectNode(), List.of())
                        : failure(status, retryAfter, unsuccessful(status), null);
            }
            shown = Limits.text(redactor.text(text).strip(), SHOWN_CHARS);
            JsonObjectReader.Read read = JsonObjectReader.read(text);
            return answer(status, retryAfter, redactor.object(read.object()), new ArrayList<>(read.notes()), shown);
        } catch (JsonObjectReader.UnreadableException e) {
            String error = success(status) ? "the answer is " + e.getMessage() : unsuccessful(status);
            return failure(status, retryAfter, error, shown);
        }
    }

    private static Reply answer(int status, Duration retryAfter, ObjectNode data, List<String> notes, String shown) {
        JsonNode word = data.get("result");
        if (word == null && !success(status)) {
            return failure(status, retryAfter, unsuccessful(status), shown);
        }
        Result result = word == null ? Result.SUCCESS : Result.read(word);
        if (result == null) {
            // It carries a result, so it is never asked again.
            return new Reply.Failure(
                    "the answer's result is " + Limits.text(word.toString(), 60)
                            + "; it must be \"success\" or \"fail\"",
                    status,
                    shown,
                    false,
                    null);
        }
        notes.addAll(Flags.notesOn(data));
        if (Limits.tooLarge(data)) {
            notes.add("the answer's data is over " + Limits.DATA_BYTES
                    + " bytes; only result, flags and message were kept");
            data = Limits.essence(data);
        }
        return new Reply.Answer(status, result, data, List.copyOf(notes));
    }

    private static boolean success(int status) {
        return status >= 200 && status < 300;
    }

    private static String unsuccessful(int status) {
        return status >= 300 && status < 400
                ? "HTTP status " + status + ", a redirect, which is never followed; configure the final URL"
                : "HTTP status " + status + " without a result";
    }

    private static Reply.Failure failure(int status, Duration retryAfter, String error, String shown) {
        boolean retryable = RETRYABLE.contains(status) || status >= 500;
        return new Reply.Failure(error, status, shown, retryable, retryable ? retryAfter : null);
    }
}

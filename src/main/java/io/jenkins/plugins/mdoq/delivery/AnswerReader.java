package io.jenkins.plugins.mdoq.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.JsonObjectReader;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Notes;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads an endpoint's answer (protocol: "result", "delivery error"). The content type is not looked at: PHP endpoints send
 * JSON as {@code text/html} unless they set another type.
 */
public final class AnswerReader {

    private static final int SHOWN_CHARS = 500;
    private static final int SHOWN_URL_CHARS = 120;

    /** What web servers answer to plain HTTP on a port with TLS. */
    private static final Pattern TLS_PORT = Pattern.compile(
            "(?i)plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|speaking plain HTTP to an SSL");

    private static final Set<Integer> RETRYABLE = Set.of(408, 425, 429);

    private AnswerReader() {}

    /** Reads an endpoint's answer; see {@link #read(int, byte[], String, Duration, Redactor)}. */
    @NonNull
    static Reply read(
            @NonNull Exchange exchange, @NonNull RawAnswer answer, @NonNull Clock clock, @NonNull Redactor redactor) {
        int status = answer.status();
        Duration retryAfter = RetryAfter.read(answer.header("Retry-After"), clock.instant());
        Reply reply;
        try {
            byte[] body = ContentCoding.decode(answer.body(), answer.header("Content-Encoding"));
            reply = read(status, body, target(exchange.url(), answer.header("Location")), retryAfter, redactor);
        } catch (BoundedBody.TooLarge e) {
            reply = success(status)
                    ? TransportFailure.tooLarge(exchange)
                    : failure(status, retryAfter, unsuccessful(status, null, redactor), null);
        } catch (ContentCoding.UndecodableException e) {
            String error = "the answer " + redactor.text(e.getMessage());
            reply = failure(
                    status,
                    retryAfter,
                    success(status) ? error : unsuccessful(status, null, redactor) + "; " + error,
                    null);
        }
        return reply instanceof Reply.Failure failure ? ofWhom(failure, exchange) : reply;
    }

    /**
     * Reads an answer that nothing is decided by: any 2xx will do, and what stands in it is looked at only to say why it is
     * none (protocol: "chat").
     */
    @NonNull
    static Reply receipt(
            @NonNull Exchange exchange, @NonNull RawAnswer answer, @NonNull Clock clock, @NonNull Redactor redactor) {
        int status = answer.status();
        if (success(status)) {
            return new Reply.Answer(status, Result.SUCCESS, JsonNodeFactory.instance.objectNode(), List.of());
        }
        String error = "HTTP status " + status
                + (status >= 300 && status < 400
                        ? redirect(target(exchange.url(), answer.header("Location")), redactor)
                        : "");
        String shown;
        try {
            byte[] body = ContentCoding.decode(answer.body(), answer.header("Content-Encoding"));
            String text = shown(new String(body, StandardCharsets.UTF_8), redactor);
            shown = text.isEmpty() ? null : text;
        } catch (BoundedBody.TooLarge | ContentCoding.UndecodableException e) {
            // The status says enough; what cannot be read is not shown.
            shown = null;
        }
        return ofWhom(
                failure(status, RetryAfter.read(answer.header("Retry-After"), clock.instant()), error, shown),
                exchange);
    }

    /**
     * Adds to an error what the request tells of it: of one that a proxy passed on nobody can tell who answered, and some
     * servers answer for themselves that they expect TLS.
     */
    private static Reply.Failure ofWhom(Reply.Failure failure, Exchange exchange) {
        String body = String.valueOf(failure.body());
        if (!exchange.url().secure() && TLS_PORT.matcher(body).find()) {
            return new Reply.Failure(
                    failure.error() + "; the port speaks TLS, so write https:// in the webhook's URL",
                    failure.status(),
                    failure.body(),
                    false,
                    null);
        }
        boolean either = exchange.proxy() != null && !exchange.needsTunnel();
        return either
                ? new Reply.Failure(
                        failure.error() + " (from " + exchange.url().address() + ", or from the proxy "
                                + exchange.proxy().address() + " itself)",
                        failure.status(),
                        failure.body(),
                        failure.retryable(),
                        failure.retryAfter())
                : failure;
    }

    /**
     * Reads an answer.
     *
     * @param status the HTTP status
     * @param body the body, 1 MiB at most
     * @param location where a redirect leads to, a whole URL, or null
     * @param retryAfter what the endpoint asked for, or null
     * @param redactor what is masked before anything is cut short: of a secret that is cut in two, half would stay
     * @return an answer, or a failure that says why it is none
     */
    @NonNull
    public static Reply read(
            int status,
            @NonNull byte[] body,
            @CheckForNull String location,
            @CheckForNull Duration retryAfter,
            @NonNull Redactor redactor) {
        String text = null;
        try {
            text = JsonObjectReader.decode(body);
            if (text.isBlank()) {
                return success(status)
                        ? new Reply.Answer(status, Result.SUCCESS, JsonNodeFactory.instance.objectNode(), List.of())
                        : failure(status, retryAfter, unsuccessful(status, location, redactor), null);
            }
            JsonObjectReader.Read read = JsonObjectReader.read(text);
            return answer(status, location, retryAfter, redactor, read, text);
        } catch (JsonObjectReader.UnreadableException e) {
            String error = success(status)
                    ? "the answer is " + unreadable(e, text, redactor)
                    : unsuccessful(status, location, redactor);
            return failure(status, retryAfter, error, text == null ? null : shown(text, redactor));
        }
    }

    private static Reply answer(
            int status,
            String location,
            Duration retryAfter,
            Redactor redactor,
            JsonObjectReader.Read read,
            String text) {
        ObjectNode data = redactor.object(read.object());
        JsonNode word = data.get("result");
        if (word == null && !success(status)) {
            return failure(status, retryAfter, unsuccessful(status, location, redactor), shown(text, redactor));
        }
        Result result = word == null ? Result.SUCCESS : Result.read(word);
        if (result == null) {
            // It carries a result, so it is never asked again.
            return new Reply.Failure(
                    "the answer's result is " + Limits.text(redactor.text(word.toString()), 60)
                            + "; it must be \"success\" or \"fail\"",
                    status,
                    shown(text, redactor),
                    false,
                    null);
        }
        List<String> notes = new ArrayList<>(read.notes());
        notes.addAll(Notes.onAnswer(data));
        // Written anew, nothing becomes longer by more than that: a number at most.
        if (text.length() > Limits.DATA_BYTES / 8 && Limits.tooLarge(data)) {
            notes.add("the answer's data is over " + Limits.DATA_BYTES
                    + " bytes; only result, flags and message were kept");
            data = Limits.essence(data);
        }
        return new Reply.Answer(status, result, data, List.copyOf(notes));
    }

    private static String shown(String text, Redactor redactor) {
        return Limits.text(redactor.text(text).strip(), SHOWN_CHARS);
    }

    /**
     * Why it is unreadable, and at what. That is found out once more in the masked text: half a secret that is cut out of the
     * other would not be masked.
     */
    private static String unreadable(JsonObjectReader.UnreadableException e, String text, Redactor redactor) {
        if (text == null || e.near() == null) {
            return e.getMessage();
        }
        try {
            JsonObjectReader.read(redactor.text(text));
            return e.getMessage();
        } catch (JsonObjectReader.UnreadableException masked) {
            return masked.getMessage() + (masked.near() == null ? "" : ", near: " + masked.near());
        }
    }

    private static boolean success(int status) {
        return status >= 200 && status < 300;
    }

    /** Whether a status says to come again (protocol: "retries"). */
    static boolean isRetryable(int status) {
        return RETRYABLE.contains(status) || status >= 500;
    }

    private static String unsuccessful(int status, String location, Redactor redactor) {
        if (status < 300 || status >= 400) {
            return "HTTP status " + status + " without a result";
        }
        return "HTTP status " + status + redirect(location, redactor);
    }

    private static String redirect(String location, Redactor redactor) {
        return ", a redirect" + leadsTo(location, redactor) + ", which is never followed; configure the final URL";
    }

    /** Where a redirect leads to, as a whole URL; null if that cannot be told. */
    private static String target(EndpointUrl from, String location) {
        if (location == null || location.isBlank()) {
            return null;
        }
        try {
            URI base = URI.create(from.scheme() + "://" + from.address() + from.target());
            return base.resolve(location.strip()).toString();
        } catch (IllegalArgumentException e) {
            // It is no URL.
            return null;
        }
    }

    /** No more of it than is shown of any URL, since it may repeat the webhook's own token. */
    private static String leadsTo(String location, Redactor redactor) {
        if (location == null) {
            return "";
        }
        try {
            return " to "
                    + Limits.text(
                            redactor.text(EndpointUrl.parse(location.strip()).shown()), SHOWN_URL_CHARS);
        } catch (IllegalArgumentException e) {
            return " to something that is no URL of an endpoint";
        }
    }

    private static Reply.Failure failure(int status, Duration retryAfter, String error, String shown) {
        boolean retryable = isRetryable(status);
        return new Reply.Failure(error, status, shown, retryable, retryable ? retryAfter : null);
    }
}

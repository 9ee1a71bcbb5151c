package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;

/** Puts what the HTTP client throws into one line for people, and says whether trying again may help (protocol: "retries"). */
final class TransportFailure {

    private static final int SHOWN_CHARS = 200;

    private TransportFailure() {}

    /** What ended an exchange. */
    @NonNull
    static Reply.Failure of(
            @NonNull Throwable error,
            @NonNull Exchange exchange,
            @NonNull Duration timeout,
            @NonNull Redactor redactor) {
        if (cause(error, TimeoutException.class) != null) {
            return failure("no whole answer within " + timeout.toSeconds() + " s: " + standstill(exchange), true);
        }
        if (cause(error, BoundedBody.TooLarge.class) != null) {
            return tooLarge(exchange);
        }
        if (cause(error, UnknownHostException.class) != null) {
            return failure(
                    exchange.proxy() == null
                            ? "the host " + exchange.url().host() + " is unknown: no address was found for its name"
                            : "the proxy's host " + exchange.proxy().host()
                                    + " is unknown: no address was found for its name; see the proxy settings",
                    true);
        }
        AddressRace.Unreachable unreachable = cause(error, AddressRace.Unreachable.class);
        if (unreachable != null) {
            return failure("no connection to " + firstHop(exchange) + ": " + reasons(unreachable, redactor), true);
        }
        AnswerHeads.NotHttp notHttp = cause(error, AnswerHeads.NotHttp.class);
        if (notHttp != null) {
            return notHttp(notHttp, exchange, redactor);
        }
        Reply.Failure tls = TlsFailure.of(error, exchange, redactor);
        if (tls != null) {
            return tls;
        }
        return error instanceof IOException || error instanceof HttpException
                ? broken(error, exchange, redactor)
                : fault(error, redactor);
    }

    /** The answer, or what is made of it, is over the limit. */
    @NonNull
    static Reply.Failure tooLarge(@NonNull Exchange exchange) {
        return failure("the answer of " + exchange.url().address() + " is over 1 MiB, the most that is read", false);
    }

    /** A fault of ours. */
    @NonNull
    static Reply.Failure fault(@NonNull Throwable error, @NonNull Redactor redactor) {
        // What cannot be sent says so in one line for people.
        return error instanceof IllegalArgumentException && error.getMessage() != null
                ? failure("the request cannot be sent: " + line(error, redactor), false)
                : failure(
                        "the request failed by a fault of this program: "
                                + error.getClass().getSimpleName() + ": " + line(error, redactor),
                        false);
    }

    private static String firstHop(Exchange exchange) {
        ProxyServer proxy = exchange.proxy();
        return proxy == null ? exchange.url().address() : "the proxy " + proxy.address();
    }

    /** Where the endpoint is, and by which proxy. */
    @NonNull
    static String whole(@NonNull Exchange exchange) {
        ProxyServer proxy = exchange.proxy();
        return exchange.url().address() + (proxy == null ? "" : " (through the proxy " + proxy.address() + ")");
    }

    private static String standstill(Exchange exchange) {
        return switch (exchange.stage()) {
            case WAITING ->
                "none of the " + HttpTransport.MOST_PER_ENDPOINT + " connections to " + firstHop(exchange)
                        + " became free";
            case CONNECTING -> firstHop(exchange) + " did not accept a connection";
            case CONNECTED ->
                exchange.proxy() == null
                        ? "the TLS handshake with " + exchange.url().address() + " did not end"
                        : "the proxy " + exchange.proxy().address() + " made no tunnel to "
                                + exchange.url().address();
            case TUNNELLED -> "the TLS handshake with " + whole(exchange) + " did not end";
            case ASKED -> whole(exchange) + " sent nothing";
            case ANSWERING ->
                whole(exchange) + " sent no more than " + exchange.received() + " bytes of its answer's body";
        };
    }

    private static String reasons(AddressRace.Unreachable unreachable, Redactor redactor) {
        return unreachable.failures().entrySet().stream()
                .map(each -> each.getKey().getHostAddress() + " " + reason(each.getValue(), redactor))
                .collect(Collectors.joining(", "));
    }

    private static String reason(Exception error, Redactor redactor) {
        String line = line(error, redactor);
        return error instanceof ConnectException && line.contains("refused")
                ? "refused it"
                : "cannot be reached (" + line + ")";
    }

    private static Reply.Failure notHttp(AnswerHeads.NotHttp what, Exchange exchange, Redactor redactor) {
        if (!exchange.askedEndpoint() && exchange.proxy() != null) {
            return failure(
                    "the proxy " + exchange.proxy().address() + " does not speak HTTP; see the proxy settings", false);
        }
        if (what.isTls()) {
            return failure(
                    whole(exchange) + " speaks TLS, but was called without; write https:// in the webhook's URL",
                    false);
        }
        return failure(
                whole(exchange) + " answered with something that is not HTTP: \""
                        + Limits.text(redactor.text(what.beginning()), 60) + "\"",
                true);
    }

    private static Reply.Failure broken(Throwable error, Exchange exchange, Redactor redactor) {
        if (exchange.needsTunnel() && !exchange.askedEndpoint()) {
            return failure(
                    "the proxy " + exchange.proxy().address() + " made no tunnel to "
                            + exchange.url().address() + ": " + detail(error, exchange, redactor),
                    // A lost connection may be there again; what the proxy answers it will answer again.
                    error instanceof IOException);
        }
        return failure(
                "the connection to " + whole(exchange) + " broke before a whole answer came: "
                        + detail(error, exchange, redactor),
                true);
    }

    private static String detail(Throwable error, Exchange exchange, Redactor redactor) {
        if (cause(error, ConnectionClosedException.class) == null) {
            return line(error, redactor);
        }
        return exchange.stage() == Exchange.Stage.ANSWERING
                ? "it was closed after " + exchange.received() + " bytes of the answer's body"
                : "it was closed without an answer";
    }

    /** The nearest cause of a type, or null. */
    @CheckForNull
    static <T extends Throwable> T cause(@NonNull Throwable error, @NonNull Class<T> type) {
        int depth = 0;
        for (Throwable cause = error; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** The client quotes what an endpoint sent, and that may be what it was sent. */
    @NonNull
    static String line(@NonNull Throwable error, @NonNull Redactor redactor) {
        String message = redactor.text(error.getMessage());
        String first = message == null
                ? ""
                : message.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .findFirst()
                        .orElse("");
        return first.isEmpty() ? error.getClass().getSimpleName() : Limits.text(first, SHOWN_CHARS);
    }

    /** A failure without an answer. */
    @NonNull
    static Reply.Failure failure(@NonNull String error, boolean retryable) {
        return new Reply.Failure(error, null, null, retryable, null);
    }
}

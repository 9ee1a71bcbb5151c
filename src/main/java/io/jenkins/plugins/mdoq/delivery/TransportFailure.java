package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Puts what the HTTP client throws into one line for people, and says whether trying again may help (protocol: "retries"). */
final class TransportFailure {

    /** What the JDK's client says of a connection that ends in the handshake; it gives no cause to tell it by. */
    private static final String HANDSHAKE_LOST = "Remote host terminated the handshake";

    private TransportFailure() {}

    @NonNull
    static Reply.Failure of(@NonNull Throwable thrown, @NonNull Duration timeout, @NonNull Redactor redactor) {
        Throwable error = thrown;
        while ((error instanceof CompletionException || error instanceof ExecutionException)
                && error.getCause() != null) {
            error = error.getCause();
        }
        if (caused(error, BoundedBody.TooLarge.class)) {
            return failure("the answer is over 1 MiB", false);
        }
        if (error instanceof TimeoutException || error instanceof HttpTimeoutException) {
            return failure("no whole answer within " + timeout.toSeconds() + " s", true);
        }
        if (caused(error, UnresolvedAddressException.class) || caused(error, UnknownHostException.class)) {
            return failure("the host name is unknown", true);
        }
        if (error instanceof SSLException || caused(error, SSLException.class)) {
            // A certificate that is not trusted stays so; a connection lost in the handshake is just a lost connection.
            boolean lost = caused(error, EOFException.class)
                    || caused(error, SocketException.class)
                    || String.valueOf(error.getMessage()).contains(HANDSHAKE_LOST);
            return failure("TLS failed: " + line(error, redactor), lost);
        }
        if (error instanceof ConnectException || error instanceof NoRouteToHostException) {
            return failure("the connection was refused or could not be made", true);
        }
        return failure("the connection broke before a whole answer came: " + line(error, redactor), true);
    }

    private static boolean caused(Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The client quotes what an endpoint sent, and that may be what it was sent. */
    private static String line(Throwable error, Redactor redactor) {
        String message = redactor.text(error.getMessage());
        return message == null || message.isBlank()
                ? error.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }

    private static Reply.Failure failure(String error, boolean retryable) {
        return new Reply.Failure(error, null, null, retryable, null);
    }
}

package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.ConnectionClosedException;

/** Says what was wrong with TLS, and what mends it. */
final class TlsFailure {

    private static final Pattern ALERT = Pattern.compile("(?i)received fatal alert: (\\w+)");

    private TlsFailure() {}

    /** The failure, or null if TLS has no part in it. */
    @CheckForNull
    static Reply.Failure of(@NonNull Throwable error, @NonNull Exchange exchange, @NonNull Redactor redactor) {
        if (!exchange.url().secure()) {
            return null;
        }
        String where = TransportFailure.whole(exchange);
        TlsTrust.Unusable unusable = TransportFailure.cause(error, TlsTrust.Unusable.class);
        if (unusable != null) {
            return failure("no certificate can be checked: " + unusable.getMessage(), false);
        }
        TlsTrust.Untrusted untrusted = TransportFailure.cause(error, TlsTrust.Untrusted.class);
        if (untrusted != null) {
            return failure(untrusted(untrusted, where), false);
        }
        if (TransportFailure.cause(error, SSLPeerUnverifiedException.class) != null) {
            return failure(
                    where + " shows a certificate for another name: " + TransportFailure.line(error, redactor)
                            + "; write a name that it is for in the webhook's URL, or have one issued for this name",
                    false);
        }
        String message = String.valueOf(error.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("unrecognized ssl message")
                || message.contains("plaintext connection")) {
            return failure(
                    where + " does not speak TLS"
                            + (exchange.proxy() == null
                                    ? "; if that is right, write http:// in the webhook's URL"
                                    : ": what came through the tunnel is something else"),
                    false);
        }
        boolean handshaking = exchange.stage() == Exchange.Stage.TUNNELLED
                || exchange.stage() == Exchange.Stage.CONNECTED && exchange.proxy() == null;
        boolean ours = TransportFailure.cause(error, SSLException.class) != null;
        boolean lost = TransportFailure.cause(error, SocketException.class) != null
                || TransportFailure.cause(error, ConnectionClosedException.class) != null
                || TransportFailure.cause(error, EOFException.class) != null
                // The library's word for the end of the stream in a handshake.
                || message.equals("TLS handshake failed")
                || message.contains("closing inbound before receiving peer's close_notify")
                || message.contains("Remote host terminated the handshake");
        if (handshaking && lost) {
            // A lost connection may be there again; what was wrong with a certificate stays so.
            return failure(where + " closed the connection in the TLS handshake", true);
        }
        if (!ours) {
            return null;
        }
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            String word = alert.group(1);
            return failure(
                    where + " refused the TLS handshake: " + word
                            + (word.contains("certificate")
                                    ? "; it may ask for a client certificate, see -Djavax.net.ssl.keyStore"
                                    : ""),
                    false);
        }
        return failure("TLS with " + where + " failed: " + TransportFailure.line(error, redactor), lost);
    }

    private static String untrusted(TlsTrust.Untrusted error, String where) {
        X509Certificate certificate = error.certificate();
        String subject = certificate.getSubjectX500Principal().getName();
        String issuer = certificate.getIssuerX500Principal().getName();
        String whose = where + " shows a certificate that is not trusted: of " + subject + ", issued by "
                + (issuer.equals(subject) ? "itself" : issuer);
        if (TransportFailure.cause(error, CertificateExpiredException.class) != null) {
            return whose + ", expired on " + certificate.getNotAfter().toInstant() + "; have it renewed";
        }
        if (TransportFailure.cause(error, CertificateNotYetValidException.class) != null) {
            return whose + ", not valid before " + certificate.getNotBefore().toInstant()
                    + "; check the clocks of both machines";
        }
        return whose
                + "; if it is right, add the issuer's certificate to the trust store of this Java, or name another one"
                + " with -Djavax.net.ssl.trustStore=FILE";
    }

    private static Reply.Failure failure(String error, boolean retryable) {
        return TransportFailure.failure(error, retryable);
    }
}

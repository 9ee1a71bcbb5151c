package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the client throws where no endpoint on loopback can bring it about. */
class TransportFailureTest {

    private static Reply.Failure of(Throwable error) {
        return TransportFailure.of(error, Duration.ofSeconds(42), Redactor.NONE);
    }

    @Test
    @DisplayName("protocol: retries — time-outs, of the connection and of the answer")
    void shouldTryTimeOutsAgain() {
        for (Throwable error : new Throwable[] {new TimeoutException(), new HttpConnectTimeoutException("slow")}) {
            assertThat(of(error).error()).isEqualTo("no whole answer within 42 s");
            assertThat(of(error).retryable()).isTrue();
        }
    }

    @Test
    @DisplayName("protocol: retries — a host that has no address, as one may have again when the name service is back")
    void shouldTryUnknownHostsAgain() {
        Throwable client = new ConnectException().initCause(new UnresolvedAddressException());

        for (Throwable error : new Throwable[] {client, new UnknownHostException("gate.example.com")}) {
            assertThat(of(error).error()).isEqualTo("the host name is unknown");
            assertThat(of(error).retryable()).isTrue();
        }
    }

    @Test
    @DisplayName("protocol: retries — connect failures")
    void shouldTryConnectFailuresAgain() {
        assertThat(of(new NoRouteToHostException()).retryable()).isTrue();
        assertThat(of(new ConnectException("Connection refused")).retryable()).isTrue();
    }

    @Test
    @DisplayName("protocol: delivery error — TLS: a bad certificate stays bad, a lost connection does not")
    void shouldTellABadCertificateFromALostConnection() {
        Throwable expired = new SSLHandshakeException("PKIX").initCause(new CertificateExpiredException());
        Throwable reset = new SSLException("reset").initCause(new SocketException("Connection reset"));
        Throwable ended = new SSLException("ended").initCause(new EOFException());

        assertThat(of(expired).error()).isEqualTo("TLS failed: PKIX");
        assertThat(of(expired).retryable()).isFalse();
        assertThat(of(reset).retryable()).isTrue();
        assertThat(of(ended).retryable()).isTrue();
    }

    @Test
    void shouldLookThroughWhatFuturesWrapAround() {
        Throwable wrapped = new CompletionException(new ExecutionException(new TimeoutException()));

        assertThat(of(wrapped).error()).isEqualTo("no whole answer within 42 s");
        assertThat(of(new CompletionException("bare", null)).error()).endsWith(": bare");
    }

    @Test
    void shouldSayInOneLineWhatBroke() {
        assertThat(of(new IOException("first\nsecond")).error())
                .isEqualTo("the connection broke before a whole answer came: first");
        assertThat(of(new IOException()).error()).endsWith(": IOException");
    }
}

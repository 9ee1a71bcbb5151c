package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of an error, by how far the request had come; the ways there are tested over real connections. */
class TransportFailureTest {

    private static final ProxyServer PROXY = new ProxyServer("proxy.example.com", 3128);
    private static final String PLAIN = "http://gate.example.com/hook";
    private static final String SECURE = "https://gate.example.com/hook";
    private static final Redactor REDACTOR = Redactor.of(Secrets.ofTexts("mdoq-is-awesome"));

    private static final Consumer<Exchange> CONNECTING = Exchange::connecting;
    private static final Consumer<Exchange> TUNNELLED = Exchange::tunnelled;
    private static final Consumer<Exchange> ASKED = Exchange::asked;
    private static final Consumer<Exchange> ANSWERING = exchange -> {
        exchange.asked();
        exchange.answering();
        exchange.received(40);
        exchange.received(2);
    };

    private static Reply.Failure failure(Throwable error, String url, ProxyServer proxy, Consumer<Exchange> cameSoFar) {
        Exchange exchange = new Exchange(EndpointUrl.parse(url), proxy);
        cameSoFar.accept(exchange);
        return TransportFailure.of(error, exchange, Duration.ofSeconds(60), REDACTOR);
    }

    private static void assertSays(Reply.Failure failure, boolean retryable, String error) {
        assertThat(failure).isEqualTo(new Reply.Failure(error, null, null, retryable, null));
    }

    private static void assertTimedOut(String url, ProxyServer proxy, Consumer<Exchange> cameSoFar, String where) {
        assertSays(
                failure(new TimeoutException(), url, proxy, cameSoFar), true, "no whole answer within 60 s: " + where);
    }

    @Test
    @DisplayName("protocol: timeout — the error says how far the request had come, and who stood still")
    void shouldSayWhoStoodStill() {
        assertTimedOut(PLAIN, null, waiting -> {}, "none of the 1024 connections to gate.example.com:80 became free");
        assertTimedOut(PLAIN, null, CONNECTING, "gate.example.com:80 did not accept a connection");
        assertTimedOut(PLAIN, null, ASKED, "gate.example.com:80 sent nothing");
        assertTimedOut(PLAIN, null, ANSWERING, "gate.example.com:80 sent no more than 42 bytes of its answer's body");
    }

    @Test
    @DisplayName("protocol: timeout — behind a proxy it names the proxy where that is what stood still")
    void shouldSayWhetherTheProxyStoodStill() {
        assertTimedOut(
                SECURE,
                PROXY,
                waiting -> {},
                "none of the 1024 connections to the proxy proxy.example.com:3128 became free");
        assertTimedOut(SECURE, PROXY, CONNECTING, "the proxy proxy.example.com:3128 did not accept a connection");
        assertTimedOut(
                SECURE,
                PROXY,
                TUNNELLED,
                "the TLS handshake with gate.example.com:443 (through the proxy proxy.example.com:3128) did not end");
        assertTimedOut(
                SECURE, PROXY, ASKED, "gate.example.com:443 (through the proxy proxy.example.com:3128) sent nothing");
    }

    @Test
    void shouldSayWhoseNameIsUnknown() {
        assertSays(
                failure(new IOException(new UnknownHostException("x")), PLAIN, null, CONNECTING),
                true,
                "the host gate.example.com is unknown: no address was found for its name");
        assertSays(
                failure(new UnknownHostException("x"), PLAIN, PROXY, CONNECTING),
                true,
                "the proxy's host proxy.example.com is unknown: no address was found for its name; see the proxy"
                        + " settings");
    }

    @Test
    void shouldFindTheReasonBehindOtherErrorsButNotForEver() {
        Throwable deep = new UnknownHostException("x");
        for (int i = 0; i < 19; i++) {
            deep = new ExecutionException(deep);
        }
        assertThat(failure(deep, PLAIN, null, CONNECTING).error()).contains("is unknown");
        assertThat(failure(new ExecutionException(deep), PLAIN, null, CONNECTING)
                        .error())
                .contains("a fault of this program");
        Exception circle = new IOException("one");
        circle.initCause(new IOException("two", circle));
        assertThat(failure(circle, PLAIN, null, ASKED).error()).endsWith(": one");
    }

    @Test
    void shouldSayWhatCameThatIsNotHttp() {
        AnswerHeads.NotHttp other =
                new AnswerHeads.NotHttp("220 mail mdoq-is-awesome\u0000\u007f~ ".getBytes(StandardCharsets.ISO_8859_1));
        AnswerHeads.NotHttp alert = new AnswerHeads.NotHttp(new byte[] {0x15, 3, 1, 0});
        AnswerHeads.NotHttp handshake = new AnswerHeads.NotHttp(new byte[] {0x16, 3});

        assertSays(
                failure(other, PLAIN, null, ASKED),
                true,
                "gate.example.com:80 answered with something that is not HTTP: \"220 mail ****..~\"");
        for (AnswerHeads.NotHttp tls : new AnswerHeads.NotHttp[] {alert, handshake}) {
            assertSays(
                    failure(tls, PLAIN, null, ASKED),
                    false,
                    "gate.example.com:80 speaks TLS, but was called without; write https:// in the webhook's URL");
        }
        for (byte[] beginning : new byte[][] {{}, {0x15}, {0x14, 3}, {0x16, 2}, {3, 0x16}}) {
            assertThat(new AnswerHeads.NotHttp(beginning).isTls()).isFalse();
        }
        assertSays(
                failure(other, SECURE, PROXY, CONNECTING),
                false,
                "the proxy proxy.example.com:3128 does not speak HTTP; see the proxy settings");
        assertThat(failure(other, PLAIN, PROXY, ASKED).error())
                .startsWith("gate.example.com:80 (through the proxy proxy.example.com:3128) answered with something");
    }

    @Test
    void shouldSayWhereAConnectionBroke() {
        assertSays(
                failure(new ConnectionClosedException("closed"), PLAIN, null, ASKED),
                true,
                "the connection to gate.example.com:80 broke before a whole answer came: it was closed without an"
                        + " answer");
        assertSays(
                failure(new ConnectionClosedException("closed"), PLAIN, null, ANSWERING),
                true,
                "the connection to gate.example.com:80 broke before a whole answer came: it was closed after 42 bytes"
                        + " of the answer's body");
        assertSays(
                failure(new SocketException("reset with mdoq-is-awesome"), PLAIN, PROXY, ASKED),
                true,
                "the connection to gate.example.com:80 (through the proxy proxy.example.com:3128) broke before a whole"
                        + " answer came: reset with ****");
        assertSays(
                failure(new IOException("reset"), SECURE, PROXY, CONNECTING),
                true,
                "the proxy proxy.example.com:3128 made no tunnel to gate.example.com:443: reset");
        assertSays(
                failure(new HttpException("what is this"), SECURE, PROXY, CONNECTING),
                false,
                "the proxy proxy.example.com:3128 made no tunnel to gate.example.com:443: what is this");
    }

    @Test
    void shouldSayInOneLineWhatCannotBeSentAndWhatIsOurFault() {
        assertSays(
                failure(new IllegalArgumentException("'lock' is reserved"), PLAIN, null, ASKED),
                false,
                "the request cannot be sent: 'lock' is reserved");
        assertSays(
                failure(new IllegalArgumentException(), PLAIN, null, ASKED),
                false,
                "the request failed by a fault of this program: IllegalArgumentException: IllegalArgumentException");
        assertSays(
                failure(new IllegalStateException("\n\n  first  \nsecond"), PLAIN, null, ASKED),
                false,
                "the request failed by a fault of this program: IllegalStateException: first");
        assertSays(
                failure(new IllegalStateException(" \n "), PLAIN, null, ASKED),
                false,
                "the request failed by a fault of this program: IllegalStateException: IllegalStateException");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad_certificate|gate.example.com:443 refused the TLS handshake: bad_certificate; it may ask for a"
                        + " client certificate, see -Djavax.net.ssl.keyStore",
                "protocol_version|gate.example.com:443 refused the TLS handshake: protocol_version"
            })
    void shouldSayWhyTheEndpointRefusedTls(String alert, String error) {
        assertSays(
                failure(new SSLHandshakeException("Received fatal alert: " + alert), SECURE, null, connected -> {}),
                false,
                error);
    }

    @Test
    void shouldSayThatACertificateIsForAnotherNameOrCannotBeChecked() {
        assertSays(
                failure(new SSLPeerUnverifiedException("it is for a.example"), SECURE, null, TUNNELLED),
                false,
                "gate.example.com:443 shows a certificate for another name: it is for a.example; write a name that it"
                        + " is for in the webhook's URL, or have one issued for this name");
        assertThat(failure(new SSLException(new CertificateException("odd")), SECURE, null, TUNNELLED))
                .isEqualTo(new Reply.Failure(
                        "TLS with gate.example.com:443 failed: java.security.cert.CertificateException: odd",
                        null,
                        null,
                        false,
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unrecognized SSL message, plaintext connection?", "plaintext connection"})
    void shouldSayWhatDoesNotSpeakTls(String message) {
        assertSays(
                failure(new SSLException(message), SECURE, null, CONNECTING),
                false,
                "gate.example.com:443 does not speak TLS; if that is right, write http:// in the webhook's URL");
        assertSays(
                failure(new SSLException(message), SECURE, PROXY, TUNNELLED),
                false,
                "gate.example.com:443 (through the proxy proxy.example.com:3128) does not speak TLS: what came through"
                        + " the tunnel is something else");
    }

    @Test
    @DisplayName("protocol: retries — a connection that is lost in the TLS handshake is tried again")
    void shouldTellALostConnectionFromARefusedHandshake() {
        String lost = "gate.example.com:443 (through the proxy proxy.example.com:3128) closed the connection in the TLS"
                + " handshake";
        for (Exception error : new Exception[] {
            new SocketException("reset"),
            new ConnectionClosedException("closed"),
            new EOFException(),
            new SSLHandshakeException("Remote host terminated the handshake"),
            new SSLException("closing inbound before receiving peer's close_notify"),
            new SSLException("TLS handshake failed")
        }) {
            assertSays(failure(error, SECURE, PROXY, TUNNELLED), true, lost);
        }
        assertSays(
                failure(new SSLException("no cipher suites in common"), SECURE, PROXY, TUNNELLED),
                false,
                "TLS with gate.example.com:443 (through the proxy proxy.example.com:3128) failed: no cipher suites in"
                        + " common");
        assertSays(
                failure(new SSLException("closing inbound before receiving peer's close_notify"), SECURE, null, ASKED),
                true,
                "TLS with gate.example.com:443 failed: closing inbound before receiving peer's close_notify");
        assertThat(failure(new SSLException("TLS handshake failed"), PLAIN, null, ASKED)
                        .error())
                .as("TLS has no part in a plain request")
                .startsWith("the connection to gate.example.com:80 broke");
    }
}

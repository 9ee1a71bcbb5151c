package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that do what no HTTP server would. */
@Timeout(60)
class DeliveryBrokenConnectionTest {

    private static Reply.Failure failure(RawServer.Behaviour behaviour) throws Exception {
        try (RawServer server = RawServer.that(behaviour)) {
            return Deliveries.failure(Deliveries.to(server.url("/hook")));
        }
    }

    private static void assertBroken(Reply.Failure failure) {
        assertThat(failure.error())
                .startsWith("the connection to 127.0.0.1:")
                .contains(" broke before a whole answer came: ")
                .doesNotContain("\n");
        assertThat(failure.status()).isNull();
        assertThat(failure.retryable()).isTrue();
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Test
    @DisplayName("protocol: retries — a refused connection")
    void shouldTryARefusedConnectionAgain() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        Reply.Failure failure = Deliveries.failure(Deliveries.to(URI.create("http://127.0.0.1:" + closed + "/hook")));

        assertThat(failure.error()).isEqualTo("no connection to 127.0.0.1:" + closed + ": 127.0.0.1 refused it");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    @DisplayName("protocol: retries — a connection that is reset before an answer")
    void shouldTryAResetConnectionAgain() throws Exception {
        assertBroken(failure(DeliveryBrokenConnectionTest::reset));
    }

    @Test
    @DisplayName("protocol: retries — an empty reply")
    void shouldTryAnEmptyReplyAgain() throws Exception {
        assertBroken(failure(socket -> {}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"result\":\"success\"}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n{\"result\":\"success\"}\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n{\"result\":\"success\"}",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 2"
            })
    @DisplayName("protocol: retries — a connection closed in mid-answer, even if what came looks like a whole answer")
    void shouldTryAConnectionClosedInMidAnswerAgain(String part) throws Exception {
        assertBroken(failure(socket -> RawServer.write(socket, part)));
    }

    @Test
    @DisplayName("protocol: retries — a connection reset in mid-body")
    void shouldTryAConnectionResetInMidBodyAgain() throws Exception {
        assertBroken(failure(socket -> {
            RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"result\":");
            reset(socket);
        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2p1\r\n",
                "220 mail.example.com ESMTP\r\n\r\n",
                "{\"result\":\"success\"}\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/x OK\r\n\r\n"
            })
    @DisplayName("protocol: delivery error — something else instead of HTTP, which is shown")
    void shouldShowWhatIsNotHttp(String other) throws Exception {
        Reply.Failure failure = failure(socket -> RawServer.write(socket, other));

        assertThat(failure.error()).endsWith(" answered with something that is not HTTP: \"" + other.strip() + "\"");
        assertThat(failure.status()).isNull();
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "\r\n\r\n\r\n\r\n"
            })
    @DisplayName("protocol: delivery error — garbage in HTTP")
    void shouldEndWithGarbage(String garbage) throws Exception {
        assertBroken(failure(socket -> RawServer.write(socket, garbage)));
    }

    @Test
    @DisplayName("protocol: delivery error — binary garbage, none of which reaches the error's one line")
    void shouldEndWithBinaryGarbage() throws Exception {
        byte[] noise = new byte[4096];
        Arrays.fill(noise, (byte) 0xfe);

        assertBroken(failure(socket -> socket.getOutputStream().write(noise)));
    }

    @Test
    @DisplayName("protocol: secret — not even an endpoint that echoes it instead of HTTP gets it into an error")
    void shouldMaskAnEchoInsteadOfHttp() throws Exception {
        Reply.Failure failure = failure(socket -> RawServer.write(socket, "secret=" + Deliveries.SECRET + "\r\n\r\n"));

        assertThat(failure.error()).doesNotContain(Deliveries.SECRET);
    }

    @Test
    @DisplayName(
            "protocol: delivery error — a body without a length that ends too early is not exactly one JSON object")
    void shouldNotTakeTheEndOfTheConnectionForTheEndOfTheAnswer() throws Exception {
        Reply.Failure failure =
                failure(socket -> RawServer.write(socket, "HTTP/1.0 200 OK\r\n\r\n{\"result\":\"success\""));

        assertThat(failure.error())
                .isEqualTo(
                        "the answer is not exactly one JSON object: it ends too early, in line 1, column 20; was it cut"
                                + " off?, near: {\"result\":\"success\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10485760\r\n", "", "Transfer-Encoding: chunked\r\n"})
    @DisplayName("protocol: answer size — of a 10 MiB answer no more than 1 MiB is kept, however it is framed")
    void shouldBreakOffAnAnswerOf10MiB(String framing) throws Exception {
        byte[] mebibyte = " ".repeat(Limits.BODY_BYTES).getBytes(StandardCharsets.US_ASCII);
        boolean chunked = framing.startsWith("Transfer");

        Reply.Failure failure = failure(socket -> {
            RawServer.write(socket, "HTTP/1.1 200 OK\r\n" + framing + "\r\n");
            for (int i = 0; i < 10; i++) {
                RawServer.write(socket, chunked ? "100000\r\n" : "");
                socket.getOutputStream().write(mebibyte);
                RawServer.write(socket, chunked ? "\r\n" : "");
            }
            RawServer.write(socket, chunked ? "0\r\n\r\n" : "");
        });

        assertThat(failure.error()).endsWith(" is over 1 MiB, the most that is read");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    @DisplayName("protocol: delivery error — a TLS handshake that breaks off is a broken connection, worth another try")
    void shouldTryABrokenHandshakeAgain() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getInputStream().read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            thread.start();

            Reply.Failure failure =
                    Deliveries.failure(Deliveries.to(URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/")));

            assertThat(failure.retryable()).as(failure.error()).isTrue();
            thread.join();
        }
    }
}

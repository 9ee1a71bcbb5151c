package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.JsonObjects;
import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that strict readers refuse and curl does not: a whole answer came, so it counts, and nothing is sent twice. */
@Timeout(60)
class DeliveryLeniencyTest {

    private static final String STOP = "{\"result\":\"fail\",\"stop_release\":true,\"message\":\"freeze\"}";
    private static final String LENGTH = "Content-Length: " + STOP.length() + "\r\n";

    private static Reply reply(RawServer.Behaviour behaviour) throws Exception {
        try (RawServer server = RawServer.that(behaviour)) {
            Reply reply = Deliveries.send(Deliveries.to(server.url("/hook")));
            server.take();
            assertThat(server.unread()).as("sent once").isZero();
            return reply;
        }
    }

    private static Reply reply(String answer) throws Exception {
        return reply(socket -> RawServer.write(socket, answer));
    }

    private static void assertStops(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Answer.class);
        assertThat(((Reply.Answer) reply).data().get("message").textValue()).isEqualTo("freeze");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Powered-By : PHP\r\n",
                "no colon in it\r\n",
                ": no name\r\n",
                " \r\n",
                "X-Blank :\r\n",
                "X-Nul: a\0b\r\n",
                "X-Folded: one\r\n two\r\n",
                "X Y: a blank in the name\r\n",
                "X-Umlaut: Gr\u00fc\u00dfe\r\n",
                "Set-Cookie: id=1; Path=/; Expires=never\r\n",
                "WWW-Authenticate: nonsense,,,=\r\n",
                "Content-Type: ;;;\r\n",
                "Connection: close, keep-alive, x\r\n",
                "Date: yesterday\r\n"
            })
    @DisplayName("protocol: answer — a header that is none is passed over")
    void shouldPassOverABadHeader(String line) throws Exception {
        assertStops(reply("HTTP/1.1 200 OK\r\n" + line + LENGTH + "\r\n" + STOP));
        assertStops(reply("HTTP/1.1 200 OK\r\n" + LENGTH + line + "\r\n" + STOP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200\r\n",
                "HTTP/1.1 200 \r\n",
                "HTTP/1.0 200 OK\r\n",
                "HTTP/1.1  200  OK\r\n",
                "HTTP/1.1 200 Alles in Ordnung\n",
                "\r\nHTTP/1.1 200 OK\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n",
                "HTTP/1.1 299 OK\r\n"
            })
    void shouldReadUnusualStatusLines(String line) throws Exception {
        assertStops(reply(line + LENGTH + "\r\n" + STOP));
    }

    @Test
    @DisplayName("protocol: answer — chunked wins over a length, whatever that says (RFC 9112 6.3)")
    void shouldLetChunkedWin() throws Exception {
        String chunked = Integer.toHexString(STOP.length()) + "\r\n" + STOP + "\r\n0\r\n\r\n";
        for (String length : List.of("5", "0", "99999", "-1", "many", "99999999999999999999999")) {
            assertStops(reply("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunked));
            assertStops(reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: " + length + "\r\n\r\n"
                    + chunked));
        }
        assertStops(reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity, chunked\r\n\r\n" + chunked));
        assertStops(reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n"
                + chunked.replace("0\r\n\r\n", "0;last=1\r\nX: y\r\n\r\n")));
    }

    @Test
    void shouldReadTheSameLengthSaidTwice() throws Exception {
        assertStops(reply("HTTP/1.1 200 OK\r\n" + LENGTH + LENGTH + "\r\n" + STOP));
        assertStops(reply(
                "HTTP/1.1 200 OK\r\nContent-Length: " + STOP.length() + ", " + STOP.length() + "\r\n\r\n" + STOP));
        assertStops(reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n" + LENGTH + "\r\n" + STOP));
        assertStops(reply("HTTP/1.1 200 OK\r\n\r\n" + STOP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 9999\r\n\r\n{}",
                "HTTP/1.1 204 No Content\r\n\r\n{\"result\":\"fail\"}"
            })
    @DisplayName("protocol: answer — a 204 ends with its head (RFC 9112 6.3)")
    void shouldEndA204WithItsHead(String answer) throws Exception {
        Reply reply = reply(answer);

        assertThat(((Reply.Answer) reply).result()).isEqualTo(Result.SUCCESS);
        assertThat(((Reply.Answer) reply).data()).isEmpty();
    }

    @Test
    @DisplayName("protocol: result — what follows a 204 is never taken for the next answer on the same connection")
    void shouldNotTakeWhatFollowsA204ForTheNextAnswer() throws Exception {
        String smuggled = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"result\":\"success\"}";
        try (RawServer server = RawServer.that(socket -> {
                    RawServer.write(socket, "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n" + smuggled);
                    RawServer.read(socket.getInputStream());
                    RawServer.write(socket, "HTTP/1.1 200 OK\r\n" + LENGTH + "\r\n" + STOP);
                });
                DeliveryClient client = Deliveries.client(new ManualScheduler(Deliveries.CLOCK))) {
            client.send(Deliveries.to(server.url("/hook"))).get(20, TimeUnit.SECONDS);
            Reply second = client.send(Deliveries.to(server.url("/hook"))).get(20, TimeUnit.SECONDS);

            // The connection is given up; the second request had one of its own and its server's first word.
            assertThat(((Reply.Answer) second).status()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407, 500, 503})
    @DisplayName("protocol: result — it counts whatever the status, with a challenge or without, and asks for no login")
    void shouldReadAResultWithAnyStatus(int status) throws Exception {
        for (String challenge :
                List.of("", "WWW-Authenticate: Basic realm=\"x\"\r\n", "Proxy-Authenticate: Basic\r\n")) {
            assertStops(reply("HTTP/1.1 " + status + " No\r\n" + challenge + LENGTH + "\r\n" + STOP));
        }
    }

    private static void gzip(Socket socket, String headers, byte[] body) throws IOException {
        byte[] compressed = ContentCodingTest.gzip(body);
        RawServer.write(
                socket,
                "HTTP/1.1 200 OK\r\n" + headers + "Content-Encoding: gzip\r\nContent-Length: " + compressed.length
                        + "\r\n\r\n");
        socket.getOutputStream().write(compressed);
    }

    @Test
    @DisplayName("protocol: answer size — counted after decompression")
    void shouldReadWhatWasCompressedUnaskedWithinTheLimit() throws Exception {
        assertStops(reply(socket -> gzip(socket, "", STOP.getBytes(StandardCharsets.UTF_8))));
        assertStops(reply(socket -> gzip(socket, "", ("\uFEFF " + STOP).getBytes(StandardCharsets.UTF_8))));

        Reply bomb = reply(socket -> gzip(socket, "", new byte[50 * Limits.BODY_BYTES]));

        assertThat(((Reply.Failure) bomb).error()).endsWith(" is over 1 MiB, the most that is read");
        assertThat(((Reply.Failure) bomb).retryable()).isFalse();
    }

    @Test
    @DisplayName("protocol: retries — an error that is too large to be read is tried again as its status says")
    void shouldGoByTheStatusOfAnErrorThatIsTooLarge() throws Exception {
        byte[] compressed = ContentCodingTest.gzip(new byte[2 * Limits.BODY_BYTES]);
        Reply reply = reply(socket -> {
            RawServer.write(
                    socket,
                    "HTTP/1.1 503 Busy\r\nRetry-After: 9\r\nContent-Encoding: gzip\r\nContent-Length: "
                            + compressed.length + "\r\n\r\n");
            socket.getOutputStream().write(compressed);
        });

        assertThat(reply)
                .isEqualTo(
                        new Reply.Failure("HTTP status 503 without a result", 503, null, true, Duration.ofSeconds(9)));
    }

    @Test
    @DisplayName("protocol: retries — an answer in an unknown coding came whole, and is not asked for again")
    void shouldNameAnUnknownCoding() throws Exception {
        Reply.Failure failure =
                (Reply.Failure) reply("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\n\1\2\3\4");

        assertThat(failure.error()).startsWith("the answer is compressed as 'br', which nobody asked for");
        assertThat(failure.retryable()).isFalse();
        Reply.Failure busy =
                (Reply.Failure) reply("HTTP/1.1 503 No\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\n\1\2\3\4");
        assertThat(busy.error()).startsWith("HTTP status 503 without a result; the answer is compressed as 'br'");
        assertThat(busy.retryable()).isTrue();
    }

    @Test
    @DisplayName("protocol: answer size — a head without an end is broken off")
    void shouldBoundTheHead() throws Exception {
        for (String endless : List.of("X: " + "y".repeat(100_000), "X: y\r\n".repeat(10_000))) {
            Reply.Failure failure = (Reply.Failure) reply("HTTP/1.1 200 OK\r\n" + endless + "\r\n\r\n");

            assertThat(failure.error())
                    .containsPattern(
                            "broke before a whole answer came: Maximum (line length limit|header count) exceeded");
        }
    }

    @Test
    @DisplayName("protocol: result — an answer counts that comes before the request was read, as some servers give it")
    void shouldReadAnAnswerThatComesEarly() throws Exception {
        Payload large = new Payload(
                JsonObjects.object().put("text", "x".repeat(Limits.BODY_BYTES - 1_000)),
                17,
                null,
                "before_release",
                "release-gate",
                "dlv_1",
                null,
                null,
                null,
                null);
        for (String status : List.of("200 OK", "413 Too Large")) {
            CountDownLatch answered = new CountDownLatch(1);
            try (RawServer server = RawServer.raw(socket -> {
                socket.setReceiveBufferSize(1_024);
                RawServer.write(socket, "HTTP/1.1 " + status + "\r\n" + LENGTH + "\r\n" + STOP);
                socket.getInputStream().read();
                await(answered);
            })) {
                assertStops(Deliveries.send(new WebhookRequest(
                        "dlv_1",
                        server.url("/hook"),
                        Secrets.ofTexts(Deliveries.SECRET),
                        large,
                        Duration.ofSeconds(60),
                        false)));
                answered.countDown();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that let requests through, refuse, or talk. What a proxy says is never the endpoint's answer. */
@Timeout(120)
class DeliveryProxyTest extends ProxyFixture {

    @Test
    void shouldCallATlsEndpointThroughATunnel() throws Exception {
        try (RawServer endpoint = RawServer.on(
                        authority.listen("gate"), socket -> RawServer.write(socket, answer("200 OK", "", STOP)));
                RawServer proxy = RawServer.that(socket -> tunnel(socket, endpoint.port()))) {
            Reply reply = send("https://gate.example.com/hook", by(proxy));

            assertThat(((Reply.Answer) reply).data().get("stop_release").booleanValue())
                    .isTrue();
            RawServer.Captured connect = proxy.take();
            assertThat(connect.requestLine()).isEqualTo("CONNECT gate.example.com:443 HTTP/1.1");
            assertThat(connect.head()).doesNotContainIgnoringCase("authorization", Deliveries.SECRET);
            RawServer.Captured request = endpoint.take();
            assertThat(request.requestLine()).isEqualTo("POST /hook HTTP/1.1");
            assertThat(request.head()).contains("Host: gate.example.com").doesNotContainIgnoringCase("proxy-");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400 Bad Request,false",
        "401 Unauthorized,false",
        "403 Forbidden,false",
        "404 Not Found,false",
        "302 Found,false",
        "500 Oops,true",
        "502 Bad Gateway,true",
        "503 Service Unavailable,true",
        "504 Gateway Timeout,true",
        "429 Too Many Requests,true"
    })
    @DisplayName("protocol: retries — a proxy's refusal of a tunnel is never the endpoint's answer, whatever it holds")
    void shouldNeverTakeARefusalForAnAnswer(String status, boolean retryable) throws Exception {
        for (String body : List.of("", SUCCESS, STOP, "<html>no</html>")) {
            try (RawServer proxy = RawServer.answering(answer(
                    status, "WWW-Authenticate: Basic realm=\"x\"\r\nLocation: https://login.example.com/\r\n", body))) {
                Reply.Failure failure = failure("https://gate.example.com/hook", by(proxy));

                assertThat(failure.error())
                        .startsWith("the proxy 127.0.0.1:" + proxy.port()
                                + " refused a tunnel to gate.example.com:443: HTTP status " + status.substring(0, 3)
                                + " (" + status.substring(4) + ")");
                assertThat(failure.status()).isNull();
                assertThat(failure.body()).isNull();
                assertThat(failure.retryable()).isEqualTo(retryable);
                assertThat(proxy.take().head()).doesNotContain(Deliveries.SECRET);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + SUCCESS,
                "HTTP/1.1 200 OK\r\n\r\n" + SUCCESS,
                "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + SUCCESS,
                "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 20\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Welcome to this network</html>",
                "HTTP/1.1 202 Accepted\r\nContent-Length: 20\r\n\r\n" + SUCCESS,
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n" + SUCCESS,
                "HTTP/1.1 200 OK\r\n\r\n",
                SUCCESS,
                "\r\n\r\n",
                ""
            })
    @DisplayName("protocol: retries — nor is what a proxy says in a tunnel that it has made, or pretends to")
    void shouldNeverTakeWhatAProxySaysInATunnelForAnAnswer(String said) throws Exception {
        try (RawServer proxy = RawServer.answering(said)) {
            Reply.Failure failure = failure("https://gate.example.com/hook", by(proxy));

            assertThat(failure.error())
                    .contains("proxy 127.0.0.1:" + proxy.port())
                    .doesNotContain("fault of this program");
            assertThat(failure.status()).isNull();
        }
    }

    @Test
    @DisplayName("protocol: retries — nor what it slips in before the endpoint's own TLS")
    void shouldNotTakeWhatAProxySlipsIn() throws Exception {
        String slipped = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\nX: ";
        try (RawServer endpoint = RawServer.on(
                        authority.listen("gate"), socket -> RawServer.write(socket, answer("200 OK", "", STOP)));
                RawServer proxy = RawServer.that(socket -> {
                    socket.getOutputStream()
                            .write(("HTTP/1.1 200 OK\r\n\r\n" + slipped).getBytes(StandardCharsets.US_ASCII));
                    try (Socket through = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
                        Thread back = new Thread(() -> copy(through, socket));
                        back.start();
                        copy(socket, through);
                    }
                })) {
            Reply.Failure failure = failure("https://gate.example.com/hook", by(proxy));

            assertThat(failure.error()).contains("proxy 127.0.0.1:" + proxy.port());
            assertThat(endpoint.unread()).as("the request was not sent").isZero();
        }
    }

    @Test
    void shouldSendPlainRequestsToTheProxy() throws Exception {
        try (RawServer proxy = RawServer.answering(answer("200 OK", "", STOP))) {
            Reply reply = send("http://gate.example.com:8099/hook?stage=1", by(proxy));

            assertThat(reply).isInstanceOf(Reply.Answer.class);
            RawServer.Captured request = proxy.take();
            assertThat(request.requestLine()).isEqualTo("POST http://gate.example.com:8099/hook?stage=1 HTTP/1.1");
            assertThat(request.headerLines())
                    .contains("Host: gate.example.com:8099")
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("proxy-"));
        }
    }

    @Test
    @DisplayName("protocol: delivery error — of a plain request nobody can tell whether endpoint or proxy answered")
    void shouldNameBothWhereEitherMayHaveAnswered() throws Exception {
        try (RawServer proxy = RawServer.answering(answer("502 Bad Gateway", "", "<html>"))) {
            Reply.Failure failure = failure("http://gate.example.com/hook", by(proxy));

            assertThat(failure.error())
                    .isEqualTo(
                            "HTTP status 502 without a result (from gate.example.com:80, or from the proxy 127.0.0.1:"
                                    + proxy.port() + " itself)");
            assertThat(failure.retryable()).isTrue();
        }
    }

    @Test
    @DisplayName("protocol: request — a change of the proxy settings counts from the next request on")
    void shouldFollowTheSettings() throws Exception {
        AtomicReference<ProxyServer> now = new AtomicReference<>();
        try (RawServer endpoint = RawServer.answering(answer("200 OK", "", "{\"by\":\"endpoint\"}"));
                RawServer one = RawServer.answering(answer("200 OK", "", "{\"by\":\"one\"}"));
                RawServer other = RawServer.answering(answer("200 OK", "", "{\"by\":\"other\"}"));
                DeliveryClient client = client(url -> now.get())) {
            List<String> answered = new ArrayList<>();
            for (RawServer by : new RawServer[] {null, one, other, null}) {
                now.set(by == null ? null : new ProxyServer("127.0.0.1", by.port()));
                Reply reply = client.send(Deliveries.to(endpoint.url("/hook"))).get(20, TimeUnit.SECONDS);
                answered.add(((Reply.Answer) reply).data().get("by").textValue());
            }

            assertThat(answered).containsExactly("endpoint", "one", "other", "endpoint");
        }
    }

    @Test
    void shouldSayThatTheProxyCannotBeReached() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        Reply.Failure refused = failure("https://gate.example.com/", url -> new ProxyServer("127.0.0.1", closed));
        assertThat(refused.error())
                .isEqualTo("no connection to the proxy 127.0.0.1:" + closed + ": 127.0.0.1 refused it");
        assertThat(refused.retryable()).isTrue();

        ManualScheduler scheduler = new ManualScheduler(Deliveries.CLOCK);
        try (DeliveryClient client = new DeliveryClient(
                url -> new ProxyServer("proxy.example.com", 3128), scheduler, Deliveries.CLOCK, "", name -> {
                    throw new UnknownHostException(name);
                })) {
            Reply unknown = client.send(Deliveries.to(URI.create("http://gate.example.com/")))
                    .get(20, TimeUnit.SECONDS);
            assertThat(((Reply.Failure) unknown).error())
                    .isEqualTo("the proxy's host proxy.example.com is unknown: no address was found for its name; see"
                            + " the proxy settings");
        }
    }

    @Test
    @DisplayName("protocol: timeout — a proxy that makes no tunnel ends with the request")
    void shouldEndATunnelThatIsNotMade() throws Exception {
        ManualScheduler scheduler = new ManualScheduler(Deliveries.CLOCK);
        try (RawServer proxy = RawServer.that(socket -> socket.getInputStream().read());
                DeliveryClient client = Deliveries.client(scheduler, by(proxy))) {
            var reply = client.send(Deliveries.to(URI.create("https://gate.example.com/hook")));
            proxy.take();
            scheduler.runAll();

            assertThat(((Reply.Failure) reply.get(20, TimeUnit.SECONDS)).error())
                    .isEqualTo("no whole answer within 60 s: the proxy 127.0.0.1:" + proxy.port()
                            + " made no tunnel to gate.example.com:443");
        }
    }

    @Test
    void shouldCallByAProxyOnIpv6() throws Exception {
        try (RawServer proxy = RawServer.on(
                InetAddress.getByName("::1"), socket -> RawServer.write(socket, answer("403 No", "", "")))) {
            assertThat(failure("https://gate.example.com/", url -> new ProxyServer("::1", proxy.port()))
                            .error())
                    .startsWith("the proxy [::1]:" + proxy.port() + " refused a tunnel");
        }
    }

    @Test
    @DisplayName("protocol: delivery error — settings that cannot be used, or that throw, are that delivery's error")
    void shouldEndWithAFailureWhateverTheSettingsThrow() throws Exception {
        Reply.Failure unusable = failure("http://gate.example.com/", url -> {
            throw new IllegalArgumentException("the variable HTTP_PROXY is no proxy");
        });
        assertThat(unusable.error()).isEqualTo("the request cannot be sent: the variable HTTP_PROXY is no proxy");
        for (Throwable thrown :
                List.of(new NullPointerException(), new StackOverflowError(), new AssertionError("x"))) {
            Reply.Failure fault = failure("http://gate.example.com/", url -> {
                if (thrown instanceof RuntimeException e) {
                    throw e;
                }
                throw (Error) thrown;
            });
            assertThat(fault.error())
                    .startsWith("the request failed by a fault of this program: "
                            + thrown.getClass().getSimpleName());
            assertThat(fault.retryable()).isFalse();
        }
    }
}

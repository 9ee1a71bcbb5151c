package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that ask for a login: who gets it, and what is said where it is missing or refused. */
@Timeout(120)
class ProxyLoginTest extends ProxyFixture {

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close\r\n"})
    @DisplayName("protocol: security — a login at the proxy, whether it keeps the connection or closes it")
    void shouldLogInAtTheProxyAlone(String connection) throws Exception {
        List<String> connects = Collections.synchronizedList(new ArrayList<>());
        try (RawServer endpoint = RawServer.on(authority.listen("gate"), socket -> RawServer.write(socket, OK));
                RawServer proxy = RawServer.raw(socket -> {
                    RawServer.Captured connect = RawServer.read(socket.getInputStream());
                    connects.add(connect.head());
                    if (!connect.head().contains(AUTHORIZATION)) {
                        RawServer.write(
                                socket, answer("407 Proxy Authentication Required", LOGIN + connection, "log in"));
                        if (!connection.isEmpty()) {
                            return;
                        }
                        connect = RawServer.read(socket.getInputStream());
                        connects.add(connect.head());
                    }
                    if (connect.head().contains(AUTHORIZATION)) {
                        tunnel(socket, endpoint.port());
                    }
                })) {
            Reply reply = send("https://gate.example.com/hook", byWithLogin(proxy, "pass:wörd"));

            assertThat(reply).isInstanceOf(Reply.Answer.class);
            assertThat(connects).hasSize(2);
            assertThat(connects.get(0)).doesNotContain("Authorization");
            assertThat(endpoint.take().head()).doesNotContainIgnoringCase("authorization");
        }
    }

    @Test
    @DisplayName("protocol: delivery error — a proxy that asks for a login that nobody has set")
    void shouldSayThatTheProxyAsksForALogin() throws Exception {
        for (String body : List.of("", SUCCESS, STOP)) {
            try (RawServer proxy = RawServer.answering(answer("407 Proxy Authentication Required", LOGIN, body))) {
                for (String url : List.of("https://gate.example.com/hook", "http://gate.example.com/hook")) {
                    Reply.Failure failure = failure(url, by(proxy));

                    assertThat(failure.error())
                            .isEqualTo("the proxy 127.0.0.1:" + proxy.port()
                                    + " asks for a login (HTTP status 407); add a user name and password to the proxy"
                                    + " settings");
                    assertThat(failure.status()).as("it is not the endpoint's").isNull();
                    assertThat(failure.retryable()).isFalse();
                }
            }
        }
    }

    @Test
    void shouldSayThatTheProxyRefusedTheLogin() throws Exception {
        try (RawServer proxy = RawServer.raw(socket -> {
            while (true) {
                RawServer.read(socket.getInputStream());
                RawServer.write(socket, answer("407 Proxy Authentication Required", LOGIN, SUCCESS));
            }
        })) {
            for (String url : List.of("https://gate.example.com/hook", "http://gate.example.com/hook")) {
                Reply.Failure failure = failure(url, byWithLogin(proxy, "wrong-Password"));

                assertThat(failure.error())
                        .isEqualTo("the proxy 127.0.0.1:" + proxy.port()
                                + " refused the user name and password of the proxy settings (HTTP status 407)")
                        .doesNotContain("wrong-Password");
                assertThat(failure.retryable()).isFalse();
            }
        }
    }

    @Test
    void shouldNameALoginThatIsNotKnown() throws Exception {
        try (RawServer proxy = RawServer.answering(answer(
                "407 Proxy Authentication Required",
                "Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n",
                ""))) {
            assertThat(failure("https://gate.example.com/", byWithLogin(proxy, "p"))
                            .error())
                    .endsWith(
                            " asks for a login by Negotiate, NTLM, which is not known here; have it accept Basic or Digest");
        }
    }

    @Test
    void shouldLogInForPlainRequests() throws Exception {
        try (RawServer proxy = RawServer.raw(socket -> {
            RawServer.Captured request = RawServer.read(socket.getInputStream());
            if (!request.head().contains(AUTHORIZATION)) {
                RawServer.write(socket, answer("407 Proxy Authentication Required", LOGIN, "log in"));
                request = RawServer.read(socket.getInputStream());
            }
            boolean right =
                    request.head().contains(AUTHORIZATION) && request.bodyText().contains("\"delivery\"");
            RawServer.write(socket, right ? answer("200 OK", "", STOP) : answer("500 Wrong", "", ""));
        })) {
            assertThat(send("http://gate.example.com/hook", byWithLogin(proxy, "pass:wörd")))
                    .isInstanceOf(Reply.Answer.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"n\"", "Bearer", "NTLM", ",,"})
    @DisplayName("protocol: security — no endpoint gets the proxy's login, not even one that asks for a login")
    void shouldNotLogInAtAnEndpoint(String challenge) throws Exception {
        try (RawServer proxy = RawServer.raw(socket -> {
            while (true) {
                RawServer.Captured request = RawServer.read(socket.getInputStream());
                boolean tells =
                        request.head().toLowerCase(java.util.Locale.ROOT).contains("authorization");
                RawServer.write(
                        socket,
                        tells ? OK : answer("401 Unauthorized", "WWW-Authenticate: " + challenge + "\r\n", STOP));
            }
        })) {
            // The endpoint has the very address of the proxy.
            Reply reply = send("http://127.0.0.1:" + proxy.port() + "/hook", byWithLogin(proxy, "pass"));

            assertThat(((Reply.Answer) reply).status()).isEqualTo(401);
        }
    }

    @Test
    void shouldDecryptThePasswordOnlyWhenItIsAskedFor() throws Exception {
        try (RawServer proxy = RawServer.answering(answer("200 OK", "", "{}"))) {
            Reply reply = send(
                    "http://gate.example.com/hook",
                    endpoint -> new ProxyServer("127.0.0.1", proxy.port(), "joe", () -> {
                        throw new AssertionError("nobody asked");
                    }));

            assertThat(reply).isInstanceOf(Reply.Answer.class);
        }
    }
}

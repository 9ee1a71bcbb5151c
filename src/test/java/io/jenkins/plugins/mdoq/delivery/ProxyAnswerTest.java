package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.time.Duration;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a proxy's own answers. */
class ProxyAnswerTest {

    private static final ProxyServer PROXY = new ProxyServer("proxy.example.com", 3128);
    private static final ProxyServer WITH_LOGIN =
            new ProxyServer("proxy.example.com", 3128, "ada", () -> "mdoq-is-awesome");

    private static Exchange exchange(ProxyServer proxy) {
        return new Exchange(EndpointUrl.parse("https://gate.example.com/hook"), proxy);
    }

    private static RawAnswer answer(int status, String reason, String... headers) {
        BasicHttpResponse head = new BasicHttpResponse(status, reason);
        for (String header : headers) {
            head.addHeader(header.split(": ", 2)[0], header.split(": ", 2)[1]);
        }
        return new RawAnswer(head, new byte[0]);
    }

    private static Reply.Failure failure(ProxyServer proxy, RawAnswer answer) {
        return ProxyAnswer.failure(
                exchange(proxy), answer, Deliveries.CLOCK, Redactor.of(Secrets.ofTexts(Deliveries.SECRET)));
    }

    @Test
    @DisplayName("protocol: retries — an answer is the proxy's own until the endpoint was asked, and any 407 is")
    void shouldTellAProxysAnswerFromAnEndpoints() {
        Exchange asked = exchange(PROXY);
        asked.asked();
        Exchange direct = exchange(null);

        assertThat(ProxyAnswer.isProxys(exchange(PROXY), answer(200, "OK"))).isTrue();
        assertThat(ProxyAnswer.isProxys(asked, answer(200, "OK"))).isFalse();
        assertThat(ProxyAnswer.isProxys(asked, answer(407, "Log in"))).isTrue();
        assertThat(ProxyAnswer.isProxys(direct, answer(407, "Log in"))).isFalse();
    }

    @Test
    void shouldSayThatAndWhyAProxyMadeNoTunnel() {
        String begin = "the proxy proxy.example.com:3128 refused a tunnel to gate.example.com:443: HTTP status ";
        String end = "; have it allow that host and port, or except the host from the proxy settings";

        assertThat(failure(PROXY, answer(403, "Not for mdoq-is-awesome", "Retry-After: 9")))
                .isEqualTo(new Reply.Failure(begin + "403 (Not for ****)" + end, null, null, false, null));
        assertThat(failure(PROXY, answer(503, " ", "Retry-After: 9")))
                .isEqualTo(new Reply.Failure(begin + "503" + end, null, null, true, Duration.ofSeconds(9)));
        assertThat(failure(PROXY, answer(599, null)))
                .isEqualTo(new Reply.Failure(begin + "599" + end, null, null, true, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false|Basic realm=\"x\"|asks for a login (HTTP status 407); add a user name and password to the proxy"
                        + " settings",
                "true|Basic realm=\"x\"|refused the user name and password of the proxy settings (HTTP status 407)",
                "true|Digest realm=\"x\", nonce=\"y\"|refused the user name and password of the proxy settings (HTTP"
                        + " status 407)",
                "true|Negotiate|asks for a login by Negotiate, which is not known here; have it accept Basic or Digest",
                "false|NTLM,x|asks for a login by NTLM, which is not known here; have it accept Basic or Digest"
            })
    void shouldSayWhichLoginAProxyAsksFor(boolean login, String challenge, String error) {
        Reply.Failure failure =
                failure(login ? WITH_LOGIN : PROXY, answer(407, "Log in", "Proxy-Authenticate: " + challenge));

        assertThat(failure)
                .isEqualTo(new Reply.Failure("the proxy proxy.example.com:3128 " + error, null, null, false, null));
    }

    @Test
    void shouldNameEachLoginThatIsAskedForOnceAndNoneWhereNoneIsNamed() {
        assertThat(failure(
                                PROXY,
                                answer(
                                        407,
                                        "Log in",
                                        "Proxy-Authenticate: Negotiate",
                                        "Proxy-Authenticate: NTLM",
                                        "Proxy-Authenticate: NTLM x"))
                        .error())
                .contains("asks for a login by Negotiate, NTLM, which");
        assertThat(failure(PROXY, answer(407, "Log in")).error()).contains("asks for a login (HTTP status 407)");
    }

    @ParameterizedTest
    @CsvSource({"proxy.example.com,0", "proxy.example.com,65536", "' ',3128", "'',3128"})
    void shouldTakeNothingElseForAProxy(String host, int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxyServer(host, port))
                .withMessage("the proxy " + host + ":" + port
                        + " is not HOST:PORT; write it such as proxy.example.com:3128");
    }

    @Test
    void shouldTakeEachPortThatThereIsAndShowNoLogin() {
        assertThat(new ProxyServer("::1", 1)).hasToString("[::1]:1");
        assertThat(new ProxyServer("proxy.example.com", 65_535).address()).isEqualTo("proxy.example.com:65535");
        assertThat(WITH_LOGIN).hasToString("proxy.example.com:3128");
        assertThat(PROXY.password().get()).isEmpty();
    }
}

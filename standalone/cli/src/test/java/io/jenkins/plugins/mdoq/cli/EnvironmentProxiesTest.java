package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mdoq.delivery.EndpointUrl;
import io.jenkins.plugins.mdoq.delivery.ProxyServer;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {

    private static final String HTTPS = "https://gate.example.com/hook";
    private static final String HTTP = "http://gate.example.com/hook";

    private final Properties properties = new Properties();

    private ProxyServer proxy(Map<String, String> environment, String url) {
        return new EnvironmentProxies(environment, properties, endpoint -> new ProxyServer("jvm.example.com", 8080))
                .proxyFor(EndpointUrl.parse(url));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY,https",
        "https_proxy,https",
        "HTTP_PROXY,http",
        "http_proxy,http",
        "ALL_PROXY,both",
        "all_proxy,both"
    })
    void shouldReadTheVariablesThatOtherProgramsRead(String variable, String scheme) {
        Map<String, String> environment = Map.of(variable, "http://proxy.example.com:3128");

        assertThat(proxy(environment, HTTPS) != null).isEqualTo(!scheme.equals("http"));
        assertThat(proxy(environment, HTTP) != null).isEqualTo(!scheme.equals("https"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://proxy.example.com:3128|proxy.example.com|3128||",
                "http://proxy.example.com:3128/|proxy.example.com|3128||",
                "HTTP://proxy.example.com|proxy.example.com|80||",
                "proxy.example.com:3128|proxy.example.com|3128||",
                "' proxy:1 '|proxy|1||",
                "http://joe:pass@proxy:3128|proxy|3128|joe|pass",
                "http://joe@proxy:3128|proxy|3128|joe|''",
                "joe:pass@proxy:3128|proxy|3128|joe|pass",
                "http://jo%40e:p%3Ass%2Fw%C3%B6rd+1@proxy:3128|proxy|3128|jo@e|p:ss/wörd+1",
                "http://joe:p@ss:w@proxy:3128|proxy|3128|joe|p@ss:w",
                "http://joe:100%@proxy:3128|proxy|3128|joe|100%",
                "http://[2001:db8::1]:3128|2001:db8::1|3128||"
            })
    void shouldTakeAProxyApart(String value, String host, int port, String user, String password) {
        ProxyServer proxy = proxy(Map.of("https_proxy", value), HTTPS);

        assertThat(proxy.host()).isEqualTo(host);
        assertThat(proxy.port()).isEqualTo(port);
        assertThat(proxy.user()).isEqualTo(user);
        assertThat(proxy.password().get()).isEqualTo(password == null ? "" : password);
        assertThat(proxy.toString()).doesNotContain("joe", "pass");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "joe:Secret-1@proxy",
                "proxy",
                "http://",
                "http://joe:Secret-1@",
                "http://joe:Secret-1@proxy:99999",
                "http://joe:Secret-1@proxy:0",
                "https://joe:Secret-1@proxy:443",
                "socks5://joe:Secret-1@proxy:1080",
                "http://joe:Secret-1@pro xy:80"
            })
    void shouldRefuseWhatIsNoProxyAndRepeatNothingOfIt(String value) {
        assertThatThrownBy(() -> proxy(Map.of("HTTPS_PROXY", value), HTTPS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the variable HTTPS_PROXY ")
                .hasMessageEndingWith("; write it as http://[USER:PASSWORD@]HOST:PORT")
                .hasMessageNotContainingAny("Secret-1", "joe");
        assertThat(proxy(Map.of("HTTPS_PROXY", value), HTTP))
                .as("not asked for")
                .isNull();
    }

    @Test
    void shouldExceptWhatNoProxyNames() {
        for (String variable : new String[] {"NO_PROXY", "no_proxy"}) {
            Map<String, String> environment = Map.of("ALL_PROXY", "http://proxy:3128", variable, "example.com");

            assertThat(proxy(environment, HTTPS)).isNull();
            assertThat(proxy(environment, "https://gate.example.org/")).isNotNull();
        }
        assertThat(proxy(Map.of("NO_PROXY", "*", "HTTP_PROXY", "http://proxy:1"), HTTP))
                .isNull();
    }

    @Test
    void shouldLetTheJvmsPropertiesGoFirst() {
        properties.setProperty("https.proxyHost", "jvm.example.com");
        Map<String, String> environment = Map.of("ALL_PROXY", "http://proxy.example.com:3128");

        assertThat(proxy(environment, HTTPS).host()).isEqualTo("jvm.example.com");
        assertThat(proxy(environment, HTTP).host())
                .as("only https is set there")
                .isEqualTo("proxy.example.com");
    }

    @Test
    void shouldCallDirectlyWithoutAnySetting() {
        assertThat(proxy(Map.of(), HTTPS)).isNull();
        assertThat(proxy(Map.of("HTTPS_PROXY", "", "https_proxy", " "), HTTPS)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/",
                "http://LOCALHOST/",
                "https://127.0.0.1/",
                "http://127.9.9.9:80/",
                "http://[::1]:80/"
            })
    void shouldReachThisMachineDirectly(String url) {
        properties.setProperty("http.proxyHost", "jvm.example.com");
        Map<String, String> environment = Map.of("ALL_PROXY", "http://proxy.example.com:3128");
        assertThat(proxy(environment, url)).isNull();
        properties.setProperty("http.nonProxyHosts", "*.example.com");
        assertThat(proxy(environment, url)).isNull();

        properties.setProperty("http.nonProxyHosts", "");
        assertThat(proxy(environment, url)).as("told otherwise").isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "http://127.example.com/",
                "http://[2001:db8::1]/",
                "http://localhost.example.com/"
            })
    void shouldReachOthersAsTheSettingsSay(String url) {
        assertThat(proxy(Map.of("http_proxy", "proxy.example.com:3128"), url).host())
                .isEqualTo("proxy.example.com");
    }
}

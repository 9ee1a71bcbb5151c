package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://gate.example.com,http,gate.example.com,-1,/",
        "HTTPS://Gate.Example.COM:8443/hook,https,gate.example.com,8443,/hook",
        "http://release_gate:80/a/b?c=d,http,release_gate,80,/a/b?c=d",
        "http://release_gate:1/,http,release_gate,1,/",
        "http://release_gate:65535/,http,release_gate,65535,/",
        "http://bücher.example/hook,http,xn--bcher-kva.example,-1,/hook",
        "http://例え.テスト:8080/,http,xn--r8jz45g.xn--zckzah,8080,/",
        "http://gate。example/,http,gate.example,-1,/",
        "http://gate.example/fußball?größe=1,http,gate.example,-1,/fu%C3%9Fball?gr%C3%B6%C3%9Fe=1",
        "http://gate.example//ü,http,gate.example,-1,//%C3%BC",
        "http://[::1]:8099/hook,http,::1,8099,/hook",
        "https://[2001:DB8::1]/,https,2001:DB8::1,-1,/",
        "http://192.0.2.7?x=1,http,192.0.2.7,-1,/?x=1",
        "http://gate:/hook,http,gate,-1,/hook",
        "http://gate-/,http,gate-,-1,/",
        "http://gate.example.com./hook#there,http,gate.example.com.,-1,/hook"
    })
    void shouldTakeAUrlApart(String url, String scheme, String host, int port, String target) {
        assertThat(EndpointUrl.parse(url)).isEqualTo(new EndpointUrl(scheme, host, port, target));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://gate:0/|the port 0 is none; write one from 1 to 65535",
                "http://gate:65536/|the port 65536 is none",
                "http://gate:99999/|the port 99999 is none",
                "http://gate:123456789012/|the port 123456789012 is none",
                "http://gate:12345678901234567890/|the port 12345678901234567890 is none",
                "http://gate:123456789012345678901/|the port in the URL is none",
                "http://gate:-1/|the port -1 is none",
                "http://gate:80a/|the port 80a is none",
                "http://[::1]:70000/|the port 70000 is none",
                "http:///hook|the URL names no host",
                "http:hook|the URL names no host",
                "http://:80/|the URL names no host",
                "http://straße.example/|holds a letter that is converted in two ways",
                "http://[::zz]/|this is not a URL",
                "http://gate$.example/|is no host name",
                "http://a b/|this is not a URL",
                "' http://gate/'|this is not a URL",
                "ftp://gate/|begins with http:// or https://",
                "gate.example.com/hook|begins with http:// or https://",
                "//gate/hook|begins with http:// or https://"
            })
    void shouldSayWhatToWriteInstead(String url, String problem) {
        assertThatThrownBy(() -> EndpointUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user@gate/",
                "http://user:pass@gate/",
                "http://user%40gate/",
                "http://us%C3%BCr:p%61ss@gate:80/",
                "http://@gate/",
                "http://über:geheim@bücher.example/",
                "http://a:b@release_gate:80/",
                "http://user:pass%40gate.example.com:80/"
            })
    void shouldRefuseUserNamesInAnyEncodingAndRepeatNone(String url) {
        assertThatThrownBy(() -> EndpointUrl.parse(url))
                .hasMessageContaining("a user name or password")
                .hasMessageNotContainingAny("pass:", "p%61ss", "geheim", "user@", "user:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://LOCALHOST:1/",
                "http://a.localhost/",
                "http://127.9.9.9/",
                "http://[::1]/",
                "http://[0:0:0:0:0:0:0:1]/"
            })
    void shouldKnowLoopbackByItsName(String url) {
        assertThat(EndpointUrl.parse(url).loopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost.example.com",
                "http://127.example.com/",
                "http://[2001:db8::1]/",
                "http://1270.0.0.1/"
            })
    void shouldTakeNoOtherHostForLoopback(String url) {
        assertThat(EndpointUrl.parse(url).loopback()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://gate.example.com/hook,false,gate.example.com:80",
        "https://gate.example.com/hook,true,gate.example.com:443",
        "HTTPS://gate.example.com:80/hook,true,gate.example.com:80",
        "http://release_gate:8443/hook,false,release_gate:8443",
        "http://[::1]/hook,false,[::1]:80",
        "https://[2001:db8::1]:8443/hook,true,[2001:db8::1]:8443"
    })
    void shouldKnowWhetherARequestIsEncryptedAndWhereItGoes(String url, boolean secure, String address) {
        assertThat(EndpointUrl.parse(url).secure()).isEqualTo(secure);
        assertThat(EndpointUrl.parse(url).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com/services/T0/B0/token,https://hooks.example.com/services/…",
        "https://hooks.example.com/services,https://hooks.example.com/services",
        "https://hooks.example.com/services/,https://hooks.example.com/services/",
        "http://[::1]:8099?token=1,http://[::1]:8099/?…",
        "http://gate/a/b?c=d/e,http://gate/a/…?…",
        "http://gate,http://gate/"
    })
    void shouldShowNoMoreThanTheFirstSegment(String url, String shown) {
        assertThat(EndpointUrl.parse(url).shown()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/jenkins/,true",
        "http://localhost/,true",
        "http://0.0.0.0:8098/,true",
        "http://[::]/,true",
        "http://[::1]/,true",
        "http://[0:0:0:0:0:0:0:0]/,true",
        "http://ci.example.com/,false",
        "http://10.0.0.0/,false",
        "http://[2001:db8::]/,false"
    })
    void shouldKnowWhatReachesThisMachineAlone(String url, boolean only) {
        assertThat(EndpointUrl.parse(url).thisMachineOnly()).isEqualTo(only);
    }
}

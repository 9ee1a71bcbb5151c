package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @Test
    void shouldListenOnLoopbackUnlessToldOtherwise() {
        ListenAddress address = ListenAddress.parse(ListenAddress.DEFAULT, null);

        assertThat(address.socket().getAddress().isLoopbackAddress()).isTrue();
        assertThat(address.socket().getPort()).isZero();
        assertThat(address.url(8098, "log")).hasToString("http://127.0.0.1:8098/mdoq/lock/log");
    }

    @Test
    void shouldTakeIpv6() {
        ListenAddress address = ListenAddress.parse("[::1]:8098", null);

        assertThat(address.socket().getPort()).isEqualTo(8098);
        assertThat(address.url(8098, "release")).hasToString("http://[::1]:8098/mdoq/lock/release");
    }

    @Test
    void shouldTellEndpointsThePublicUrlInstead() {
        assertThat(ListenAddress.parse("0.0.0.0:8098", "https://build.example.com/hooks//")
                        .url(8098, "release"))
                .hasToString("https://build.example.com/hooks/mdoq/lock/release");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8098", "localhost", ":8098", "localhost:", "localhost:x", "localhost:65536", "::1:8098", "[]:1"
            })
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text, null))
                .isInstanceOf(UsageException.class)
                .hasMessage("--listen " + text
                        + " is not HOST:PORT; write it such as 127.0.0.1:8098, or [::1]:8098, port 0 for a free one");
    }

    @Test
    void shouldRefuseAnAddressThatEndpointsCannotCall() {
        assertThatThrownBy(() -> ListenAddress.parse("0.0.0.0:8098", null))
                .hasMessage("--listen 0.0.0.0:8098 says not where endpoints reach it; add --public-url such as"
                        + " http://build.example.com:8098");
    }

    @Test
    void shouldRefuseAPublicUrlThatIsNone() {
        assertThatThrownBy(() -> ListenAddress.parse(ListenAddress.DEFAULT, "build.example.com"))
                .hasMessage("--public-url build.example.com: a webhook's URL begins with http:// or https://");
        assertThatThrownBy(() -> ListenAddress.parse(ListenAddress.DEFAULT, "http://build.example.com/?a"))
                .hasMessage("--public-url http://build.example.com/?a: it must not have a query or a fragment");
    }

    @Test
    void shouldTakeTrustedProxiesOneByOneAndInALine() {
        assertThat(ListenAddress.parse(ListenAddress.DEFAULT, null, List.of("192.0.2.7", "10.0.0.0/8, ::1"))
                        .trustedProxies())
                .containsExactly("192.0.2.7", "10.0.0.0/8", "::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "10.0.0.0/33", "", "192.0.2.7,"})
    void shouldRefuseATrustedProxyThatIsNoAddress(String text) {
        List<String> trusted = List.of(text);

        assertThatThrownBy(() -> ListenAddress.parse(ListenAddress.DEFAULT, null, trusted))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--trusted-proxy: '")
                .hasMessageContaining("is not an address range; ");
    }
}

package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackDirectTest {

    private static final ProxySelector SETTINGS =
            ProxySelector.of(InetSocketAddress.createUnresolved("proxy.example.com", 3128));

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
        assertThat(new LoopbackDirect(SETTINGS).select(URI.create(url))).containsExactly(Proxy.NO_PROXY);
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
        URI uri = URI.create(url);

        assertThat(new LoopbackDirect(SETTINGS).select(uri)).isEqualTo(SETTINGS.select(uri));
        assertThat(new LoopbackDirect(null).select(uri)).containsExactly(Proxy.NO_PROXY);
    }
}

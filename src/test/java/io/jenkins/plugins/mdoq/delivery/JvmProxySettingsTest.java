package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The selector is the whole JVM's, so that of before is put back. */
class JvmProxySettingsTest {

    private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("proxy.example.com", 3128);

    private final ProxySelector before = ProxySelector.getDefault();
    private final List<URI> asked = new ArrayList<>();

    @AfterEach
    void restore() {
        ProxySelector.setDefault(before);
    }

    private ProxyServer selecting(List<Proxy> proxies, String url) {
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri);
                return proxies;
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException error) {
                throw new AssertionError("nothing is connected to here");
            }
        });
        return new JvmProxySettings().proxyFor(EndpointUrl.parse(url));
    }

    @Test
    void shouldTakeTheFirstProxyOfTheJvmsSelector() {
        ProxyServer proxy = selecting(
                List.of(new Proxy(Proxy.Type.HTTP, ADDRESS), Proxy.NO_PROXY), "https://gate.example.com/hook?token=1");

        assertThat(proxy.address()).isEqualTo("proxy.example.com:3128");
        assertThat(proxy.user()).isNull();
        assertThat(asked)
                .as("the selector need not know the path, which may hold a secret")
                .containsExactly(URI.create("https://gate.example.com:443/"));
    }

    @Test
    void shouldGoWithoutAProxyWhereThereIsNoneThatIsUnderstood() {
        String url = "http://gate.example.com/";

        assertThat(selecting(List.of(Proxy.NO_PROXY), url)).isNull();
        assertThat(selecting(List.of(new Proxy(Proxy.Type.SOCKS, ADDRESS)), url))
                .isNull();
        assertThat(selecting(List.of(), url)).isNull();
        assertThat(selecting(null, url)).isNull();
        ProxySelector.setDefault(null);
        assertThat(new JvmProxySettings().proxyFor(EndpointUrl.parse(url))).isNull();
    }
}

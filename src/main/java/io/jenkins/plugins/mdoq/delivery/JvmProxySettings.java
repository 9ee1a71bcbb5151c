package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;

/**
 * The proxy settings of this JVM: its selector, which unless somebody replaced it reads the system properties {@code
 * https.proxyHost}, {@code https.proxyPort}, {@code http.proxyHost}, {@code http.proxyPort} and {@code
 * http.nonProxyHosts}.
 */
public final class JvmProxySettings implements ProxySettings {

    @Override
    public ProxyServer proxyFor(@NonNull EndpointUrl endpoint) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return null;
        }
        List<Proxy> proxies = selector.select(URI.create(endpoint.scheme() + "://" + endpoint.address() + "/"));
        Proxy first = proxies == null || proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0);
        // Of a SOCKS proxy the HTTP client knows nothing, as none of Java's own knew before it.
        return first.type() == Proxy.Type.HTTP && first.address() instanceof InetSocketAddress address
                ? new ProxyServer(address.getHostString(), address.getPort())
                : null;
    }
}

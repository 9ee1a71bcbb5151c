package io.jenkins.plugins.mdoq.cli;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The JVM's proxy settings, but never for this very machine: no proxy reaches an endpoint on its loopback. */
final class LoopbackDirect extends ProxySelector {

    private final ProxySelector settings;

    LoopbackDirect(ProxySelector settings) {
        this.settings = settings;
    }

    @Override
    public List<Proxy> select(URI uri) {
        return settings == null || isLoopback(uri.getHost()) ? List.of(Proxy.NO_PROXY) : settings.select(uri);
    }

    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.\\d{1,3}){3}")
                || name.equals("[::1]")
                || name.equals("[0:0:0:0:0:0:0:1]");
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException error) {
        if (settings != null) {
            settings.connectFailed(uri, address, error);
        }
    }
}

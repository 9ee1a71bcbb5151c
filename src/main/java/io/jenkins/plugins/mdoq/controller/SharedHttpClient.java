package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ProxyConfiguration;
import io.jenkins.plugins.mdoq.delivery.DeliveryClient;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/**
 * The one HTTP client of the controller. It is made anew when the proxy settings change, since a client keeps those it was
 * made with. Safe for any thread.
 */
final class SharedHttpClient implements Supplier<HttpClient> {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    private record ProxyKey(String name, int port, String userName, String noProxyHost, String secret) {

        static ProxyKey of(ProxyConfiguration proxy) {
            return proxy == null
                    ? null
                    : new ProxyKey(
                            proxy.name,
                            proxy.port,
                            proxy.getUserName(),
                            proxy.getNoProxyHost(),
                            // The encrypted form: enough to notice a change.
                            proxy.getSecretPassword() == null
                                    ? null
                                    : proxy.getSecretPassword().getEncryptedValue());
        }

        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    private final Executor executor;
    private ProxyKey key;
    private HttpClient client;

    SharedHttpClient(Executor executor) {
        this.executor = executor;
    }

    @Override
    @NonNull
    public synchronized HttpClient get() {
        ProxyKey now = ProxyKey.of(Jenkins.get().getProxy());
        if (client == null || !Objects.equals(key, now)) {
            key = now;
            client = DeliveryClient.configure(ProxyConfiguration.newHttpClientBuilder())
                    .connectTimeout(CONNECT_TIMEOUT)
                    .executor(executor)
                    .build();
        }
        return client;
    }
}

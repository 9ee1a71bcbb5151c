package hudson;

import hudson.util.Secret;
import java.net.http.HttpClient;

/** Signature only; the real type comes with Jenkins. */
public final class ProxyConfiguration {
    public final String name;
    public final int port;

    private ProxyConfiguration() {
        throw new UnsupportedOperationException();
    }

    public String getUserName() {
        throw new UnsupportedOperationException();
    }

    public String getNoProxyHost() {
        throw new UnsupportedOperationException();
    }

    public Secret getSecretPassword() {
        throw new UnsupportedOperationException();
    }

    public static HttpClient.Builder newHttpClientBuilder() {
        throw new UnsupportedOperationException();
    }
}

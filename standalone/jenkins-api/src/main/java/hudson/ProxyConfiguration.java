package hudson;

import hudson.util.Secret;
import java.net.http.HttpClient;

/** Signature only; the real type comes with Jenkins. */
public class ProxyConfiguration {
    public final String name;
    public final int port;

    public ProxyConfiguration(String name, int port) {
        this.name = name;
        this.port = port;
    }

    public String getUserName() {
        return null;
    }

    public String getNoProxyHost() {
        return null;
    }

    public Secret getSecretPassword() {
        return null;
    }

    public static HttpClient.Builder newHttpClientBuilder() {
        return null;
    }
}

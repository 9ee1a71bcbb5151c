package hudson;

import hudson.util.Secret;
import java.util.List;
import java.util.regex.Pattern;

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

    public List<Pattern> getNoProxyHostPatterns() {
        throw new UnsupportedOperationException();
    }

    public Secret getSecretPassword() {
        throw new UnsupportedOperationException();
    }
}

package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.delivery.EndpointUrl;
import io.jenkins.plugins.mdoq.delivery.JvmProxySettings;
import io.jenkins.plugins.mdoq.delivery.ProxyServer;
import io.jenkins.plugins.mdoq.delivery.ProxySettings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxy settings of the command line: the JVM's properties if they name a proxy, else the variables that other programs
 * read too. This very machine is called directly, since no proxy reaches an endpoint on its loopback; only an empty {@code
 * -Dhttp.nonProxyHosts=} says otherwise.
 */
final class EnvironmentProxies implements ProxySettings {

    private static final Pattern FORM = Pattern.compile(
            "(?:([A-Za-z0-9+.-]+)://)?(?:(.*)@)?" + "(\\[[0-9A-Fa-f:.]+]|[^:/@\\[\\]\\s]+)(?::(\\d{1,5}))?/*");

    private final Map<String, String> environment;
    private final Properties properties;
    private final ProxySettings jvm;

    EnvironmentProxies(Map<String, String> environment) {
        this(environment, System.getProperties(), new JvmProxySettings());
    }

    /**
     * Settings from elsewhere.
     *
     * @param jvm what the properties mean
     */
    EnvironmentProxies(Map<String, String> environment, Properties properties, ProxySettings jvm) {
        this.environment = environment;
        this.properties = properties;
        this.jvm = jvm;
    }

    @Override
    public ProxyServer proxyFor(EndpointUrl endpoint) {
        if (endpoint.loopback() && !"".equals(properties.getProperty("http.nonProxyHosts"))) {
            return null;
        }
        if (!properties.getProperty(endpoint.scheme() + ".proxyHost", "").isEmpty()) {
            return jvm.proxyFor(endpoint);
        }
        String scheme = endpoint.scheme();
        for (String variable :
                List.of(scheme + "_proxy", scheme.toUpperCase(Locale.ROOT) + "_PROXY", "all_proxy", "ALL_PROXY")) {
            String value = environment.getOrDefault(variable, "").strip();
            if (!value.isEmpty()) {
                return new NoProxy(noProxy()).excepts(endpoint) ? null : proxy(variable, value);
            }
        }
        return null;
    }

    private String noProxy() {
        return environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    }

    /** The value is never repeated: it may hold a password. */
    private static ProxyServer proxy(String variable, String value) {
        Matcher parts = FORM.matcher(value);
        String wrong = !parts.matches() || parts.group(1) == null && parts.group(4) == null
                ? "is no proxy"
                : parts.group(1) != null && !parts.group(1).equalsIgnoreCase("http")
                        ? "names a proxy that begins with " + parts.group(1) + "://, which is not known here"
                        : null;
        int port = wrong != null || parts.group(4) == null ? 80 : Integer.parseInt(parts.group(4));
        if (wrong == null && (port < 1 || port > 65_535)) {
            wrong = "names a port that is none";
        }
        if (wrong != null) {
            throw new IllegalArgumentException(
                    "the variable " + variable + " " + wrong + "; write it as http://[USER:PASSWORD@]HOST:PORT");
        }
        String host = parts.group(3).replaceAll("[\\[\\]]", "");
        if (parts.group(2) == null) {
            return new ProxyServer(host, port);
        }
        String[] login = parts.group(2).split(":", 2);
        return new ProxyServer(host, port, decoded(login[0]), () -> login.length == 1 ? "" : decoded(login[1]));
    }

    private static String decoded(String text) {
        try {
            // A plus is a plus here.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not encoded: a password with a percent sign, as it is.
            return text;
        }
    }
}

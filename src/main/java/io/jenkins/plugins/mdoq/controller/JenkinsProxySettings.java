package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.jenkins.plugins.mdoq.delivery.EndpointUrl;
import io.jenkins.plugins.mdoq.delivery.JvmProxySettings;
import io.jenkins.plugins.mdoq.delivery.ProxyServer;
import io.jenkins.plugins.mdoq.delivery.ProxySettings;
import jenkins.model.Jenkins;

/**
 * The proxy settings of this controller; those of its JVM if it has none. They are read for each request, so that a change
 * needs no restart, and the password is decrypted only when the proxy asks for it. Safe for any thread.
 */
final class JenkinsProxySettings implements ProxySettings {

    private final ProxySettings jvm = new JvmProxySettings();

    @Override
    public ProxyServer proxyFor(@NonNull EndpointUrl endpoint) {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        if (proxy == null || proxy.name == null) {
            return jvm.proxyFor(endpoint);
        }
        boolean excepted = proxy.getNoProxyHostPatterns().stream()
                .anyMatch(pattern -> pattern.matcher(endpoint.host()).matches());
        if (excepted) {
            return null;
        }
        Secret password = proxy.getSecretPassword();
        return new ProxyServer(
                proxy.name, proxy.port, proxy.getUserName(), () -> password == null ? "" : password.getPlainText());
    }
}

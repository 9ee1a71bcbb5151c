package io.jenkins.plugins.mdoq.controller;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.mdoq.delivery.EndpointUrl;
import io.jenkins.plugins.mdoq.delivery.ProxyServer;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class JenkinsProxySettingsInJenkinsTest {

    private static final EndpointUrl GATE = EndpointUrl.parse("https://gate.example.com/hook");

    private final JenkinsProxySettings settings = new JenkinsProxySettings();

    @Test
    void shouldFollowTheProxyOfTheController(JenkinsRule j) throws Exception {
        assertThat(settings.proxyFor(GATE)).isNull();

        j.jenkins.setProxy(
                new ProxyConfiguration("proxy.example.com", 3128, "joe", "p:ss word", "*.internal\nlocalhost"));

        ProxyServer proxy = settings.proxyFor(GATE);
        assertThat(proxy.address()).isEqualTo("proxy.example.com:3128");
        assertThat(proxy.user()).isEqualTo("joe");
        assertThat(proxy.password().get()).isEqualTo("p:ss word");
        assertThat(settings.proxyFor(EndpointUrl.parse("http://gate.internal:8099/")))
                .isNull();
        assertThat(settings.proxyFor(EndpointUrl.parse("http://localhost/"))).isNull();
        assertThat(settings.proxyFor(EndpointUrl.parse("http://internal/"))).isNotNull();

        j.jenkins.setProxy(new ProxyConfiguration("other.example.com", 80));
        assertThat(settings.proxyFor(GATE).address()).as("without a restart").isEqualTo("other.example.com:80");
        assertThat(settings.proxyFor(GATE).user()).isNull();

        j.jenkins.setProxy(null);
        assertThat(settings.proxyFor(GATE)).isNull();
    }
}

package io.jenkins.plugins.mdoq.injenkins;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;

import hudson.security.csrf.DefaultCrumbIssuer;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A controller whose lock API is called by those who have neither a session nor a crumb nor a permission. */
public abstract class ControllerLockApi {

    protected static JenkinsRule j;
    protected static LockApiClient api;
    protected Endpoint endpoint;

    @BeforeAll
    public static void controller(JenkinsRule rule) {
        j = rule;
        api = new LockApiClient(j);
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy());
        j.jenkins.setCrumbIssuer(new DefaultCrumbIssuer(false));
    }

    @BeforeEach
    public void listen() throws Exception {
        endpoint = Endpoint.answering("{\"result\":\"success\"}");
        Gate.configure(gate());
        MdoqGlobalConfiguration.get().setTrustedProxies(List.of());
    }

    @AfterEach
    public void close() {
        endpoint.close();
    }

    /** The webhook that the builds wait for, with locks that may be used from address ranges; empty: from any. */
    protected WebhookConfiguration gate(String... allowFrom) {
        WebhookConfiguration gate = webhook("release-gate", endpoint, blocking("beforeRelease"));
        gate.setAllowFrom(List.of(allowFrom));
        return gate;
    }
}

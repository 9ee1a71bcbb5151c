package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.LockApiClient.body;
import static io.jenkins.plugins.mdoq.injenkins.LockApiClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.injenkins.ControllerLockApi;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import io.jenkins.plugins.mdoq.lock.Throttle;
import java.lang.reflect.Field;
import java.net.http.HttpResponse;
import java.util.List;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** From which address a call of the lock API counts as coming, behind proxies too. */
@WithJenkins
class LockApiAddressInJenkinsTest extends ControllerLockApi {

    private static final String LOOPBACK = "127.0.0.0/8";

    @Test
    void shouldKeepToTheAllowListBehindTrustedProxies() throws Exception {
        Gate.configure(gate("192.0.2.0/24"));
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        String status = body(build.lock(), "");

        assertThat(api.post("status", status).statusCode()).isEqualTo(403);
        assertThat(api.post("status", status, "X-Forwarded-For", "192.0.2.7").statusCode())
                .as("from an address that is no trusted proxy")
                .isEqualTo(403);

        MdoqGlobalConfiguration.get().setTrustedProxies(List.of(LOOPBACK, "::1"));
        assertThat(api.post("status", status, "X-Forwarded-For", "192.0.2.7").statusCode())
                .isEqualTo(200);
        assertThat(api.post("status", status, "X-Forwarded-For", "192.0.2.7, 198.51.100.1")
                        .statusCode())
                .as("the proxy was called from elsewhere")
                .isEqualTo(403);

        assertThat(api.post("release", status, "X-Forwarded-For", "192.0.2.7").statusCode())
                .isEqualTo(200);
        j.assertLogContains("lock released by endpoint at 192.0.2.7", build.end(j, Result.SUCCESS));
    }

    /** Jenkins' launcher configures Jetty like this, so that getRemoteAddr() says whatever the header says. */
    @Test
    void shouldNotTakeTheWordOfAHeaderThatTheServerHasTaken() throws Exception {
        Gate.configure(gate("192.0.2.0/24"));
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        String status = body(build.lock(), "");
        HttpConfiguration http = http();
        ForwardedRequestCustomizer customizer = new ForwardedRequestCustomizer();
        http.addCustomizer(customizer);
        try {
            assertThat(api.post("status", status, "X-Forwarded-For", "192.0.2.7")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(api.post("status", status, "Forwarded", "for=192.0.2.7").statusCode())
                    .isEqualTo(403);

            MdoqGlobalConfiguration.get().setTrustedProxies(List.of(LOOPBACK, "::1"));
            assertThat(api.post("status", status, "X-Forwarded-For", "198.51.100.1, 192.0.2.7")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(api.post("status", status, "X-Forwarded-For", "192.0.2.7, 198.51.100.1")
                            .statusCode())
                    .isEqualTo(403);

            MdoqGlobalConfiguration.get().setTrustedProxies(List.of("192.0.2.0/24"));
            assertThat(api.post("status", status, "X-Forwarded-For", "192.0.2.7")
                            .statusCode())
                    .as("the peer is none of the trusted proxies, though it says so")
                    .isEqualTo(403);
        } finally {
            http.getCustomizers().remove(customizer);
        }
        build.run().doStop();
        build.end(j, Result.ABORTED);
    }

    private static HttpConfiguration http() throws Exception {
        Field server = JenkinsRule.class.getDeclaredField("server");
        server.setAccessible(true);
        return ((Server) server.get(j))
                .getConnectors()[0]
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration();
    }

    @Test
    void shouldTurnAwayWhoSendsWrongSecrets() throws Exception {
        MdoqGlobalConfiguration.get().setTrustedProxies(List.of(LOOPBACK, "::1"));
        String wrong = "{\"secret\":\"wrong\",\"lock\":\"x\"}";
        for (int i = 0; i < Throttle.TOLERATED; i++) {
            assertThat(api.post("release", wrong, "X-Forwarded-For", "198.51.100.99")
                            .statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<String> away = api.post("release", wrong, "X-Forwarded-For", "198.51.100.99");

        assertThat(away.statusCode()).isEqualTo(429);
        assertThat(away.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 60));
        json(away);
        assertThat(api.post("release", wrong, "X-Forwarded-For", "198.51.100.98")
                        .statusCode())
                .as("somebody else")
                .isEqualTo(401);
    }
}

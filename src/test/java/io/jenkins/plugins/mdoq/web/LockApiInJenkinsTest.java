package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import hudson.security.csrf.DefaultCrumbIssuer;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import io.jenkins.plugins.mdoq.lock.Throttle;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every status of the lock API over HTTP, for callers who have neither a session nor a crumb nor a permission. */
@WithJenkins
class LockApiInJenkinsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String LOOPBACK = "127.0.0.0/8";

    private static JenkinsRule j;

    private Endpoint endpoint;

    @BeforeAll
    static void controller(JenkinsRule rule) {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy());
        j.jenkins.setCrumbIssuer(new DefaultCrumbIssuer(false));
    }

    @BeforeEach
    void listen() throws Exception {
        endpoint = Endpoint.answering("{\"result\":\"success\"}");
        Gate.configure(gate());
        MdoqGlobalConfiguration.get().setTrustedProxies(List.of());
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private WebhookConfiguration gate(String... allowFrom) {
        WebhookConfiguration gate = webhook("release-gate", endpoint, blocking("beforeRelease"));
        gate.setAllowFrom(List.of(allowFrom));
        return gate;
    }

    private static HttpRequest.Builder to(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(j.getURL() + path)).header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String action, String body, String... headers) throws Exception {
        HttpRequest.Builder request = to("mdoq/lock/" + action).POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    /** A body with the gate's secret, a lock and more fields. */
    private static String body(String lock, String more) throws Exception {
        return "{\"secret\":\"" + Gate.SECRET + "\",\"lock\":" + MAPPER.writeValueAsString(lock) + more + "}";
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        return MAPPER.readTree(response.body());
    }

    @Test
    void shouldReleaseOnceAndForAll() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        String stop = body(build.lock(), ",\"result\":\"fail\",\"stop_release\":true,\"message\":\"not on Fridays\"");

        HttpResponse<String> released = post("release", stop);

        assertThat(released.statusCode()).isEqualTo(200);
        assertThat(json(released)).hasToString("{\"released\":true,\"result\":\"fail\"}");
        j.assertLogContains("not on Fridays", build.end(j, Result.ABORTED));

        assertThat(post("release", stop).statusCode()).isEqualTo(200);
        HttpResponse<String> otherwise = post("release", body(build.lock(), ",\"result\":\"success\""));
        assertThat(otherwise.statusCode()).isEqualTo(409);
        assertThat(json(otherwise).get("result").asText()).isEqualTo("fail");
    }

    @Test
    void shouldReportProgressAndStatus() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HttpResponse<String> logged = post("log", body(build.lock(), ",\"message\":\"half way\""));

        assertThat(logged.statusCode()).isEqualTo(200);
        assertThat(json(logged)).hasToString("{\"logged\":true}");
        j.waitForMessage("| half way", build.run());
        HttpResponse<String> status = post("status", body(build.lock(), ""));
        assertThat(status.statusCode()).isEqualTo(200);
        assertThat(json(status)).hasToString("{\"released\":false,\"result\":\"success\"}");

        assertThat(post("release", body(build.lock(), "")).statusCode()).isEqualTo(200);
        build.end(j, Result.SUCCESS);
    }

    @Test
    void shouldTakeTheSecretFromTheHeader() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HttpResponse<String> released =
                post("release", "{\"lock\":\"" + build.lock() + "\"}", "X-MDOQ-Secret", Gate.SECRET);

        assertThat(released.statusCode()).isEqualTo(200);
        build.end(j, Result.SUCCESS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | [1]",
                "400 | nonsense",
                "400 | ''",
                "400 | {\"secret\":\"mdoq-is-awesome\"}",
                "401 | {\"lock\":\"x\"}",
                "404 | {\"secret\":\"mdoq-is-awesome\",\"lock\":\"job#1:release-gate:0123456789012345678901\"}"
            })
    void shouldRefuseWhatIsNoRelease(int status, String body) throws Exception {
        HttpResponse<String> refused = post("release", body);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(json(refused).get("error").asText()).isNotBlank();
    }

    @Test
    void shouldSayTheSameOfALockThatIsNotThereWhetherThereIsAJobOrNot() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        String guess = build.lock().substring(0, build.lock().lastIndexOf(':') + 1) + "A".repeat(24);

        HttpResponse<String> ofJob = post("status", body(guess, ""));
        HttpResponse<String> ofNoJob = post("status", body("no such job#1:release-gate:" + "A".repeat(24), ""));

        assertThat(ofJob.statusCode()).isEqualTo(404);
        assertThat(ofNoJob.statusCode()).isEqualTo(404);
        assertThat(ofJob.body()).isEqualTo(ofNoJob.body());
        post("release", body(build.lock(), ""));
        build.end(j, Result.SUCCESS);
    }

    @Test
    void shouldRefuseAnotherContentType() throws Exception {
        HttpResponse<String> refused = send(HttpRequest.newBuilder(URI.create(j.getURL() + "mdoq/lock/release"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("lock=x&secret=" + Gate.SECRET))
                .build());

        assertThat(refused.statusCode()).isEqualTo(415);
        json(refused);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseABodyThatIsTooLargeWhateverLengthItAnnounces(boolean announced) throws Exception {
        byte[] large = ("{\"x\":\"" + "x".repeat(Limits.BODY_BYTES) + "\"}").getBytes();
        HttpRequest.BodyPublisher publisher = HttpRequest.BodyPublishers.ofByteArray(large);

        HttpResponse<String> refused = send(to("mdoq/lock/release")
                .version(HttpClient.Version.HTTP_1_1)
                .POST(announced ? publisher : HttpRequest.BodyPublishers.fromPublisher(publisher))
                .build());

        assertThat(refused.statusCode()).isEqualTo(413);
        json(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void shouldAllowPostAlone(String method) throws Exception {
        HttpResponse<String> refused = send(to("mdoq/lock/release")
                .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                .build());

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue("POST");
        assertThat(json(refused)).hasToString("{\"error\":\"use POST\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mdoq/lock/release/",
                "mdoq/lock/releases",
                "mdoq/lock/",
                "mdoq/lock/rele%61se",
                "mdoq//lock/release",
                "mdoq/lock/status/../../../script"
            })
    void shouldKnowNoOtherPathAndLeaveItToTheCrumb(String path) throws Exception {
        HttpRequest request =
                to(path).POST(HttpRequest.BodyPublishers.ofString("{}")).build();
        assertThat(send(request).statusCode()).isEqualTo(403);

        if (!path.endsWith("script")) {
            assertThat(send(to(path).GET().build()).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldRevealNothingAtItsRoot() throws Exception {
        assertThat(send(to("mdoq/").GET().build()).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldSayThatABuildIsOver() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        build.run().doStop();
        build.end(j, Result.ABORTED);

        HttpResponse<String> gone = post("release", body(build.lock(), ""));

        assertThat(gone.statusCode()).isEqualTo(410);
        json(gone);
    }

    @Test
    void shouldKeepToTheAllowListBehindTrustedProxies() throws Exception {
        Gate.configure(gate("192.0.2.0/24"));
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        String status = body(build.lock(), "");

        assertThat(post("status", status).statusCode()).isEqualTo(403);
        assertThat(post("status", status, "X-Forwarded-For", "192.0.2.7").statusCode())
                .as("from nobody whose word counts")
                .isEqualTo(403);

        MdoqGlobalConfiguration.get().setTrustedProxies(List.of(LOOPBACK, "::1"));
        assertThat(post("status", status, "X-Forwarded-For", "192.0.2.7").statusCode())
                .isEqualTo(200);
        assertThat(post("status", status, "X-Forwarded-For", "192.0.2.7, 198.51.100.1")
                        .statusCode())
                .as("the proxy was called from elsewhere")
                .isEqualTo(403);

        assertThat(post("release", status, "X-Forwarded-For", "192.0.2.7").statusCode())
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
            assertThat(post("status", status, "X-Forwarded-For", "192.0.2.7").statusCode())
                    .isEqualTo(403);
            assertThat(post("status", status, "Forwarded", "for=192.0.2.7").statusCode())
                    .isEqualTo(403);

            MdoqGlobalConfiguration.get().setTrustedProxies(List.of(LOOPBACK, "::1"));
            assertThat(post("status", status, "X-Forwarded-For", "198.51.100.1, 192.0.2.7")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post("status", status, "X-Forwarded-For", "192.0.2.7, 198.51.100.1")
                            .statusCode())
                    .isEqualTo(403);

            MdoqGlobalConfiguration.get().setTrustedProxies(List.of("192.0.2.0/24"));
            assertThat(post("status", status, "X-Forwarded-For", "192.0.2.7").statusCode())
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
            assertThat(post("release", wrong, "X-Forwarded-For", "198.51.100.99")
                            .statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<String> away = post("release", wrong, "X-Forwarded-For", "198.51.100.99");

        assertThat(away.statusCode()).isEqualTo(429);
        assertThat(away.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 60));
        json(away);
        assertThat(post("release", wrong, "X-Forwarded-For", "198.51.100.98").statusCode())
                .as("somebody else")
                .isEqualTo(401);
    }

    @Test
    void shouldDecideNothingWhileTheHistoryCannotBeRead() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Path journal = BuildHistory.of(build.run()).file();
        Path aside = journal.resolveSibling("aside");
        Files.move(journal, aside);
        Files.createDirectory(journal);

        HttpResponse<String> later = post("release", body(build.lock(), ""));

        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.headers().firstValue("Retry-After")).hasValue("10");
        json(later);
        Files.delete(journal);
        Files.move(aside, journal);
        assertThat(post("release", body(build.lock(), "")).statusCode()).isEqualTo(200);
        build.end(j, Result.SUCCESS);
    }
}

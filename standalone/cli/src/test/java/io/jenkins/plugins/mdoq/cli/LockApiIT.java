package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.lock.Throttle;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The lock API as the jar serves it, over its real port. */
class LockApiIT extends JarFixture {

    private static final String JSON = "application/json";

    @Test
    void shouldAnswerAsTheProtocolsTableSays() throws Exception {
        try (TestEndpoint closed = new TestEndpoint()) {
            configureAll(
                    webhook("gate", endpoint.url(), "", "blocking: true"),
                    webhook("closed", closed.url(), "allowFrom: [192.0.2.0/24]", "blocking: true\nonFail: CONTINUE"));
            JarRun run = release("true");
            TestEndpoint.Request asked = endpoint.next();
            TestEndpoint.Request shut = closed.next();
            String url = asked.body().get("release_url").asText();
            String lock = json().put("lock", asked.lock()).toString();

            assertThat(asked.body().get("log_url").asText()).isEqualTo(url.replaceFirst("release$", "log"));
            HttpResponse<String> get = send("GET", url);
            assertThat(get.statusCode()).isEqualTo(200);
            assertThat(get.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            assertThat(get.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(get.body()).contains("This address is for programs").doesNotContain(asked.lock());
            assertThat(send("HEAD", url).statusCode()).isEqualTo(200);
            HttpResponse<String> put = send("PUT", url);
            assertThat(put.statusCode()).isEqualTo(405);
            assertThat(put.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
            assertThat(send("GET", url + "?lock=x").statusCode()).isEqualTo(405);
            assertThat(post(url + "/", SECRET, JSON, lock).statusCode()).isEqualTo(404);
            assertThat(post(url + "d", SECRET, JSON, lock).statusCode()).isEqualTo(404);
            assertThat(post(url.replace("/mdoq/", "/"), SECRET, JSON, lock).statusCode())
                    .isEqualTo(404);
            assertThat(post(url.replace("/mdoq/", "/./mdoq/"), SECRET, JSON, lock)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(post(url, SECRET, "text/plain", lock).statusCode()).isEqualTo(415);
            assertThat(post(url, SECRET, JSON, "[]").statusCode()).isEqualTo(400);
            String tooLarge = "{\"lock\":\"" + "x".repeat(1024 * 1024) + "\"}";
            assertThat(post(url, SECRET, JSON, tooLarge).statusCode()).isEqualTo(413);
            assertThat(post(url, null, JSON, lock).statusCode()).isEqualTo(401);
            assertThat(post(url, "wrong", JSON, lock).statusCode()).isEqualTo(401);
            assertThat(post(url, SECRET, JSON, "{\"lock\":\"job#1:gate:0123456789012345678901\"}")
                            .statusCode())
                    .isEqualTo(404);
            HttpResponse<String> elsewhere = release(shut, "success");
            assertThat(elsewhere.statusCode()).isEqualTo(403);
            assertThat(elsewhere.body()).contains("127.0.0.1 is not among the addresses");
            assertThat(run.awaitLine("refused: release from 127.0.0.1 (403)")).contains("closed", "add it to those");
            String form = "lock=" + URLEncoder.encode(asked.lock(), StandardCharsets.UTF_8);
            assertThat(post(url.replace("release", "status"), SECRET, "application/x-www-form-urlencoded", form)
                            .statusCode())
                    .isEqualTo(200);

            HttpResponse<String> status = lockApi(asked, "status", json().put("lock", asked.lock()));
            assertThat(status.statusCode()).isEqualTo(200);
            assertThat(TestEndpoint.MAPPER
                            .readTree(status.body())
                            .get("released")
                            .asBoolean())
                    .isFalse();
            assertThat(lockApi(asked, "log", json().put("lock", asked.lock()).put("message", "half way"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(run.awaitLine("half way")).isEqualTo("[MDOQ]   gate      | half way");

            HttpResponse<String> released = release(asked, "success");
            assertThat(released.statusCode()).isEqualTo(200);
            assertThat(TestEndpoint.MAPPER.readTree(released.body()))
                    .isEqualTo(json().put("released", true).put("result", "success"));
            assertThat(release(asked, "success").statusCode()).isEqualTo(200);
            assertThat(release(asked, "fail").statusCode()).isEqualTo(409);
        }
    }

    /** A webhook that holds the release when it has been carried out, so that something can be undone. */
    private static String holdingTheEnd(String name, String url) {
        return "  - name: " + name + "\n    url: " + url + "\n    secret: ${MDOQ_SECRET}\n    events:\n"
                + "      - event: before_release_complete\n        blocking: true\n";
    }

    @Test
    void shouldSayThatALockIsGivenUpAndKeepGuessersAway() throws Exception {
        try (TestEndpoint other = new TestEndpoint()) {
            configureAll(
                    holdingTheEnd("gate", endpoint.url()) + "      - event: before_release_complete_cancelled\n",
                    holdingTheEnd("judge", other.url()));
            JarRun run = release("true", "--rollback", BUSY);
            TestEndpoint.Request asked = endpoint.next();
            TestEndpoint.Request judge = other.next();
            assertThat(lockApi(
                                    judge,
                                    "release",
                                    json().put("lock", judge.lock())
                                            .put("result", "fail")
                                            .put("rollback_release", "1"))
                            .statusCode())
                    .isEqualTo(200);
            run.awaitLine("at-work");

            assertThat(endpoint.next().event()).isEqualTo("before_release_complete_cancelled");
            assertThat(release(asked, "success").statusCode()).isEqualTo(410);

            String url = asked.body().get("release_url").asText();
            for (int i = 0; i < Throttle.TOLERATED; i++) {
                assertThat(post(url, "guess" + i, JSON, "{}").statusCode()).isEqualTo(401);
            }
            HttpResponse<String> refused = post(url, "guess", JSON, "{}");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();

            run.endInput();
            assertThat(run.exitCode()).isEqualTo(5);
        }
    }

    @Test
    void shouldTellEndpointsThePublicUrl() throws Exception {
        configure("", "blocking: true");
        release("true", "--listen", "127.0.0.1:0", "--public-url", "https://build.example.com/hooks/");

        assertThat(endpoint.next().body().get("release_url").asText())
                .isEqualTo("https://build.example.com/hooks/mdoq/lock/release");
    }

    @Test
    void shouldBeReleasedByTheLineThatIsPrinted() throws Exception {
        configure("", "blocking: true");
        JarRun run = release("true", "--job", "team's \"shop\"");
        endpoint.next();
        String line = run.awaitLine("to release it: ");
        String curl = line.substring(line.indexOf("curl"));
        assertThat(curl).doesNotContain(SECRET).contains("$MDOQ_SECRET");

        // The line goes through a real shell; what it would send is taken from there, as not every machine has curl.
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", curl.replaceFirst("^curl", "printf '%s\\\\n'"));
        shell.environment().put("MDOQ_SECRET", SECRET);
        String[] words = new String(
                        shell.start().getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .split("\n");
        assertThat(words).hasSize(7);
        assertThat(words[3]).isEqualTo("X-MDOQ-Secret: " + SECRET);
        assertThat(post(words[6], SECRET, JSON, words[5]).statusCode()).isEqualTo(200);

        assertThat(run.exitCode()).isEqualTo(0);
    }

    @Test
    void shouldBelieveATrustedProxyAloneWhoCalls() throws Exception {
        configure("allowFrom: [192.0.2.7]", "blocking: true");
        release("true", "--trusted-proxy", "127.0.0.1");
        TestEndpoint.Request asked = endpoint.next();

        assertThat(release(asked, "success").statusCode())
                .as("the proxy itself")
                .isEqualTo(403);
        assertThat(releaseFor(asked, "192.0.2.8").statusCode())
                .as("somebody else behind the proxy")
                .isEqualTo(403);
        assertThat(releaseFor(asked, "192.0.2.7, 192.0.2.8").statusCode())
                .as("somebody else who wrote the header before the proxy did")
                .isEqualTo(403);
        assertThat(releaseFor(asked, "192.0.2.8, 192.0.2.7").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldIgnoreTheHeaderOfAProxyThatIsNotTrusted() throws Exception {
        configure("allowFrom: [192.0.2.7]", "blocking: true");
        release("true");

        assertThat(releaseFor(endpoint.next(), "192.0.2.7").statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> releaseFor(TestEndpoint.Request request, String forwardedFor) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        request.body().get("release_url").asText()))
                                .header("Content-Type", JSON)
                                .header("X-MDOQ-Secret", SECRET)
                                .header("X-Forwarded-For", forwardedFor)
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        json().put("lock", request.lock()).toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}

package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.LockApiClient.body;
import static io.jenkins.plugins.mdoq.injenkins.LockApiClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.util.PluginServletFilter;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.injenkins.ControllerLockApi;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import io.jenkins.plugins.mdoq.lock.LockApi;
import io.jenkins.plugins.mdoq.protocol.Limits;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every status of the lock API over HTTP, for callers who have neither a session nor a crumb nor a permission. */
@WithJenkins
class LockApiInJenkinsTest extends ControllerLockApi {

    @Test
    void shouldReleaseOnceAndForAll() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        String stop = body(build.lock(), ",\"result\":\"fail\",\"stop_release\":true,\"message\":\"not on Fridays\"");

        HttpResponse<String> released = api.post("release", stop);

        assertThat(released.statusCode()).isEqualTo(200);
        assertThat(json(released)).hasToString("{\"released\":true,\"result\":\"fail\"}");
        j.assertLogContains("not on Fridays", build.end(j, Result.ABORTED));

        assertThat(api.post("release", stop).statusCode()).isEqualTo(200);
        HttpResponse<String> otherwise = api.post("release", body(build.lock(), ",\"result\":\"success\""));
        assertThat(otherwise.statusCode()).isEqualTo(409);
        assertThat(json(otherwise).get("result").asText()).isEqualTo("fail");
    }

    @Test
    void shouldReportProgressAndStatus() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HttpResponse<String> logged = api.post("log", body(build.lock(), ",\"message\":\"half way\""));

        assertThat(logged.statusCode()).isEqualTo(200);
        assertThat(json(logged)).hasToString("{\"logged\":true}");
        j.waitForMessage("| half way", build.run());
        HttpResponse<String> status = api.post("status", body(build.lock(), ""));
        assertThat(status.statusCode()).isEqualTo(200);
        assertThat(json(status)).hasToString("{\"released\":false,\"result\":\"success\"}");

        assertThat(api.post("release", body(build.lock(), "")).statusCode()).isEqualTo(200);
        build.end(j, Result.SUCCESS);
    }

    @Test
    void shouldTakeTheSecretFromTheHeader() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HttpResponse<String> released =
                api.post("release", "{\"lock\":\"" + build.lock() + "\"}", "X-MDOQ-Secret", Gate.SECRET);

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
        HttpResponse<String> refused = api.post("release", body);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(json(refused).get("error").asText()).isNotBlank();
    }

    @Test
    void shouldSayTheSameOfALockThatIsNotThereWhetherThereIsAJobOrNot() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        String guess = build.lock().substring(0, build.lock().lastIndexOf(':') + 1) + "A".repeat(24);

        HttpResponse<String> ofJob = api.post("status", body(guess, ""));
        HttpResponse<String> ofNoJob = api.post("status", body("no such job#1:release-gate:" + "A".repeat(24), ""));

        assertThat(ofJob.statusCode()).isEqualTo(404);
        assertThat(ofNoJob.statusCode()).isEqualTo(404);
        assertThat(ofJob.body()).isEqualTo(ofNoJob.body());
        api.post("release", body(build.lock(), ""));
        build.end(j, Result.SUCCESS);
    }

    @Test
    void shouldRefuseAnotherContentType() throws Exception {
        HttpResponse<String> refused = api.send(HttpRequest.newBuilder(URI.create(j.getURL() + "mdoq/lock/release"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("lock=x&secret=" + Gate.SECRET))
                .build());

        assertThat(refused.statusCode()).isEqualTo(415);
        json(refused);
    }

    @Test
    void shouldTakeFormFields() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HttpResponse<String> released = api.send(HttpRequest.newBuilder(URI.create(j.getURL() + "mdoq/lock/release"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "lock=" + URLEncoder.encode(build.lock(), StandardCharsets.UTF_8) + "&secret=" + Gate.SECRET
                                + "&result=fail&stop_release=1&message=Gr%C3%B6%C3%9Fe"))
                .build());

        assertThat(released.statusCode()).as(released.body()).isEqualTo(200);
        j.assertLogContains("Größe", build.end(j, Result.ABORTED));
    }

    /** A filter of another plugin may ask for a parameter, upon which the server reads the body. */
    @Test
    void shouldTakeFormFieldsThatTheServerHasReadAlready() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Filter nosy = new Filter() {
            @Override
            public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                    throws IOException, ServletException {
                request.getParameter("lock");
                chain.doFilter(request, response);
            }
        };
        PluginServletFilter.addFilter(nosy);
        try {
            HttpResponse<String> released =
                    api.send(HttpRequest.newBuilder(URI.create(j.getURL() + "mdoq/lock/release"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "lock=" + URLEncoder.encode(build.lock(), StandardCharsets.UTF_8) + "&secret="
                                            + Gate.SECRET + "&result=success&message=100%25+%26+more"))
                            .build());
            assertThat(released.statusCode()).as(released.body()).isEqualTo(200);
        } finally {
            PluginServletFilter.removeFilter(nosy);
        }
        j.assertLogContains("100% & more", build.end(j, Result.SUCCESS));
    }

    @Test
    void shouldTellAPersonWhatTheAddressIsFor() throws Exception {
        for (String action : LockApi.ACTIONS) {
            HttpResponse<String> page = api.send(HttpRequest.newBuilder(URI.create(j.getURL() + "mdoq/lock/" + action))
                    .header("Accept", "text/html,*/*;q=0.8")
                    .build());

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'");
            assertThat(page.body()).contains("This address is for programs").doesNotContainIgnoringCase("<script");
        }
    }

    @Test
    void shouldTellTheBuildOfCallsThatAreRefused() throws Exception {
        Gate.configure(gate("192.0.2.7"));
        WaitingBuild build = WaitingBuild.start(j, endpoint);

        HttpResponse<String> elsewhere = api.post("release", body(build.lock(), ""));
        HttpResponse<String> wrong =
                api.post("release", "{\"lock\":\"" + build.lock() + "\",\"secret\":\"hunter2-hunter2\"}");

        assertThat(elsewhere.statusCode()).isEqualTo(403);
        assertThat(json(elsewhere).get("error").asText()).contains("127.0.0.1");
        assertThat(wrong.statusCode()).isEqualTo(401);
        j.waitForMessage("refused: release from 127.0.0.1 (403)", build.run());
        j.waitForMessage("refused: release from 127.0.0.1 (401)", build.run());
        j.assertLogNotContains("hunter2", build.run());
        assertThat(BuildHistory.of(build.run())
                        .read()
                        .eventOfLock(build.lock())
                        .entryOfLock(build.lock())
                        .refusals())
                .hasSize(2);
        build.run().doStop();
        build.end(j, Result.ABORTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseABodyThatIsTooLargeWhateverLengthItAnnounces(boolean announced) throws Exception {
        byte[] large = ("{\"x\":\"" + "x".repeat(Limits.BODY_BYTES) + "\"}").getBytes();
        HttpRequest.BodyPublisher publisher = HttpRequest.BodyPublishers.ofByteArray(large);

        HttpResponse<String> refused = api.send(api.to("mdoq/lock/release")
                .version(HttpClient.Version.HTTP_1_1)
                .POST(announced ? publisher : HttpRequest.BodyPublishers.fromPublisher(publisher))
                .build());

        assertThat(refused.statusCode()).isEqualTo(413);
        json(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH"})
    void shouldAllowNoOtherMethod(String method) throws Exception {
        HttpResponse<String> refused = api.send(api.to("mdoq/lock/release")
                .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                .build());

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
        assertThat(json(refused).get("error").asText()).startsWith("send a POST request");
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
                api.to(path).POST(HttpRequest.BodyPublishers.ofString("{}")).build();
        assertThat(api.send(request).statusCode()).isEqualTo(403);

        if (!path.endsWith("script")) {
            assertThat(api.send(api.to(path).GET().build()).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void shouldRevealNothingAtItsRoot() throws Exception {
        assertThat(api.send(api.to("mdoq/").GET().build()).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldSayThatABuildIsOver() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        build.run().doStop();
        build.end(j, Result.ABORTED);

        HttpResponse<String> gone = api.post("release", body(build.lock(), ""));

        assertThat(gone.statusCode()).isEqualTo(410);
        json(gone);
    }

    @Test
    void shouldDecideNothingWhileTheHistoryCannotBeRead() throws Exception {
        WaitingBuild build = WaitingBuild.start(j, endpoint);
        Path journal = BuildHistory.of(build.run()).file();
        Path aside = journal.resolveSibling("aside");
        Files.move(journal, aside);
        Files.createDirectory(journal);

        HttpResponse<String> later = api.post("release", body(build.lock(), ""));

        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.headers().firstValue("Retry-After")).hasValue("10");
        json(later);
        Files.delete(journal);
        Files.move(aside, journal);
        assertThat(api.post("release", body(build.lock(), "")).statusCode()).isEqualTo(200);
        build.end(j, Result.SUCCESS);
    }
}

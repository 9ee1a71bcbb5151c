package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.injenkins.Gate.blocking;
import static io.jenkins.plugins.mdoq.injenkins.Gate.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import io.jenkins.plugins.mdoq.injenkins.Endpoint;
import io.jenkins.plugins.mdoq.injenkins.Gate;
import io.jenkins.plugins.mdoq.injenkins.HistoryPages;
import io.jenkins.plugins.mdoq.injenkins.WaitingBuild;
import java.net.URI;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What programs read: {@code api/json} of a build's history and of all that waits. */
@WithJenkins
class ExportsInJenkinsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JenkinsRule j;
    private static HistoryPages pages;

    private Endpoint endpoint;
    private WaitingBuild build;

    @BeforeAll
    static void controller(JenkinsRule rule) {
        j = rule;
        pages = new HistoryPages(j);
    }

    @BeforeEach
    void start() throws Exception {
        endpoint = Endpoint.answering("{\"result\":\"success\",\"ticket\":\"OPS-4711\"}");
        Gate.configure(webhook("release-gate", endpoint, blocking("beforeRelease")));
        build = WaitingBuild.start(j, endpoint);
        Gate.log(build.body(), "half way");
    }

    @AfterEach
    void end() throws Exception {
        Gate.release(build.body(), "{}");
        build.end(j, Result.SUCCESS);
        endpoint.close();
    }

    private static WebResponse get(String user, String path) throws Exception {
        return pages.as(user)
                .getPage(new WebRequest(URI.create(j.getURL() + path).toURL()))
                .getWebResponse();
    }

    private static JsonNode json(String user, String path) throws Exception {
        WebResponse response = get(user, path);
        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getContentType()).isEqualTo("application/json");
        assertThat(response.getResponseHeaderValue("Cache-Control")).isEqualTo("no-store");
        return MAPPER.readTree(response.getContentAsString());
    }

    @Test
    void shouldGiveABuildsHistory() throws Exception {
        JsonNode history = json("viewer", build.run().getUrl() + "mdoq/api/json");

        assertThat(history.get("over").booleanValue()).isFalse();
        assertThat(history.get("total").intValue()).isEqualTo(1);
        JsonNode entry = history.at("/events/0/entries/0");
        assertThat(entry.get("delivery").asText()).isEqualTo(build.delivery());
        assertThat(entry.get("state").asText()).isEqualTo("waiting");
        assertThat(entry.get("held").booleanValue()).isTrue();
        assertThat(entry.at("/progress/0/message").asText()).isEqualTo("half way");
        assertThat(entry.at("/answer/ticket").asText()).isEqualTo("OPS-4711");
        assertThat(entry.at("/request/webhook").asText()).isEqualTo("release-gate");
    }

    @Test
    void shouldKeepSecretsLocksAndPayloadsFromThoseWhoMayNotSeeThem() throws Exception {
        String path = build.run().getUrl() + "mdoq/api/json";

        assertThat(json("operator", path).toString()).contains("OPS-4711").doesNotContain(build.lock(), Gate.SECRET);
        assertThat(json("reader", path).toString()).contains("half way").doesNotContain("OPS-4711", build.lock());
        assertThat(get("stranger", path).getStatusCode()).isEqualTo(404);
    }

    @Test
    void shouldGiveWhatWaitsToThoseWhoMayReadIt() throws Exception {
        JsonNode waiting = json("reader", "mdoq-waiting/api/json");

        assertThat(waiting.get("total").intValue()).isEqualTo(1);
        assertThat(waiting.at("/locks/0/job").asText())
                .isEqualTo(build.run().getParent().getFullName());
        assertThat(waiting.at("/locks/0/url").asText())
                .isEqualTo(j.getURL() + build.run().getUrl() + "mdoq/");
        assertThat(waiting.at("/locks/0/progress/message").asText()).isEqualTo("half way");
        assertThat(waiting.at("/locks/0/mayRelease").booleanValue()).isFalse();
        assertThat(waiting.toString()).doesNotContain(build.lock());
        assertThat(json("stranger", "mdoq-waiting/api/json").get("total").intValue())
                .isZero();
    }

    @Test
    void shouldKnowNoOtherPath() throws Exception {
        assertThat(get("admin", "mdoq-waiting/api/python").getStatusCode()).isEqualTo(404);
        assertThat(get("admin", build.run().getUrl() + "mdoq/api/").getStatusCode())
                .isEqualTo(404);
    }
}

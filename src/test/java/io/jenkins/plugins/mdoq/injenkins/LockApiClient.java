package io.jenkins.plugins.mdoq.injenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jvnet.hudson.test.JenkinsRule;

/** Calls the lock API of a controller over HTTP, as an endpoint does. */
public final class LockApiClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final JenkinsRule j;

    public LockApiClient(JenkinsRule j) {
        this.j = j;
    }

    public HttpRequest.Builder to(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(j.getURL() + path)).header("Content-Type", "application/json");
    }

    public HttpResponse<String> send(HttpRequest request) throws Exception {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String action, String body, String... headers) throws Exception {
        HttpRequest.Builder request = to("mdoq/lock/" + action).POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    /** A body with the gate's secret, a lock and more fields. */
    public static String body(String lock, String more) throws Exception {
        return "{\"secret\":\"" + Gate.SECRET + "\",\"lock\":" + MAPPER.writeValueAsString(lock) + more + "}";
    }

    public static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        return MAPPER.readTree(response.body());
    }
}

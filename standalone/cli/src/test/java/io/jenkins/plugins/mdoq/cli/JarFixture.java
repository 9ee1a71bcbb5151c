package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a configuration, an endpoint, and runs of the jar against it. */
abstract class JarFixture {

    static final String SECRET = "s3cret-of-the-gate";

    /** Waits as long as its input is open, and says when it has begun. */
    static final String BUSY = "echo at-work; cat >/dev/null";

    /** Is busy the first time, and releases once the file {@code go} is there. */
    static final String BUSY_ONCE = "if [ -e go ]; then touch released; else " + BUSY + "; fi";

    /** The events that a webhook hears of only if it listens to them. */
    static final String LISTENS = "      - event: before_release_cancelled\n      - event: release_ended\n";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    TestEndpoint endpoint;
    private final List<JarRun> runs = new ArrayList<>();

    @BeforeEach
    void startEndpoint() throws IOException {
        endpoint = new TestEndpoint();
    }

    @AfterEach
    void stopAll() {
        runs.forEach(JarRun::close);
        endpoint.close();
    }

    /** Configures one webhook, {@code gate}, with lines for itself and for its event before_release. */
    void configure(String webhookLines, String eventLines) throws IOException {
        configureAll(webhook("gate", endpoint.url(), webhookLines, eventLines));
    }

    /** The same, and it listens to what this program fires by itself. */
    void configureListening(String eventLines) throws IOException {
        configureAll(webhook("gate", endpoint.url(), "", eventLines) + LISTENS);
    }

    void configureAll(String... webhooks) throws IOException {
        Files.writeString(folder.resolve("mdoq.yaml"), "webhooks:\n" + String.join("", webhooks));
    }

    static String webhook(String name, String url, String webhookLines, String eventLines) {
        return "  - name: " + name + "\n    url: " + url + "\n    secret: ${MDOQ_SECRET}\n"
                + indented(webhookLines, "    ")
                + "    events:\n      - event: before_release\n"
                + indented(eventLines, "        ")
                + "      - event: before_release_complete\n";
    }

    private static String indented(String lines, String by) {
        return lines.isEmpty()
                ? ""
                : lines.lines().map(line -> by + line + "\n").reduce("", String::concat);
    }

    JarRun start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /** Starts the jar with more variables. */
    JarRun start(Map<String, String> more, String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("MDOQ_SECRET", SECRET);
        JarRun run = JarRun.start(folder, environment, Arrays.asList(arguments));
        runs.add(run);
        return run;
    }

    /** Fires before_release, with more variables and with options for the JVM. */
    JarRun fire(Map<String, String> more, String... jvm) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("MDOQ_SECRET", SECRET);
        JarRun run = JarRun.start(
                folder,
                environment,
                Arrays.asList(jvm),
                List.of("fire", "--config", "mdoq.yaml", "--history", "h", "--event", "before_release"));
        runs.add(run);
        return run;
    }

    /** Starts a release with the history h. */
    JarRun release(String command, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("release", "--config", "mdoq.yaml", "--history", "h", "--run", command));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    boolean exists(String file) {
        return Files.exists(folder.resolve(file));
    }

    /** Calls the lock API that a request of the endpoint named. */
    static HttpResponse<String> lockApi(TestEndpoint.Request request, String action, ObjectNode body) throws Exception {
        String url = request.body().get("release_url").asText().replaceFirst("release$", action);
        return post(url, SECRET, "application/json", body.toString());
    }

    static HttpResponse<String> post(String url, String secret, String contentType, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (secret != null) {
            request.header("X-MDOQ-Secret", secret);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> send(String method, String url) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Releases the lock that a request of the endpoint brought. */
    static HttpResponse<String> release(TestEndpoint.Request request, String result) throws Exception {
        return lockApi(request, "release", json().put("lock", request.lock()).put("result", result));
    }

    /** Where the lock API of the request's sender is served, as --listen takes it. */
    static String listening(TestEndpoint.Request request) {
        return URI.create(request.body().get("release_url").asText()).getAuthority();
    }

    static ObjectNode json() {
        return TestEndpoint.MAPPER.createObjectNode();
    }

    static JsonNode json(List<String> lines) throws IOException {
        return TestEndpoint.MAPPER.readTree(String.join("\n", lines));
    }
}

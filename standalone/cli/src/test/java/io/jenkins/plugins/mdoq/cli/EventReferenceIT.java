package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.mdoq.cli.Documents.Block;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each event of docs/events.md, sent by the program, has the headers and fields that the page shows. */
class EventReferenceIT extends JarFixture {

    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static HttpExample example(String event) throws Exception {
        for (Block block : Documents.blocks("docs/events.md", Documents.read("docs/events.md"))) {
            if (block.text().contains("\"event\": \"" + event + "\"")) {
                return HttpExample.of(block);
            }
        }
        throw new AssertionError("docs/events.md does not show " + event);
    }

    private void configureSigned() throws Exception {
        Files.writeString(folder.resolve("mdoq.yaml"), """
                webhooks:
                  - name: release-gate
                    url: %s
                    secret: ${MDOQ_SECRET}
                    sign: true
                    events:
                      - event: before_release
                        blocking: true
                      - event: before_release_complete
                      - event: Passed regression testing
                      - event: before_release_cancelled
                      - event: release_ended
                """.formatted(endpoint.url()));
    }

    private JarRun signed(String... arguments) throws Exception {
        configureSigned();
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(1, List.of("--config", "mdoq.yaml", "--history", "h"));
        return JarRun.start(folder, Map.of("MDOQ_SECRET", KEY), line);
    }

    private static void assertShown(TestEndpoint.Request sent) throws Exception {
        HttpExample shown = example(sent.event());
        TreeSet<String> headers = new TreeSet<>();
        sent.headers().keySet().forEach(name -> headers.add(name.toLowerCase(Locale.ROOT)));
        headers.remove("connection");

        assertThat(shown.headers().keySet()).as("headers of " + sent.event()).isEqualTo(headers);
        assertThat(shown.headers().get("user-agent"))
                .isEqualTo(sent.header("User-agent").replaceFirst("/1\\.0.*", "/1.0"));
        assertThat(shape(shown.body())).as("fields of " + sent.event()).isEqualTo(shape(sent.body()));
    }

    /** Names and types of the fields, in their order; of what is being released, each build tells other things. */
    private static List<String> shape(JsonNode body) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            // What the program knows for certain and Jenkins knows for certain are other things.
            if (!field.getKey().equals("source")) {
                fields.add(field.getKey() + ": " + field.getValue().getNodeType()
                        + (field.getKey().equals("about") ? " " + shape(field.getValue()) : ""));
            }
        }
        return fields;
    }

    @Test
    void shouldShowTheEventsOfARelease() throws Exception {
        try (JarRun run = signed("release", "--run", "true", "--instance", "version=1.4.2")) {
            TestEndpoint.Request asked = endpoint.next();
            assertShown(asked);
            post(
                    asked.body().get("release_url").asText(),
                    KEY,
                    "application/json",
                    json().put("lock", asked.lock()).put("result", "success").toString());
            assertShown(endpoint.next());
            assertShown(endpoint.next());
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void shouldShowThatALockWasGivenUp() throws Exception {
        try (JarRun run = signed("release", "--run", "true", "--instance", "version=1.4.2")) {
            endpoint.next();
            run.awaitLine("answered 200");
            run.terminate();
            // The end of the run is told at the same time.
            assertShown(endpoint.next());
            assertShown(endpoint.next());
        }
    }

    @Test
    void shouldShowAnEventOfOnesOwn() throws Exception {
        try (JarRun run = signed("fire", "--event", "Passed regression testing", "--data", "suite=nightly")) {
            assertShown(endpoint.next());
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void shouldShowAPing() throws Exception {
        configureSigned();
        try (JarRun run =
                JarRun.start(folder, Map.of("MDOQ_SECRET", KEY), List.of("check", "--config", "mdoq.yaml", "--ping"))) {
            assertShown(endpoint.next());
            assertThat(run.exitCode()).isZero();
        }
    }
}

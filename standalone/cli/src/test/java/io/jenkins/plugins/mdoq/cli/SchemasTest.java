package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.cli.Documents.Block;
import io.jenkins.plugins.mdoq.lock.LockApi;
import io.jenkins.plugins.mdoq.lock.Locks;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas and the description of the lock API, against themselves, the pages, and what the engine reads. */
class SchemasTest {

    private static final Schemas SCHEMAS = schemas();

    private static Schemas schemas() {
        try {
            return new Schemas();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<String> names() {
        return SCHEMAS.names().stream();
    }

    /** Requests, answers and releases in full. */
    static Stream<Block> examples() throws IOException {
        return Documents.blocks("http").stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldBeSchemas(String name) {
        assertThat(SCHEMAS.problemsOfSchema(name)).isEmpty();
        assertThat(SCHEMAS.schema(name).path("$schema").asText())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(SCHEMAS.schema(name).path("$id").asText()).endsWith("/docs/schemas/" + name + ".schema.json");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldFitTheExamplesOfThePages(Block block) throws Exception {
        String schema = block.firstLine().startsWith("HTTP/")
                ? "answer"
                : block.firstLine().contains("/mdoq/lock/release") ? "release" : "request";

        assertThat(SCHEMAS.problems(schema, HttpExample.of(block).body())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|true",
                "{\"result\": \"success\"}|true",
                "{\"result\": \"FAIL\", \"stop_release\": \"1\", \"coverage\": 80}|true",
                "{\"result\": \"ok\"}|false",
                "{\"result\": true}|false",
                "{\"result\": \"successful\"}|false",
                "{\"result\": \" fail\"}|false",
                "{\"result\": null}|false"
            })
    void shouldAcceptTheResultsThatTheEngineReads(String text, boolean accepted) throws Exception {
        ObjectNode answer = (ObjectNode) Schemas.MAPPER.readTree(text);

        assertThat(SCHEMAS.problems("answer", answer).isEmpty()).isEqualTo(accepted);
        assertThat(answer.has("result") && Result.read(answer.get("result")) == null)
                .as("what the engine cannot read")
                .isEqualTo(!accepted);
        assertThat(SCHEMAS.problems("release", answer.deepCopy().put("lock", "a#1:b:c"))
                        .isEmpty())
                .isEqualTo(accepted);
        assertThat(Locks.validationError(answer) == null).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "release_url without lock|release_url|\"https://jenkins.example.com/mdoq/lock/release\"",
                "a lock that names no build|lock|\"release-gate\"",
                "an instance that is a list|instance|[]",
                "a parent_log that is a text|parent_log|\"42\"",
                "a test that is false|test|false"
            })
    void shouldRefuseARequestWith(String what, String field, String value) throws Exception {
        ObjectNode request = (ObjectNode) Schemas.MAPPER.readTree("""
                {"secret": "mdoq-is-awesome", "instance": {}, "parent_log": 42, "event": "before_release",
                 "webhook": "release-gate", "delivery": "msg_1"}""");
        assertThat(SCHEMAS.problems("request", request)).isEmpty();

        request.set(field, Schemas.MAPPER.readTree(value));

        assertThat(SCHEMAS.problems("request", request)).as(what).isNotEmpty();
    }

    @Test
    void shouldDescribeEachActionAndEachAnswerOfTheLockApi() throws Exception {
        JsonNode paths = SCHEMAS.openApi().get("paths");
        TreeSet<String> actions = new TreeSet<>();
        paths.fieldNames().forEachRemaining(path -> actions.add(path.substring(1)));
        TreeSet<String> described = new TreeSet<>();
        paths.at("/~1release/post/responses").fieldNames().forEachRemaining(described::add);

        assertThat(SCHEMAS.openApi().path("openapi").asText()).startsWith("3.1.");
        assertThat(actions).isEqualTo(new TreeSet<>(LockApi.ACTIONS));
        assertThat(described)
                .as("the answers of docs/protocol.md")
                .isEqualTo(new TreeSet<>(Pattern.compile("<a id=\"lock-api-(\\d+)\"></a>")
                        .matcher(Documents.read("docs/protocol.md"))
                        .results()
                        .map(match -> match.group(1))
                        .toList()));
    }

    @ParameterizedTest
    @CsvSource({
        "release, application/json",
        "log,     application/json",
        "status,  application/json",
        "release, application/x-www-form-urlencoded",
        "log,     application/x-www-form-urlencoded",
        "status,  application/x-www-form-urlencoded"
    })
    void shouldHaveExamplesThatFitTheirDescription(String action, String type) {
        Map<String, JsonNode> examples = SCHEMAS.examplesOfRequest(action, type);

        assertThat(examples).isNotEmpty();
        examples.forEach((name, body) -> assertThat(SCHEMAS.problemsOfRequest(action, type, body))
                .as(name)
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "release|{\"result\": \"success\"}|no lock",
                "release|{\"lock\": \"a#1:b:c\", \"result\": \"ok\"}|a result that is neither word",
                "release|{\"lock\": \"a#1:b:c\", \"result\": \"fail\", \"stop_release\": true}|a flag that is no text",
                "release|{\"lock\": \"a#1:b:c\", \"coverage\": 80}|a number",
                "log|{\"lock\": \"a#1:b:c\"}|no message",
                "log|{\"lock\": \"a#1:b:c\", \"message\": \" \"}|a blank message",
                "status|{\"secret\": \"mdoq-is-awesome\"}|no lock"
            })
    void shouldRefuseFormFieldsWith(String action, String fields, String what) throws Exception {
        assertThat(SCHEMAS.problemsOfRequest(
                        action, "application/x-www-form-urlencoded", Schemas.MAPPER.readTree(fields)))
                .as(what)
                .isNotEmpty();
    }

    @Test
    void shouldTellAnAnswerThatIsNotDescribed() throws Exception {
        JsonNode body = Schemas.MAPPER.readTree("{\"error\": \"no\"}");

        assertThat(SCHEMAS.problemsOfAnswer("release", 418, body)).isNotEmpty();
        assertThat(SCHEMAS.problemsOfAnswer("release", 200, body)).isNotEmpty();
        assertThat(SCHEMAS.problemsOfAnswer("release", 404, body)).isEqualTo(List.of());
    }
}

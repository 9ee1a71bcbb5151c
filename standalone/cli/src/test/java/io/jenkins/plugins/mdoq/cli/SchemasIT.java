package io.jenkins.plugins.mdoq.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the program sends and answers, held against the documented schemas. */
class SchemasIT extends JarFixture {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Schemas schemas;

    SchemasIT() throws Exception {
        schemas = new Schemas();
    }

    private void assertFits(TestEndpoint.Request request) {
        assertThat(schemas.problems("request", request.body()))
                .as(() -> request.body().toString())
                .isEmpty();
    }

    private int assertAnswerFits(TestEndpoint.Request request, String action, ObjectNode body) throws Exception {
        return assertFits(action, lockApi(request, action, body));
    }

    private int assertFits(String action, HttpResponse<String> answer) throws Exception {
        JsonNode body = Schemas.MAPPER.readTree(answer.body());
        assertThat(schemas.problemsOfAnswer(action, answer.statusCode(), body))
                .as(() -> answer.statusCode() + " " + answer.body())
                .isEmpty();
        return answer.statusCode();
    }

    @Test
    void shouldSendWhatTheSchemaOfRequestsSays() throws Exception {
        configure("", "blocking: true");
        JarRun run = release("true", "--instance", "name=shop", "version=v42", "--data", "ticket=SHOP-17");

        TestEndpoint.Request blocking = endpoint.next();
        assertFits(blocking);
        assertThat(blocking.body().has("lock")).isTrue();
        release(blocking, "success");
        TestEndpoint.Request last = endpoint.next();
        assertFits(last);
        assertThat(last.body().has("lock")).isFalse();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void shouldSendWhatTheSchemaSaysWhenTheLockIsGivenUp() throws Exception {
        configureAll(
                webhook("gate", endpoint.url(), "", "blocking: true") + "      - event: before_release_cancelled\n");
        JarRun run = release("true");
        endpoint.next();
        run.awaitLine("answered 200");
        run.terminate();

        assertFits(endpoint.next());
    }

    @Test
    void shouldAnswerWhatTheDescriptionOfTheLockApiSays() throws Exception {
        try (TestEndpoint closed = new TestEndpoint()) {
            configureAll(
                    webhook("gate", endpoint.url(), "", "blocking: true"),
                    webhook("closed", closed.url(), "allowFrom: [192.0.2.0/24]", "blocking: true\nonFail: CONTINUE"));
            release("true");
            TestEndpoint.Request asked = endpoint.next();
            TestEndpoint.Request shut = closed.next();
            String url = asked.body().get("release_url").asText();
            ObjectNode lock = json().put("lock", asked.lock());
            ObjectNode large = json().put("lock", "x".repeat(1024 * 1024));

            assertThat(assertAnswerFits(asked, "status", lock)).isEqualTo(200);
            assertThat(assertAnswerFits(asked, "log", lock.deepCopy().put("message", "half way")))
                    .isEqualTo(200);
            assertThat(assertAnswerFits(asked, "log", lock)).isEqualTo(400);
            assertThat(assertAnswerFits(asked, "release", lock.deepCopy().put("result", "ok")))
                    .isEqualTo(400);
            assertThat(assertFits("release", post(url, "wrong", JSON, lock.toString())))
                    .isEqualTo(401);
            assertThat(assertAnswerFits(shut, "release", json().put("lock", shut.lock())))
                    .isEqualTo(403);
            assertThat(assertAnswerFits(asked, "release", json().put("lock", "no-such-lock")))
                    .isEqualTo(404);
            assertThat(assertAnswerFits(asked, "release", large)).isEqualTo(413);
            assertThat(assertFits("release", post(url, SECRET, "text/plain", "{}")))
                    .isEqualTo(415);
            assertThat(assertAnswerFits(asked, "release", lock.deepCopy().put("result", "success")))
                    .isEqualTo(200);
            assertThat(assertAnswerFits(asked, "status", lock)).isEqualTo(200);
            assertThat(assertAnswerFits(asked, "release", lock.deepCopy().put("result", "fail")))
                    .isEqualTo(409);
            assertThat(assertAnswerFits(asked, "log", lock.deepCopy().put("message", "late")))
                    .isEqualTo(409);
        }
    }

    @Test
    void shouldUnderstandTheFormFieldsOfTheDescription() throws Exception {
        try (TestEndpoint other = new TestEndpoint()) {
            configureAll(
                    webhook("gate", endpoint.url(), "", "blocking: true"),
                    webhook("other", other.url(), "", "blocking: true"));
            JarRun run = release("true");
            TestEndpoint.Request asked = endpoint.next();
            TestEndpoint.Request second = other.next();

            assertThat(sendForm(asked, "log", "note")).isEqualTo(200);
            assertThat(sendForm(asked, "status", "question")).isEqualTo(200);
            assertThat(sendForm(asked, "release", "success")).isEqualTo(200);
            assertThat(sendForm(second, "release", "rollback")).isEqualTo(200);

            assertThat(run.exitCode()).isEqualTo(5);
            assertThat(run.out())
                    .anyMatch(line -> line.endsWith("| 128 of 256 tests passed"))
                    .anyMatch(line -> line.endsWith("decided by other: 20 % of the tests failed & more"));
        }
    }

    /** Sends an example of the description as a form would, but with a lock that there is; returns the status. */
    private int sendForm(TestEndpoint.Request request, String action, String example) throws Exception {
        ObjectNode fields = schemas.examplesOfRequest(action, FORM).get(example).deepCopy();
        fields.put("lock", request.lock()).put("secret", SECRET);
        assertThat(schemas.problemsOfRequest(action, FORM, fields)).isEmpty();
        String body = fields.properties().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue().asText(), UTF_8))
                .collect(Collectors.joining("&"));
        String url = request.body().get("release_url").asText().replaceFirst("release$", action);
        return assertFits(action, post(url, "", FORM, body));
    }
}

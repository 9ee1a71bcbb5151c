package io.jenkins.plugins.mdoq.lock;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.ADDRESS;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.SECRET;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lock API makes of a body, a content type and an action. */
class LockApiRequestTest {

    /** Held on to, as a logger that nobody holds may forget its level. */
    private static final Logger LOGGER = Logger.getLogger(LockApi.class.getName());

    @TempDir
    private Path folder;

    private LockApiFixture fixture;
    private String lock;

    @BeforeEach
    void holdALock() throws Exception {
        fixture = new LockApiFixture(folder);
        lock = fixture.hold();
    }

    @AfterEach
    void logAgain() {
        LOGGER.setLevel(null);
    }

    private LockAnswer ask(String contentType, byte[] body) {
        return fixture.api.answer(new LockRequest("release", contentType, body, SECRET, ADDRESS));
    }

    private void assertNothingWritten() throws Exception {
        assertThat(fixture.onDisk(lock).release()).isNull();
        assertThat(fixture.onDisk(lock).held()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{\"lock\":1",
                "{}{}",
                "<lock/>",
                "lock=a&secret=b",
                "{'a':1}"
            })
    @DisplayName("protocol: lock API 400 — not a JSON object")
    void shouldRefuseWhatIsNoObject(String body) throws Exception {
        LockAnswer answer = ask("application/json", body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error").textValue()).startsWith("the body is not exactly one JSON object: ");
    }

    @Test
    @DisplayName("protocol: lock API 400 — invalid UTF-8, and 20,000 levels")
    void shouldRefuseWhatCannotBeRead() throws Exception {
        assertThat(ask("application/json", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})
                        .body())
                .isEqualTo(object("{\"error\":\"the body is not valid UTF-8\"}"));
        LockAnswer deep = ask("application/json", "[".repeat(20_000).getBytes(StandardCharsets.UTF_8));
        assertThat(deep.status()).isEqualTo(400);
        assertThat(deep.body().get("error").textValue()).startsWith("the body is nested too deeply");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"lock\":null}", "{\"lock\":17}", "{\"lock\":[\"a\"]}"})
    @DisplayName("protocol: lock API 400 — the right secret, but no lock")
    void shouldSayThatTheLockIsMissing(String body) throws Exception {
        LockAnswer answer = ask("application/json", body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error").textValue())
                .isEqualTo("'lock' is missing; send the lock's value as a string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"ok\"", "\"\"", "null", "true", "1", "[\"fail\"]", "{\"is\":\"fail\"}"})
    @DisplayName("protocol: lock API 400 — a result that is neither word: nothing is written, the lock stays held")
    void shouldRefuseAResultThatIsNeitherWord(String result) throws Exception {
        LockAnswer answer = fixture.release(lock, "\"result\":" + result);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error").textValue())
                .isEqualTo("result is " + result + "; write \"success\" or \"fail\", or leave it out");
        assertNothingWritten();
    }

    @Test
    @DisplayName("protocol: lock API 413 — over 1 MiB")
    void shouldRefuseABodyThatIsTooLarge() {
        LockAnswer answer = ask("application/json", null);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body().get("error").textValue()).isEqualTo("the body is over 1 MiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/jsonp",
                "text/json",
                "",
                ";",
                "application/ json"
            })
    @DisplayName("protocol: lock API 415 — another content type")
    void shouldRefuseAnotherContentType(String type) throws Exception {
        byte[] body = body(lock, SECRET, "").getBytes(StandardCharsets.UTF_8);

        assertThat(ask(type, body).status()).isEqualTo(415);
        assertThat(ask(null, body).status()).isEqualTo(415);
        assertNothingWritten();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "Application/JSON", " application/json ;charset=\"UTF-8\""})
    void shouldTakeJsonHoweverItIsSpelt(String type) {
        assertThat(ask(type, body(lock, SECRET, "").getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unlock", "Release", "release/", "../release"})
    @DisplayName("protocol: lock API 404 — an action that there is not")
    void shouldNotKnowOtherActions(String action) throws Exception {
        LockAnswer answer = fixture.ask(action, body(lock, SECRET, ""));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().get("error").textValue())
                .isEqualTo("there is no such action; use release, log or status");
        assertNothingWritten();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "17", "\"\"", "\" \\n \"", "[\"m\"]"})
    @DisplayName("protocol: lock API 400 — a note without a message")
    void shouldRefuseANoteWithoutAMessage(String message) throws Exception {
        LockAnswer answer = fixture.log(lock, message);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error").textValue()).isEqualTo("'message' is missing; send the note as a string");
        assertThat(fixture.ask("log", body(lock, SECRET, "")).status()).isEqualTo(400);
        assertThat(fixture.onDisk(lock).progress()).isEmpty();
    }
}

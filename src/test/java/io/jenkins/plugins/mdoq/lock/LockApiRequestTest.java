package io.jenkins.plugins.mdoq.lock;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.ADDRESS;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.SECRET;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                .isEqualTo(
                        object("{\"error\":\"the body is not valid UTF-8 (byte 3, 0xFF); save or send it as UTF-8\"}"));
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
                "multipart/form-data",
                "application/x-www-form-urlencoded; charset=iso-8859-1",
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

    private LockAnswer askForm(String type, String body) {
        return fixture.api.answer(
                new LockRequest("release", type, body.getBytes(StandardCharsets.UTF_8), null, ADDRESS));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=UTF-8",
                "Application/X-WWW-Form-Urlencoded;charset=\"utf-8\""
            })
    @DisplayName("protocol: lock API — form fields, as PHP and curl send them by default")
    void shouldTakeFormFields(String type) throws Exception {
        LockAnswer answer = askForm(
                type,
                "lock=" + encoded(lock) + "&secret=" + encoded(SECRET) + "&result=fail&stop_release=1&message="
                        + encoded("Größe & Gewicht: 100% ✓") + "&ticket=4+2&empty=&bare&");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(fixture.onDisk(lock).outcome()).isEqualTo(Outcome.STOP);
        assertThat(fixture.onDisk(lock).release().data())
                .isEqualTo(object("{\"result\":\"fail\",\"stop_release\":true,\"message\":\"Größe & Gewicht: 100% ✓\","
                        + "\"ticket\":\"4 2\",\"empty\":\"\",\"bare\":\"\"}"));
    }

    @Test
    @DisplayName("protocol: lock API — of a field that stands twice the last one counts, and it is noted")
    void shouldTakeTheLastOfSeveralFieldsOfOneName() throws Exception {
        LockAnswer answer = askForm(
                "application/x-www-form-urlencoded",
                "result=fail&lock=" + encoded(lock) + "&secret=no&secret=" + encoded(SECRET) + "&result=success");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(fixture.onDisk(lock).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.onDisk(lock).release().notes())
                .contains(
                        "\"result\" is there twice; the last one counts",
                        "\"secret\" is there twice; the last one counts");
    }

    @Test
    @DisplayName("protocol: lock API — JSON that is sent as form fields, as curl -d does, is JSON")
    void shouldTakeJsonThatIsSentAsFormFields() throws Exception {
        LockAnswer answer =
                askForm("application/x-www-form-urlencoded", " \n" + body(lock, SECRET, "\"result\":\"fail\""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(fixture.onDisk(lock).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(fixture.onDisk(lock).release().notes())
                .containsExactly("the body is JSON, but was sent as form fields; send it as application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lock=%zz          | the body has a percent sign without two hexadecimal digits; encode each field (curl: --data-urlencode)",
                "lock=100%         | the body has a percent sign without two hexadecimal digits; encode each field (curl: --data-urlencode)",
                "lock=%4           | the body has a percent sign without two hexadecimal digits; encode each field (curl: --data-urlencode)",
                "secret=%ff%fe     | the body is not valid UTF-8",
                "%c3=1             | the body is not valid UTF-8"
            })
    @DisplayName("protocol: lock API 400 — form fields that cannot be decoded")
    void shouldRefuseFormFieldsThatCannotBeDecoded(String form, String error) throws Exception {
        LockAnswer answer = askForm("application/x-www-form-urlencoded", form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error").textValue()).isEqualTo(error);
        assertNothingWritten();
    }

    @Test
    void shouldBoundTheNumberOfFormFields() throws Exception {
        String most = "lock=" + encoded(lock) + "&secret=" + encoded(SECRET) + "&a=1".repeat(FormFields.MAX_FIELDS - 2);

        assertThat(askForm("application/x-www-form-urlencoded", most + "&b=2").body())
                .isEqualTo(object("{\"error\":\"the body has over 1000 form fields\"}"));
        assertNothingWritten();
        assertThat(askForm("application/x-www-form-urlencoded", most).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("protocol: lock API 415 — multipart, which PHP makes of an array, says what to send instead")
    void shouldSayWhatToSendInsteadOfMultipart() {
        assertThat(askForm("multipart/form-data; boundary=x", "--x--")
                        .body()
                        .get("error")
                        .textValue())
                .contains("http_build_query", "--data-urlencode");
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

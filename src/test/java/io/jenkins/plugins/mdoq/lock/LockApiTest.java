package io.jenkins.plugins.mdoq.lock;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.ADDRESS;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.OLD_SECRET;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.OTHERS_SECRET;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.SECRET;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every status of the protocol's table, and the fixture itself; what a release does is in {@link LocksTest}. */
class LockApiTest {

    private static final String NO_SUCH_LOCK = "team/app#17:release-gate:AAAAAAAAAAAAAAAAAAAAAAAA";

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

    @Test
    @DisplayName("protocol: lock API 200 — released now")
    void shouldRelease() throws Exception {
        LockAnswer answer = fixture.release(lock, "\"result\":\"fail\"");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(object("{\"released\":true,\"result\":\"fail\"}"));
        assertThat(answer.retryAfterSeconds()).isNull();
    }

    @Test
    @DisplayName("protocol: lock API 200 — a release without a result leaves the answer's, where there is one")
    void shouldReleaseWithoutAResult() throws Exception {
        assertThat(fixture.release(lock, "").body()).isEqualTo(object("{\"released\":true,\"result\":null}"));

        String answered = fixture.hold();
        fixture.answered(answered, 200, Result.FAIL, "{\"result\":\"fail\"}");
        assertThat(fixture.release(answered, "").body()).isEqualTo(object("{\"released\":true,\"result\":\"fail\"}"));
    }

    @Test
    @DisplayName("protocol: lock API 200 — the same release again: idempotent, written once")
    void shouldAnswerTheSameReleaseAgain() throws Exception {
        LockAnswer first = fixture.release(lock, "\"result\":\"fail\",\"stop_release\":true,\"message\":\"freeze\"");
        String written = Files.readString(Journal.in(folder).file());

        LockAnswer again = fixture.release(lock, "\"result\":\"FAIL\",\"stop_release\":\"1\"");

        assertThat(again).isEqualTo(first);
        assertThat(Files.readString(Journal.in(folder).file())).isEqualTo(written);
    }

    @Test
    @DisplayName("protocol: lock API 200 — the same release again after the build is over")
    void shouldAnswerTheSameReleaseAfterTheEnd() throws Exception {
        LockAnswer first = fixture.release(lock, "\"result\":\"success\"");
        fixture.over = true;
        fixture.write(new Fact.Settled(
                fixture.clock.instant(), fixture.key(lock), Outcome.SUCCESS, Action.CONTINUE, null, "ok"));

        assertThat(fixture.release(lock, "\"result\":\"success\"")).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"result\":\"success\"'|'\"result\":\"fail\"'|success",
                "'\"result\":\"success\"'|'\"result\":\"fail\",\"stop_release\":true'|success",
                "'\"result\":\"fail\",\"stop_release\":true'|'\"result\":\"fail\",\"rollback_release\":1'|fail",
                "'\"result\":\"fail\"'|'\"result\":\"fail\",\"stop_release\":true'|fail",
                "'\"result\":\"fail\"'|''|fail"
            })
    @DisplayName("protocol: lock API 409 — released already with another outcome: the first one stands")
    void shouldLetTheFirstReleaseStand(String first, String second, String stands) throws Exception {
        fixture.release(lock, first);
        Outcome outcome = fixture.onDisk(lock).outcome();

        LockAnswer answer = fixture.release(lock, second);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().get("released").booleanValue()).isTrue();
        assertThat(answer.body().get("result").textValue()).isEqualTo(stands);
        assertThat(answer.body().get("error").textValue()).contains("another outcome, which stands");
        assertThat(fixture.onDisk(lock).outcome()).isEqualTo(outcome);
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
    @ValueSource(strings = {"", ",\"secret\":\"\"", ",\"secret\":null", ",\"secret\":17"})
    @DisplayName("protocol: lock API 401 — no secret")
    void shouldAskForTheSecret(String secretField) throws Exception {
        for (String header : new String[] {null, ""}) {
            LockAnswer answer = fixture.ask(
                    "release", "{\"lock\":" + LockApiFixture.quoted(lock) + secretField + "}", header, ADDRESS);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body().get("error").textValue()).contains("'secret'", "X-MDOQ-Secret");
        }
        assertNothingWritten();
    }

    @Test
    @DisplayName("protocol: lock API 401 — a wrong secret, in the body or in the header")
    void shouldRefuseAWrongSecret() throws Exception {
        String bare = "{\"lock\":" + LockApiFixture.quoted(lock) + "}";

        for (LockAnswer answer : List.of(
                fixture.ask("release", body(lock, "wrong", "")),
                fixture.ask("release", body(lock, SECRET + " ", "")),
                fixture.ask("release", body(lock, "wrong", ""), SECRET, ADDRESS),
                fixture.ask("release", bare, "wrong", ADDRESS),
                fixture.ask("log", body(lock, "wrong", "\"message\":\"m\"")),
                fixture.ask("status", body(lock, "wrong", "")))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo(object("{\"error\":\"the secret is wrong\"}"));
        }
        assertNothingWritten();
    }

    @Test
    @DisplayName("protocol: lock API 401 — to a wrong secret a lock that exists looks like one that does not")
    void shouldNotTellStrangersWhichLocksExist() {
        LockAnswer existing = fixture.ask("status", body(lock, "wrong", ""));
        LockAnswer none = fixture.ask("status", body(NO_SUCH_LOCK, "wrong", ""));
        LockAnswer noForm = fixture.ask("status", body("not even the form of one", "wrong", ""));

        assertThat(existing).isEqualTo(none).isEqualTo(noForm);
    }

    @Test
    @DisplayName("protocol: lock API — the secret in X-MDOQ-Secret instead of the body")
    void shouldTakeTheSecretFromTheHeader() {
        assertThat(fixture.ask("release", "{\"lock\":" + LockApiFixture.quoted(lock) + "}", SECRET, ADDRESS)
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("protocol: secret — while one is rotated, each is accepted")
    void shouldTakeEachSecretWhileOneIsRotated() throws Exception {
        assertThat(fixture.ask("release", body(lock, OLD_SECRET, "")).status()).isEqualTo(200);
        assertThat(fixture.ask("release", body(fixture.hold(), SECRET, "")).status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("protocol: lock API 403 — an address outside of the webhook's allow-list, for every action")
    void shouldKeepToTheAllowList() throws Exception {
        String guarded = fixture.hold("198.51.100.0/24", "2001:db8::/32");

        for (String action : LockApi.ACTIONS) {
            String request = body(guarded, SECRET, "\"message\":\"m\"");
            assertThat(fixture.ask(action, request, null, "192.0.2.7").status()).isEqualTo(403);
            assertThat(fixture.ask(action, request, null, "2001:db9::1").status())
                    .isEqualTo(403);
            assertThat(fixture.ask(action, request, null, null).status()).isEqualTo(403);
        }
        assertThat(fixture.onDisk(guarded).held()).isTrue();
        assertThat(fixture.onDisk(guarded).progress()).isEmpty();
        assertThat(fixture.ask("status", body(guarded, SECRET, ""), null, "198.51.100.9")
                        .status())
                .isEqualTo(200);
        assertThat(fixture.ask("release", body(guarded, SECRET, ""), null, "2001:db8::9")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("protocol: lock API 403 — only who has the secret learns of the allow-list")
    void shouldAskForTheSecretBeforeTheAddress() throws Exception {
        String guarded = fixture.hold("198.51.100.0/24");

        assertThat(fixture.ask("release", body(guarded, "wrong", "")).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("protocol: lock API 404 — no such lock; another webhook's lock looks the same")
    void shouldNotTellAnothersLockFromNone() throws Exception {
        LockAnswer none = fixture.ask("release", body(NO_SUCH_LOCK, OTHERS_SECRET, ""));

        assertThat(none.status()).isEqualTo(404);
        assertThat(none.body()).isEqualTo(object("{\"error\":\"there is no such lock\"}"));
        for (String notYours : List.of(
                lock,
                "no form of one",
                "team/other#17:release-gate:AAAAAAAAAAAAAAAAAAAAAAAA",
                lock.replace("#17:", "#18:"),
                lock.replace("#17:", "#017:"),
                lock + "A",
                lock.toUpperCase(Locale.ROOT))) {
            for (String action : LockApi.ACTIONS) {
                assertThat(fixture.ask(action, body(notYours, OTHERS_SECRET, "\"message\":\"m\"")))
                        .isEqualTo(none);
            }
        }
        assertNothingWritten();
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

    private void assertGone() throws Exception {
        long size = Files.size(Journal.in(folder).file());
        for (LockAnswer answer : List.of(
                fixture.release(lock, "\"result\":\"success\""),
                fixture.log(lock, "\"still at it\""),
                fixture.status(lock))) {
            assertThat(answer.status()).isEqualTo(410);
            assertThat(answer.body().get("error").textValue()).startsWith("the lock is no longer held");
        }
        assertThat(Files.size(Journal.in(folder).file())).isEqualTo(size);
    }

    @Test
    @DisplayName("protocol: lock API 410 — the build that held it was aborted")
    void shouldBeGoneWhenCancelled() throws Exception {
        fixture.write(new Fact.Cancelled(fixture.clock.instant(), fixture.delivery(lock), "aborted by admin"));
        assertGone();
    }

    @Test
    @DisplayName("protocol: lock API 410 — the build that held it is over")
    void shouldBeGoneWhenTheBuildIsOver() throws Exception {
        fixture.over = true;
        assertGone();
    }

    @Test
    @DisplayName("protocol: lock API 410 — the lock expired")
    void shouldBeGoneWhenExpired() throws Exception {
        fixture.write(new Fact.Expired(fixture.clock.instant(), fixture.delivery(lock), "too late"));
        assertGone();
    }

    @Test
    @DisplayName("protocol: lock API 410 — the event was settled without it")
    void shouldBeGoneWhenSettled() throws Exception {
        fixture.write(new Fact.Settled(
                fixture.clock.instant(), fixture.key(lock), Outcome.STOP, Action.STOP, "other", "stop"));
        assertGone();
    }

    @Test
    @DisplayName("protocol: lock API 410 — the delivery failed for good, so that nobody waits for the lock")
    void shouldBeGoneWhenUndelivered() throws Exception {
        fixture.failed(lock, "refused");
        assertGone();
    }

    @Test
    @DisplayName("protocol: lock API 410 — the endpoint's own answer stopped the release already")
    void shouldBeGoneWhenTheAnswerWasDecisive() throws Exception {
        fixture.answered(lock, 200, Result.FAIL, "{\"result\":\"fail\",\"stop_release\":true}");
        assertGone();
    }

    @Test
    @DisplayName("protocol: lock API 429 — too many wrong secrets from one address, until the window has passed")
    void shouldThrottleGuessing() throws Exception {
        for (int i = 0; i < Throttle.TOLERATED; i++) {
            assertThat(fixture.ask("release", body(lock, "guess-" + i, "")).status())
                    .isEqualTo(401);
        }
        fixture.clock.advance(Duration.ofMillis(500));

        LockAnswer refused = fixture.release(lock, "");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.retryAfterSeconds()).isEqualTo("60");
        assertThat(fixture.ask("status", body(lock, SECRET, ""), null, "192.0.2.8")
                        .status())
                .as("another address")
                .isEqualTo(200);
        assertNothingWritten();

        fixture.clock.advance(Throttle.WINDOW);
        assertThat(fixture.release(lock, "").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("protocol: lock API 429 — only wrong secrets count")
    void shouldNotCountHonestMistakes() throws Exception {
        for (int i = 0; i < 3 * Throttle.TOLERATED; i++) {
            fixture.ask("release", "{}");
            fixture.ask("release", "not JSON");
            fixture.release(NO_SUCH_LOCK, "");
            fixture.release(lock, "\"result\":\"perhaps\"");
        }
        assertThat(fixture.release(lock, "").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("protocol: lock API 503 — Jenkins is still loading: come again")
    void shouldAskToComeAgainWhileLoading() throws Exception {
        fixture.ready = false;

        LockAnswer answer = fixture.release(lock, "");

        assertThat(answer).isEqualTo(LockApi.loading());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfterSeconds()).isEqualTo("10");
        assertNothingWritten();
        fixture.ready = true;
        assertThat(fixture.release(lock, "").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("protocol: lock API 503 — the history cannot be found or read: nothing was decided")
    void shouldAskToComeAgainWhenTheHistoryCannotBeRead() throws Exception {
        LOGGER.setLevel(Level.OFF);
        fixture.findFails = new IOException("stale file handle");

        LockAnswer answer = fixture.release(lock, "");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfterSeconds()).isEqualTo("10");
        assertThat(answer.body().toString()).doesNotContain("stale");
        assertNothingWritten();
        fixture.findFails = null;
        assertThat(fixture.release(lock, "").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("protocol: lock API 503 — the release cannot be written: nobody is told that it was released")
    void shouldAskToComeAgainWhenTheReleaseCannotBeWritten() throws Exception {
        LOGGER.setLevel(Level.OFF);
        Path noFolder = Files.createFile(folder.resolve("a-file")).resolve("below");
        AtomicReference<Path> place = new AtomicReference<>(folder);
        Journal moved = Journal.in(() -> place.getAndSet(noFolder));
        fixture.journalIs(moved);

        LockAnswer answer = fixture.release(lock, "\"result\":\"success\"");

        assertThat(answer.status()).isEqualTo(503);
        assertNothingWritten();
    }

    @Test
    @DisplayName("protocol: progress — a note is in the history, and the process told of it, before the answer")
    void shouldLogProgress() throws Exception {
        LockApiFixture.Waiter waiter = fixture.waits(lock);

        LockAnswer answer = fixture.log(lock, "\"Größe geprüft \\u2713 \\ud83d\\ude80\"");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(object("{\"logged\":true}"));
        assertThat(fixture.onDisk(lock).progress()).singleElement().satisfies(note -> {
            assertThat(note.message()).isEqualTo("Größe geprüft ✓ \ud83d\ude80");
            assertThat(note.by()).isEqualTo("endpoint at 192.0.2.7");
            assertThat(note.at()).isEqualTo(fixture.clock.instant());
        });
        assertThat(waiter.told).isEqualTo(List.copyOf(fixture.onDisk(lock).progress()));
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

    @Test
    @DisplayName("protocol: lock API 409 — a note after the release")
    void shouldRefuseANoteAfterTheRelease() throws Exception {
        fixture.release(lock, "");

        LockAnswer answer = fixture.log(lock, "\"one more thing\"");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(fixture.onDisk(lock).progress()).isEmpty();
    }

    @Test
    @DisplayName("protocol: lock API — status of a lock that is held, and of one that was released")
    void shouldTellTheStatus() throws Exception {
        assertThat(fixture.status(lock).body()).isEqualTo(object("{\"released\":false,\"result\":null}"));

        fixture.release(lock, "\"result\":\"fail\"");
        assertThat(fixture.status(lock).status()).isEqualTo(200);
        assertThat(fixture.status(lock).body()).isEqualTo(object("{\"released\":true,\"result\":\"fail\"}"));
    }

    @ParameterizedTest
    @CsvSource({"PT0S,1", "PT0.001S,1", "PT1S,1", "PT1.001S,2", "PT59.999S,60", "PT1H,3600"})
    void shouldRoundRetryAfterUpToWholeSeconds(Duration wait, String seconds) {
        assertThat(new LockAnswer(503, wait, object()).retryAfterSeconds()).isEqualTo(seconds);
    }
}

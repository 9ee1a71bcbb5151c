package io.jenkins.plugins.mdoq.lock;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.ADDRESS;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.OLD_SECRET;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.OTHERS_SECRET;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.SECRET;
import static io.jenkins.plugins.mdoq.lock.LockApiFixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use a lock: secrets, addresses, and what a caller learns who may not. */
class LockApiAccessTest {

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

    @Test
    @DisplayName("protocol: lock API 429 — too many wrong secrets from one address, until the window has passed")
    void shouldThrottleGuessing() throws Exception {
        for (int i = 0; i < Throttle.TOLERATED; i++) {
            assertThat(fixture.ask("release", body(lock, "guess-" + i, "")).status())
                    .isEqualTo(401);
        }
        fixture.clock.advance(Duration.ofMillis(500));

        LockAnswer refused = fixture.ask("release", body(lock, "one more guess", ""));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.retryAfterSeconds()).isEqualTo("60");
        assertThat(fixture.ask("status", body(lock, SECRET, ""), null, "192.0.2.8")
                        .status())
                .as("another address")
                .isEqualTo(200);
        assertNothingWritten();

        fixture.clock.advance(Throttle.WINDOW);
        assertThat(fixture.ask("release", body(lock, "another guess", "")).status())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("protocol: lock API 429 — a right secret always passes, however many wrong ones came from its address")
    void shouldNeverHoldUpARightSecret() throws Exception {
        for (int i = 0; i < 3 * Throttle.TOLERATED; i++) {
            fixture.ask("release", body(lock, "guess-" + i, ""));
            assertThat(fixture.ask("status", body(lock, SECRET, "")).status()).isEqualTo(200);
        }
        assertThat(fixture.ask("status", body(NO_SUCH_LOCK, OTHERS_SECRET, "")).status())
                .as("the secret of another webhook is a right one as well")
                .isEqualTo(404);
        assertThat(fixture.release(lock, "").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("protocol: lock value — what was made up is refused without a look at the disk")
    void shouldRefuseAForgedLockWithoutALookAtTheDisk() {
        fixture.findFails = new IOException("the disk was looked at");
        String token = lock.substring(lock.lastIndexOf(':') + 1);
        List<String> forged = List.of(
                NO_SUCH_LOCK,
                "team/app#17:release-gate:" + "A".repeat(46),
                lock.substring(0, lock.length() - 1),
                lock.substring(0, lock.length() - 22),
                lock + "A",
                lock.replace("#17:", "#18:"),
                lock.replace("team/app", "team/other"),
                lock.replace("release-gate", "smoke-test"),
                lock.replace(token, token.substring(0, 24) + "A".repeat(22)),
                lock.replace("/", "%2F").replace("#", "%23").replace(":", "%3A"),
                " " + lock,
                lock.toUpperCase(Locale.ROOT),
                LockValue.mint(new SecretLockKey(SecretLockKey.random()), "team/app", 17, "release-gate")
                        .toString(),
                "a".repeat(1_000_000) + "#17:release-gate:" + token);
        for (String each : forged) {
            assertThat(fixture.ask("release", body(each, SECRET, "")).status())
                    .as(each)
                    .isEqualTo(404);
            assertThat(fixture.ask("release", body(each, "wrong", ""), null, "198.51.100." + forged.indexOf(each))
                            .status())
                    .as(each)
                    .isEqualTo(401);
        }
        assertThat(fixture.ask("release", body(lock, SECRET, "")).status())
                .as("the genuine one is looked for")
                .isEqualTo(503);
    }

    @Test
    void shouldStillKnowALockOfAnOlderVersionThatIsWaitedFor() throws Exception {
        String older = fixture.holdLock("team/app#17:release-gate:" + LockValue.randomToken());
        assertThat(fixture.release(older, "").status()).isEqualTo(404);

        fixture.waits(older);
        assertThat(fixture.release(older, "").status()).isEqualTo(200);
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
}

package io.jenkins.plugins.mdoq.lock;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

/** Releases, notes and the status of a lock, and the answers when it is no longer held or cannot be looked up. */
class LockApiTest {

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

    private void assertGone() throws Exception {
        int before = fixture.facts(lock).size();
        for (LockAnswer answer : List.of(
                fixture.status(lock),
                fixture.release(lock, "\"result\":\"success\""),
                fixture.log(lock, "\"still at it\""))) {
            assertThat(answer.status()).isEqualTo(410);
            assertThat(answer.body().get("error").textValue()).startsWith("the lock is no longer held");
        }
        List<Fact> facts = fixture.facts(lock);
        assertThat(facts.subList(before, facts.size()))
                .as("nothing but that the release was refused")
                .singleElement()
                .isInstanceOfSatisfying(
                        Fact.Refused.class,
                        refused -> assertThat(refused.action()).isEqualTo("release"));
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
        fixture.write(new Fact.Expired(fixture.clock.instant(), fixture.delivery(lock), "too late", null));
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

    @ParameterizedTest
    @ValueSource(strings = {"a-file", "a-link"})
    @DisplayName("protocol: lock API 503 — the release cannot be written: nobody is told that it was released")
    void shouldAskToComeAgainWhenTheReleaseCannotBeWritten(String noFolder) throws Exception {
        LOGGER.setLevel(Level.OFF);
        Files.createFile(folder.resolve("a-file"));
        Files.createSymbolicLink(folder.resolve("a-link"), folder.resolve("not-mounted"));
        AtomicReference<Path> place = new AtomicReference<>(folder);
        Journal moved =
                Journal.in(() -> place.getAndSet(folder.resolve(noFolder).resolve("below")));
        fixture.journalIs(moved);

        LockAnswer answer = fixture.release(lock, "\"result\":\"success\"");

        assertThat(answer.status()).isEqualTo(503);
        assertNothingWritten();
    }

    @Test
    @DisplayName("protocol: progress — a note is in the history, and the process woken, before the answer")
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
        assertThat(waiter.woken)
                .singleElement()
                .satisfies(history -> assertThat(
                                history.eventOfLock(lock).entryOfLock(lock).progress())
                        .isEqualTo(fixture.onDisk(lock).progress()));
        assertNothingWritten();
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

package io.jenkins.plugins.mdoq.lock;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.kit.MovableClock;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a release and a note do to the history, and to a process that waits. */
class LocksTest {

    @TempDir
    private Path folder;

    private LockApiFixture fixture;
    private String lock;

    @BeforeEach
    void holdALock() throws Exception {
        fixture = new LockApiFixture(folder);
        lock = fixture.hold();
    }

    private String file() throws IOException {
        return Files.readString(Journal.in(folder).file());
    }

    @Test
    @DisplayName("protocol: lock API — a release is on disk before it is answered, and before the process is woken")
    void shouldBeOnDiskBeforeAnyoneIsWoken() throws Exception {
        List<Outcome> seenWhenWoken = new ArrayList<>();
        fixture.held.put(lock, new LockWaiters.Waiter() {
            @Override
            public Journal journal() {
                return Journal.in(folder);
            }

            @Override
            public Instant since() {
                return MovableClock.START;
            }

            @Override
            public void decide(Journal.Transaction transaction) {}

            @Override
            public void wake(History history) {
                try {
                    seenWhenWoken.add(fixture.onDisk(lock).outcome());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });

        LockAnswer answer = fixture.release(lock, "\"result\":\"fail\",\"rollback_release\":true");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(seenWhenWoken).containsExactly(Outcome.ROLLBACK);
        assertThat(fixture.onDisk(lock).release().by()).isEqualTo("endpoint at 192.0.2.7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"result\":\"success\"'|SUCCESS",
                "'\"result\":\"success\",\"stop_release\":true'|SUCCESS",
                "'\"result\":\"fail\"'|FAIL",
                "'\"result\":\"fail\",\"stop_release\":false,\"rollback_release\":\"no\"'|FAIL",
                "'\"result\":\"Fail\",\"stop_release\":\"true\"'|STOP",
                "'\"result\":\"fail\",\"rollback_release\":1'|ROLLBACK",
                "'\"result\":\"fail\",\"stop_release\":true,\"rollback_release\":true'|ROLLBACK"
            })
    @DisplayName("protocol: history decides — a release's result and flags, both flags: rollback wins")
    void shouldDecideByWhatTheReleaseSays(String fields, Outcome outcome) throws Exception {
        fixture.release(lock, fields);

        assertThat(fixture.onDisk(lock).outcome()).isEqualTo(outcome);
        assertThat(fixture.onDisk(lock).held()).isFalse();
    }

    @Test
    @DisplayName(
            "protocol: lock API — a release that comes while the build is not loaded is marked, for its resumption")
    void shouldMarkAReleaseThatNobodySees() throws Exception {
        fixture.log(lock, "\"note\"");
        fixture.release(lock, "\"result\":\"success\"");

        assertThat(fixture.onDisk(lock).release().wasUnseen()).isTrue();
        assertThat(fixture.facts(lock)).filteredOn(Fact::wasUnseen).hasSize(2);
    }

    @Test
    void shouldNotMarkAReleaseThatAProcessWaitsFor() throws Exception {
        LockApiFixture.Waiter waiter = fixture.waits(lock);
        fixture.log(lock, "\"note\"");
        fixture.release(lock, "\"result\":\"success\"");

        assertThat(fixture.facts(lock)).noneMatch(Fact::wasUnseen);
        assertThat(waiter.woken).hasSize(2);
        assertThat(waiter.woken.get(1).eventOfLock(lock).entryOfLock(lock).release())
                .isEqualTo(fixture.onDisk(lock).release());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("protocol: blocking — a build that is resumed during a release is woken by it")
    void shouldWakeAProcessThatResumesMeanwhile(boolean note) throws Exception {
        List<LockApiFixture.Waiter> resumed = new ArrayList<>();
        // The lock was looked for and nobody waited. Now the build resumes: it registers, and reads a journal without
        // a release in it. Only then the release is written.
        fixture.onFind = () -> resumed.add(fixture.waits(lock));

        LockAnswer answer = note ? fixture.log(lock, "\"note\"") : fixture.release(lock, "\"result\":\"success\"");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(resumed.get(0).woken).hasSize(1);
        assertThat(fixture.facts(lock)).noneMatch(Fact::wasUnseen);
    }

    @Test
    @DisplayName("protocol: lock API 200 — the same release again, also if the delivery failed after it")
    void shouldBeIdempotentWhateverBecameOfTheDelivery() throws Exception {
        assertThat(fixture.release(lock, "").status()).isEqualTo(200);
        fixture.failed(lock, "reset");

        LockAnswer again = fixture.release(lock, "");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(object("{\"released\":true,\"result\":\"fail\"}"));
        assertThat(fixture.release(lock, "\"result\":\"success\"").status()).isEqualTo(409);
    }

    @Test
    @DisplayName("protocol: lock API 200 — the same release again, also if the answer came after it")
    void shouldBeIdempotentWhateverWasAnsweredAfterwards() throws Exception {
        assertThat(fixture.release(lock, "\"stop_release\":true").status()).isEqualTo(200);
        fixture.answered(lock, 200, Result.FAIL, "{\"result\":\"fail\"}");

        assertThat(fixture.release(lock, "\"stop_release\":true").status()).isEqualTo(200);
        assertThat(fixture.release(lock, "").status()).isEqualTo(409);
        assertThat(fixture.onDisk(lock).outcome()).isEqualTo(Outcome.STOP);
    }

    @Test
    @DisplayName("protocol: blocking — an endpoint that releases before it has answered is not lost")
    void shouldReleaseBeforeTheAnswer() throws Exception {
        fixture.release(lock, "\"result\":\"success\"");

        assertThat(fixture.onDisk(lock).answer()).isNull();
        assertThat(fixture.onDisk(lock).state().closed()).isTrue();
    }

    @Test
    @DisplayName("protocol: lock API 409 — of many that release one lock at once exactly one wins")
    void shouldLetExactlyOneOfManyWin() throws Exception {
        LockApiFixture.Waiter waiter = fixture.waits(lock);
        List<String> outcomes = List.of(
                "\"result\":\"success\"",
                "\"result\":\"fail\"",
                "\"result\":\"fail\",\"stop_release\":true",
                "\"result\":\"fail\",\"rollback_release\":true");
        int each = 6;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(each * outcomes.size());
        try {
            List<Future<LockAnswer>> answers = new ArrayList<>();
            for (int i = 0; i < each * outcomes.size(); i++) {
                String fields = outcomes.get(i % outcomes.size());
                answers.add(pool.submit(() -> {
                    start.await();
                    return fixture.release(lock, fields);
                }));
            }
            start.countDown();

            List<Integer> statuses = new ArrayList<>();
            for (Future<LockAnswer> answer : answers) {
                statuses.add(answer.get(30, TimeUnit.SECONDS).status());
            }
            Outcome winner = fixture.onDisk(lock).outcome();
            for (int i = 0; i < statuses.size(); i++) {
                boolean same = List.of(Outcome.SUCCESS, Outcome.FAIL, Outcome.STOP, Outcome.ROLLBACK)
                                .indexOf(winner)
                        == i % outcomes.size();
                assertThat(statuses.get(i))
                        .as(outcomes.get(i % outcomes.size()))
                        .isEqualTo(same ? 200 : 409);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(file().lines().filter(line -> line.contains("\"fact\":\"released\"")))
                .hasSize(1);
        assertThat(waiter.woken)
                .as("by each that agrees, and by the first and the tenth that was refused")
                .hasSize(each + 2);
    }

    @Test
    @DisplayName("protocol: lock API — an operator's release goes into the same history under the operator's name")
    void shouldReleaseForAnOperator() throws Exception {
        LockStatus status = fixture.locks.release(lock, object("{\"result\":\"success\"}"), "ada", "at 192.0.2.7");

        assertThat(status).isEqualTo(new LockStatus(LockStatus.Kind.RELEASED, Result.SUCCESS));
        assertThat(fixture.onDisk(lock).release().by()).isEqualTo("operator ada at 192.0.2.7");
        assertThat(fixture.onDisk(lock).release().operator()).isEqualTo("ada");
        assertThat(fixture.locks
                        .release(lock, object("{\"result\":\"fail\"}"), "bob", "at 192.0.2.7")
                        .kind())
                .isEqualTo(LockStatus.Kind.RELEASED_OTHERWISE);
        assertThat(fixture.locks.release("no lock", object(), "bob", "at 192.0.2.7"))
                .isNull();
    }
}

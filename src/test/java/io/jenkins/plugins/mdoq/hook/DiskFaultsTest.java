package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.JournalCheck;
import io.jenkins.plugins.mdoq.history.SimulatedDisk;
import io.jenkins.plugins.mdoq.history.SimulatedDisk.Operation;
import io.jenkins.plugins.mdoq.kit.CapturedLog;
import io.jenkins.plugins.mdoq.lock.LockAnswer;
import io.jenkins.plugins.mdoq.lock.LockApi;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a disk that is full, read-only or slow comes to: the release fails with the reason, and all else goes on. */
class DiskFaultsTest {

    private static final Path FOLDER = Path.of("/jenkins/builds/7/mdoq");

    private final SimulatedDisk disk = new SimulatedDisk();
    private final Journal journal = disk.journal(FOLDER);
    private final EngineFixture fixture = new EngineFixture(journal, Facts.START, new TestDirectory());
    private CapturedLog log;

    @BeforeEach
    void listenToTheLog() {
        log = CapturedLog.of(LockApi.class);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void refuse(String reason, Operation... operations) {
        refuse(reason, 0, operations);
    }

    private void refuse(String reason, int keptOfWrites, Operation... operations) {
        Set<Operation> refused = Set.of(operations);
        disk.refuse(each -> refused.contains(each) ? new IOException(reason) : null, keptOfWrites);
    }

    private void repair() {
        disk.refuse(each -> null, 0);
    }

    private EventRun hold() {
        EventRun run = fixture.fire(fixture.webhook("gate", EngineFixture.blocking()));
        fixture.answer("gate", 200, "{}");
        return run;
    }

    private DeliveryHistory gate() {
        return fixture.history().entries().iterator().next();
    }

    private static void assertFailed(EventRun run, String reason) {
        assertThat(run.verdict()).isCompletedExceptionally();
        assertThatThrownBy(() -> run.verdict().join())
                .hasCauseInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the webhook history cannot be read or written: " + reason);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailTheReleaseAndAskNobodyIfNothingCanBeWritten(Operation operation) {
        refuse("No space left on device", operation);

        EventRun run = fixture.fire(fixture.webhook("gate", EngineFixture.blocking()));

        if (operation == Operation.CUT) {
            // Nothing is cut off a new file.
            assertThat(run.verdict()).isNotDone();
            return;
        }
        assertFailed(run, "No space left on device");
        assertThat(fixture.http.exchanges()).isEmpty();
        assertThat(fixture.held.size()).isZero();
    }

    @Test
    void shouldGoOnWithTheBuildsOfOtherDisks() {
        refuse("Read-only file system", Operation.MAKE_FOLDER, Operation.MAKE_FILE, Operation.WRITE);
        EventRun failed = fixture.fire(fixture.webhook("gate", EngineFixture.blocking()));
        Journal other = new SimulatedDisk().journal(FOLDER);
        EventRun run = fixture.engine.fire(
                fixture.process(8, other), EngineFixture.firing(fixture.webhook("gate", EngineFixture.plain())));
        fixture.settle();
        fixture.answer("gate", 200, "{}");

        assertFailed(failed, "Read-only file system");
        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 1_000_000})
    void shouldDecideNothingByAReleaseThatCannotBeWritten(int kept) throws Exception {
        EventRun run = hold();
        byte[] before = disk.bytes(journal.file());
        refuse("No space left on device", kept, Operation.WRITE);

        LockAnswer refused = fixture.release("gate", "{'result':'fail','stop_release':true}");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(10));
        assertThat(disk.bytes(journal.file())).isEqualTo(before);
        assertThat(run.verdict()).isNotDone();
        assertThat(gate().held()).isTrue();

        repair();
        assertThat(fixture.release("gate", "{'result':'success'}").status()).isEqualTo(200);
        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(journal.check("").state()).isEqualTo(JournalCheck.State.WHOLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40})
    void shouldDropWhatIsLeftOfALineThatCannotEvenBeTakenBack(int kept) throws Exception {
        EventRun run = hold();
        refuse("No space left on device", kept, Operation.WRITE, Operation.CUT);
        assertThat(fixture.release("gate", "{'result':'success'}").status()).isEqualTo(503);
        assertThat(gate().release()).isNull();

        repair();
        assertThat(fixture.release("gate", "{'result':'fail'}").status()).isEqualTo(200);
        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(journal.check("").state()).isEqualTo(JournalCheck.State.WHOLE);
        assertThat(journal.read().damage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 1_000_000})
    void shouldGoOnWithAReleaseThatIsLeftOnTheDiskOnceItsEndpointCallsAgain(int kept) throws Exception {
        EventRun run = hold();
        refuse("No space left on device", kept, Operation.WRITE, Operation.CUT);
        assertThat(fixture.release("gate", "{'result':'success'}").status()).isEqualTo(503);
        assertThat(gate().release()).isNotNull();
        assertThat(run.verdict()).isNotDone();

        repair();
        assertThat(fixture.release("gate", "{'result':'success'}").status()).isEqualTo(200);
        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.held.size()).isZero();
        assertThat(journal.check("").state()).isEqualTo(JournalCheck.State.WHOLE);
    }

    @Test
    void shouldFailTheReleaseIfAnAnswerCannotBeWrittenAndTakeItUpAgainWithTheSameDelivery() {
        EventRun run = fixture.fire(fixture.webhook("gate", EngineFixture.blocking()));
        String delivery = fixture.request("gate").text("delivery");
        refuse("No space left on device", Operation.WRITE);
        fixture.answer("gate", 200, "{'result':'success'}");

        assertFailed(run, "No space left on device");
        assertThat(fixture.held.size()).isZero();
        assertThat(fixture.scheduler.pending()).isZero();

        repair();
        EventRun resumed = fixture.resume();
        assertThat(fixture.request("gate").text("delivery")).isEqualTo(delivery);
        fixture.answer("gate", 200, "{'result':'success'}");
        assertThat(fixture.release("gate", "{}").status()).isEqualTo(200);
        assertThat(resumed.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldAnswerWhetherALockIsHeldOnADiskThatIsReadOnly() {
        hold();
        refuse("Read-only file system", Operation.WRITE, Operation.CUT);

        assertThat(fixture.call("status", "gate", fixture.lock("gate"), "{}").status())
                .isEqualTo(200);
        assertThat(fixture.call("log", "gate", fixture.lock("gate"), "{'message':'m'}")
                        .status())
                .isEqualTo(503);
        assertThat(log.lines()).anyMatch(line -> line.contains("could not read or write a webhook history"));
    }

    @Test
    void shouldNotTakeASlowDiskForASilentEndpointNorAskTwice() {
        disk.duringWrites(() -> fixture.clock.advance(Duration.ofSeconds(2)));
        EventRun run = fixture.fire(fixture.webhook(
                "gate", EngineFixture.blocking(Duration.ofMinutes(5), Duration.ofSeconds(20), OnLockTimeout.ROLLBACK)));
        fixture.answer("gate", 200, "{'message':'queued'}");
        for (int i = 0; i < 12; i++) {
            fixture.advance(Duration.ofSeconds(15));
            assertThat(fixture.call("log", "gate", fixture.lock("gate"), "{'message':'at work'}")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(fixture.release("gate", "{'result':'success'}").status()).isEqualTo(200);

        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.requests("gate")).hasSize(1);
        // One for what was fired, the answer and each note; one for the release with the verdict.
        assertThat(disk.writes()).isEqualTo(2 + 12 + 1);
    }

    @Test
    void shouldEndAnEndpointThatIsSilentOnASlowDiskToo() {
        disk.duringWrites(() -> fixture.clock.advance(Duration.ofSeconds(2)));
        EventRun run = fixture.fire(fixture.webhook(
                "gate", EngineFixture.blocking(Duration.ZERO, Duration.ofSeconds(20), OnLockTimeout.ROLLBACK)));
        fixture.answer("gate", 200, "{'message':'queued'}");
        fixture.advance(Duration.ofSeconds(30));

        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.ROLLBACK);
        assertThat(gate().expiry()).isNotNull();
    }
}

package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Endpoints that hold a lock and fall silent (protocol: "heartbeat"). */
class EventHeartbeatTest {

    private static final Duration BEAT = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
    }

    private static EventSettings beating() {
        return blocking(Duration.ZERO, BEAT, OnLockTimeout.FAIL);
    }

    private DeliveryHistory gate() {
        return fixture.history().entries().iterator().next();
    }

    private EventRun heldBy(EventSettings settings) {
        EventRun run = fixture.fire(fixture.webhook("gate", settings));
        fixture.answer("gate", 200, "{}");
        return run;
    }

    private int note() {
        return fixture.call("log", "gate", gate().plan().lock(), "{'message':'at work'}")
                .status();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("protocol: heartbeat — a silent endpoint is taken for dead, by the setting of the lock timeout")
    void shouldTakeASilentEndpointForDead(OnLockTimeout setting) {
        EventRun run = heldBy(blocking(Duration.ofHours(1), BEAT, setting));

        fixture.advance(BEAT.minusMillis(1));
        assertThat(run.verdict()).isNotDone();
        fixture.advance(Duration.ofMillis(1));

        assertThat(verdict(run).outcome()).isEqualTo(setting.outcome());
        assertThat(verdict(run).action()).isEqualTo(setting.action());
        assertThat(verdict(run).reason())
                .isEqualTo("heartbeat of 90s: no release of the lock and no progress since 2026-03-01 10:00:00 UTC");
        assertThat(gate().expiry().kind()).isEqualTo(Fact.Expired.Kind.HEARTBEAT);
        assertThat(note()).as("late progress").isEqualTo(410);
        assertThat(fixture.release("gate", "{'result':'success'}").status()).isEqualTo(410);
        assertThat(fixture.scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("protocol: heartbeat — each note of progress starts the time anew")
    void shouldStartTheTimeAnewWithEachNote() {
        EventRun run = heldBy(beating());
        for (int i = 0; i < 20; i++) {
            fixture.advance(BEAT.minusSeconds(1));
            assertThat(note()).isEqualTo(200);
        }
        Instant last = fixture.clock.instant();

        fixture.advance(BEAT.minusMillis(1));
        assertThat(run.verdict()).isNotDone();
        fixture.advance(Duration.ofMillis(1));

        assertThat(verdict(run).reason()).endsWith("no progress since 2026-03-01 10:29:40 UTC");
        assertThat(last).isEqualTo(Instant.parse("2026-03-01T10:29:40Z"));
    }

    @Test
    @DisplayName("protocol: lock timeout — progress does not move it")
    void shouldNotMoveTheLockTimeoutByProgress() {
        EventRun run = heldBy(blocking(Duration.ofMinutes(5), BEAT, OnLockTimeout.STOP));
        for (int i = 0; i < 4; i++) {
            fixture.advance(Duration.ofMinutes(1));
            note();
        }
        fixture.advance(Duration.ofMinutes(1));

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.STOP);
        assertThat(gate().expiry().kind()).isEqualTo(Fact.Expired.Kind.LOCK_TIMEOUT);
        assertThat(verdict(run).reason())
                .isEqualTo("lock timeout of 5m: the lock, held since 2026-03-01 10:00:00 UTC, was not released");
    }

    @Test
    void shouldNeedOneTimerHoweverManyNotesCome() {
        EventRun run = heldBy(blocking(Duration.ofHours(1), BEAT, OnLockTimeout.FAIL));
        int before = fixture.scheduler.delays().size();
        for (int i = 0; i < 500; i++) {
            fixture.advance(Duration.ofMillis(100));
            note();
            assertThat(fixture.scheduler.pending()).isEqualTo(1);
        }
        assertThat(fixture.scheduler.delays()).hasSize(before);

        fixture.release("gate", "{}");
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.scheduler.pending()).isZero();
    }

    @Test
    void shouldCountNotesThatAreNotKept() {
        EventRun run = heldBy(beating());
        for (int i = 0; i < Limits.PROGRESS_NOTES; i++) {
            note();
        }
        for (int i = 0; i < 10; i++) {
            fixture.advance(BEAT.minusSeconds(1));
            assertThat(note()).as("what comes close upon it").isEqualTo(note()).isEqualTo(200);
        }
        assertThat(run.verdict()).isNotDone();
        assertThat(gate().progress()).hasSize(Limits.PROGRESS_NOTES);
        assertThat(fixture.history().facts())
                .filteredOn(Fact.Beat.class::isInstance)
                .hasSize(10);

        fixture.advance(BEAT);
        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
    }

    @Test
    void shouldBeLateOnlyForItsOwnSilenceNotForOurRetries() {
        EventRun run = fixture.fire(fixture.webhook("gate", beating()));
        fixture.request("gate").answer(503, "down", Duration.ofSeconds(300));
        fixture.settle();
        fixture.advance(Duration.ofSeconds(299));
        assertThat(run.verdict()).as("it was told to be asked later").isNotDone();

        fixture.advance(Duration.ofSeconds(2));
        assertThat(fixture.requests("gate")).hasSize(2);
        fixture.answer("gate", 200, "{}");
        fixture.advance(BEAT.minusSeconds(1));
        assertThat(run.verdict()).isNotDone();
        fixture.advance(Duration.ofSeconds(1));

        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
    }

    @Test
    void shouldExpireWhileTheRequestIsInFlight() {
        EventRun run = fixture.fire(
                fixture.webhook("gate", blocking(Duration.ZERO, Duration.ofSeconds(30), OnLockTimeout.UNSTABLE)));

        fixture.advance(Duration.ofSeconds(30));

        assertThat(verdict(run).action()).isEqualTo(Action.UNSTABLE);
        assertThat(verdict(run).reason()).startsWith("heartbeat of 30s");
    }

    @Test
    void shouldKnowNoHeartbeatOnceTheLockWasReleased() {
        EventRun run = fixture.fire(fixture.webhook("gate", beating()), fixture.webhook("other", blocking()));
        fixture.answer("gate", 200, "{}");
        fixture.answer("other", 200, "{}");
        fixture.release("gate", "{}");
        fixture.advance(Duration.ofHours(1));
        fixture.release("other", "{}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(gate().expiry()).isNull();
    }

    @Test
    @DisplayName("protocol: heartbeat — it goes on where it was after a restart")
    void shouldGoOnAfterARestart() {
        heldBy(beating());
        fixture.advance(Duration.ofSeconds(10));
        note();
        fixture.advance(Duration.ofSeconds(20));

        fixture = fixture.restarted();
        EventRun run = fixture.resume();
        fixture.advance(Duration.ofSeconds(70).minusMillis(1));
        assertThat(run.verdict()).isNotDone();
        fixture.advance(Duration.ofMillis(1));

        assertThat(verdict(run).reason()).endsWith("since 2026-03-01 10:00:10 UTC");
    }

    @Test
    void shouldCountANoteThatCameWhileNobodyWaited() {
        heldBy(beating());
        String lock = gate().plan().lock();
        fixture.advance(Duration.ofSeconds(80));
        fixture = fixture.restarted();
        fixture.webhook("gate", beating());
        assertThat(fixture.call("log", "gate", lock, "{'message':'still there'}")
                        .status())
                .isEqualTo(200);

        EventRun run = fixture.resume();
        fixture.advance(BEAT.minusMillis(1));
        assertThat(run.verdict()).isNotDone();
        assertThat(fixture.facts("gate")).anyMatch(Fact.Progressed.class::isInstance);
        fixture.advance(Duration.ofMillis(1));

        assertThat(verdict(run).reason()).endsWith("since 2026-03-01 10:01:20 UTC");
    }

    @Test
    void shouldGiveAnEndpointTimeToComeAgainAfterALongRestart() {
        heldBy(beating());
        fixture.clock.set(Facts.START.plus(Duration.ofHours(1)));

        fixture = fixture.restarted();
        fixture.webhook("gate", beating());
        EventRun run = fixture.resume();
        fixture.advance(LockDeadlines.GRACE.minusMillis(1));
        assertThat(run.verdict())
                .as("nobody could report while the engine was down")
                .isNotDone();
        assertThat(note()).isEqualTo(200);
        fixture.advance(BEAT);

        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
    }

    @Test
    void shouldExpireAtOnceIfTheLockTimeoutPassedDuringARestart() {
        heldBy(blocking(Duration.ofMinutes(5), BEAT, OnLockTimeout.ROLLBACK));
        fixture.clock.set(Facts.START.plus(Duration.ofHours(1)));

        fixture = fixture.restarted();
        EventRun run = fixture.resume();

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.ROLLBACK);
        assertThat(gate().expiry().kind()).isEqualTo(Fact.Expired.Kind.LOCK_TIMEOUT);
    }

    @Test
    void shouldHaveNoHeartbeatWithoutALock() {
        EventSettings settings = EventSettings.of(ReleaseEvent.BEFORE_RELEASE);
        EventRun run = fixture.fire(fixture.webhook(
                "gate",
                new EventSettings(
                        settings.event(),
                        false,
                        BEAT,
                        settings.onFail(),
                        settings.onDeliveryError(),
                        BEAT,
                        OnLockTimeout.ROLLBACK)));
        assertThat(List.of(gate().plan())).allMatch(plan -> plan.heartbeatSeconds() == null && plan.deadline() == null);
        fixture.answer("gate", 200, "{}");
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }
}

package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.delivery.RetryPolicy;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.SimulatedDisk;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints and name services that come and go, and clocks that somebody sets. */
class FlappingTest {

    private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(30);

    private final SimulatedDisk disk = new SimulatedDisk();
    private EngineFixture fixture =
            new EngineFixture(disk.journal(Path.of("/jenkins/builds/7/mdoq")), Facts.START, new TestDirectory());

    private Webhook gate(Duration heartbeat) {
        return fixture.webhook("gate", EngineFixture.blocking(LOCK_TIMEOUT, heartbeat, OnLockTimeout.STOP));
    }

    private DeliveryHistory entry() {
        return fixture.history().entries().iterator().next();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldComeToAVerdictWithEndpointsThatComeAndGo(int seed) {
        Random random = new Random(seed);
        Webhook[] webhooks = IntStream.range(0, 20)
                .mapToObj(i -> fixture.webhook("endpoint-" + i, EngineFixture.plain()))
                .toArray(Webhook[]::new);
        EventRun run = fixture.fire(webhooks);
        for (int round = 0; !run.verdict().isDone() && round < 100; round++) {
            fixture.http.exchanges().stream()
                    .filter(FakeHttp.Exchange::inFlight)
                    .forEach(request -> {
                        boolean last = fixture.requests(request.webhook()).size() == 3;
                        switch (last ? 3 : random.nextInt(5)) {
                            case 0 -> request.breakOff(new IOException("reset"));
                            case 1 -> request.answer(502, "<html>bad gateway</html>");
                            case 2 -> request.answer(429, "busy", Duration.ofSeconds(random.nextInt(60)));
                            default -> request.answer(200, "{'result':'success'}");
                        }
                    });
            fixture.settle();
            fixture.advance(Duration.ofSeconds(20));
        }

        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
        EventHistory event = fixture.history();
        for (DeliveryHistory each : event.entries()) {
            List<String> ids = fixture.requests(each.plan().webhook()).stream()
                    .map(request -> request.text("delivery"))
                    .toList();
            assertThat(ids).hasSize(each.attempts()).containsOnly(each.plan().id());
            assertThat(each.failures()).hasSize(each.attempts() - 1);
        }
    }

    @Test
    void shouldOutliveANameServiceThatFailsForAWhile() {
        EventRun run = fixture.fire(fixture.webhook("gate", EngineFixture.plain()));
        fixture.request("gate").breakOff(new UnknownHostException("gate.example.com"));
        fixture.settle();
        fixture.advance(Duration.ofSeconds(2));
        fixture.request("gate").breakOff(new UnknownHostException("gate.example.com"));
        fixture.settle();
        fixture.advance(Duration.ofSeconds(3));
        fixture.answer("gate", 200, "{}");

        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(entry().failures()).hasSize(2);
    }

    @Test
    void shouldKeepALockTimeoutAsAPointInTimeWhenTheClockIsSetBack() {
        EventRun run = fixture.fire(gate(Duration.ZERO));
        fixture.answer("gate", 200, "{}");
        Instant deadline = entry().plan().deadline();
        fixture.clock.set(Facts.START.minus(Duration.ofHours(2)));
        fixture.advance(Duration.ofHours(2));
        assertThat(run.verdict()).isNotDone();

        fixture.advance(LOCK_TIMEOUT);
        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.STOP);
        assertThat(entry().expiry().at()).isEqualTo(deadline);
    }

    @Test
    void shouldLookAgainIfATimerGoesOffAndTheClockWasSetBackMeanwhile() {
        EventRun run = fixture.fire(gate(Duration.ZERO));
        fixture.answer("gate", 200, "{}");
        fixture.clock.set(Facts.START.minus(Duration.ofMinutes(5)));
        // Timers go by the time that passes, and know nothing of the clock.
        fixture.scheduler.runAll();
        fixture.settle();
        assertThat(run.verdict()).isNotDone();
        assertThat(entry().held()).isTrue();

        fixture.advance(LOCK_TIMEOUT.plusMinutes(5));
        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.STOP);
    }

    @Test
    void shouldEndALockOnceWhenTheClockIsSetForwardAndThenBack() {
        EventRun run = fixture.fire(gate(Duration.ZERO));
        fixture.answer("gate", 200, "{}");
        fixture.advance(Duration.ofHours(3));
        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.STOP);
        fixture.clock.set(Facts.START);

        assertThat(fixture.release("gate", "{'result':'success'}").status()).isEqualTo(410);
        fixture = fixture.restarted();
        assertThat(fixture.resume().verdict().join()).isEqualTo(run.verdict().join());
    }

    @Test
    void shouldNotWaitForAnotherAttemptLongerThanItEverWouldWhenTheClockIsSetBack() {
        fixture.fire(fixture.webhook("gate", EngineFixture.plain()));
        fixture.request("gate").answer(503, "down");
        fixture.settle();
        // The controller comes up again with a clock that is a day behind.
        fixture = new EngineFixture(fixture.journal, Facts.START.minus(Duration.ofDays(1)), fixture.directory);
        EventRun run = fixture.resume();
        fixture.advance(RetryPolicy.LONGEST_RETRY_AFTER);

        fixture.answer("gate", 200, "{}");
        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldCountAHeartbeatFromTheLastSignAlsoIfTheClockWasSetBackBeforeIt() {
        EventRun run = fixture.fire(gate(Duration.ofMinutes(2)));
        fixture.answer("gate", 200, "{}");
        fixture.clock.set(Facts.START.minus(Duration.ofMinutes(10)));
        fixture.scheduler.runAll();
        fixture.settle();
        assertThat(run.verdict()).isNotDone();
        assertThat(fixture.call("log", "gate", fixture.lock("gate"), "{'message':'at work'}")
                        .status())
                .isEqualTo(200);

        fixture.advance(Duration.ofMinutes(13));
        assertThat(run.verdict().join().outcome()).isEqualTo(Outcome.STOP);
    }
}

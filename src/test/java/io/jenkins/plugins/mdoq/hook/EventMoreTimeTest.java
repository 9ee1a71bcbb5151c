package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.lock.LockStatus;
import io.jenkins.plugins.mdoq.lock.Locks;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators who give a lock more time. */
@DisplayName("protocol: more time")
class EventMoreTimeTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final Duration MORE = Duration.ofMinutes(15);
    private static final Duration MOMENT = Duration.ofMillis(1);

    @TempDir
    private Path folder;

    private EngineFixture fixture;
    private EventRun run;
    private String lock;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
    }

    private void hold(EventSettings settings) {
        run = fixture.fire(fixture.webhook("gate", settings));
        fixture.answer("gate", 200, "{}");
        lock = fixture.lock("gate");
    }

    private Locks.Extension extend() throws IOException {
        return new Locks(fixture.directory, fixture.directory, fixture.held, fixture.clock, EngineFixture.LOCK_KEY)
                .extend(lock, MORE, "operator alice", "the tests are slow today");
    }

    private DeliveryHistory gate() {
        return fixture.history().entries().iterator().next();
    }

    @Test
    void shouldMoveTheLockTimeout() throws Exception {
        hold(blocking(TIMEOUT));
        fixture.advance(Duration.ofMinutes(10));

        Locks.Extension extension = extend();

        assertThat(extension.extended()).isTrue();
        assertThat(extension.deadline()).isEqualTo(Facts.START.plus(TIMEOUT).plus(MORE));
        assertThat(gate().deadline()).isEqualTo(extension.deadline());
        assertThat(gate().extensions()).singleElement().satisfies(given -> {
            assertThat(given.by()).isEqualTo("operator alice");
            assertThat(given.reason()).isEqualTo("the tests are slow today");
        });
        fixture.advance(Duration.ofMinutes(35).minus(MOMENT));
        assertThat(run.verdict()).isNotDone();
        fixture.advance(MOMENT);
        assertThat(verdict(run).reason()).startsWith("lock timeout of 45m");
    }

    @Test
    void shouldAddUpWhatIsGiven() throws Exception {
        hold(blocking(TIMEOUT));
        extend();

        assertThat(extend().deadline())
                .isEqualTo(Facts.START.plus(TIMEOUT).plus(MORE).plus(MORE));
    }

    @Test
    void shouldMoveAHeartbeat() throws Exception {
        hold(blocking(Duration.ZERO, Duration.ofSeconds(90), OnLockTimeout.FAIL));

        assertThat(extend().deadline()).isEqualTo(Facts.START.plusSeconds(90).plus(MORE));

        fixture.advance(MORE.plusSeconds(90).minus(MOMENT));
        assertThat(run.verdict()).isNotDone();
        fixture.advance(MOMENT);
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldHoldAfterARestart() throws Exception {
        hold(blocking(TIMEOUT));
        extend();

        fixture = fixture.restarted();
        run = fixture.resume();
        fixture.advance(TIMEOUT.plus(MORE).minus(MOMENT));
        assertThat(run.verdict()).isNotDone();
        fixture.advance(MOMENT);

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldBeGivenWhileNobodyWaits() throws Exception {
        hold(blocking(TIMEOUT));
        fixture = fixture.restarted();
        fixture.clock.set(Facts.START.plus(Duration.ofHours(1)));

        Locks.Extension extension = extend();

        assertThat(extension.deadline())
                .as("it has not expired yet, as nobody has looked")
                .isEqualTo(fixture.clock.instant().plus(MORE));
        run = fixture.resume();
        assertThat(run.verdict()).isNotDone();
    }

    @Test
    void shouldNotGiveALockADeadlineThatHasNone() throws Exception {
        hold(blocking());

        Locks.Extension extension = extend();

        assertThat(extension.extended()).isFalse();
        assertThat(extension.status().kind()).isEqualTo(LockStatus.Kind.HELD);
        assertThat(extension.deadline()).isNull();
        assertThat(fixture.facts("gate")).noneMatch(Fact.Extended.class::isInstance);
    }

    @Test
    void shouldNotReviveALockThatIsNoLongerHeld() throws Exception {
        hold(blocking(TIMEOUT));
        fixture.advance(TIMEOUT);

        Locks.Extension extension = extend();

        assertThat(extension.extended()).isFalse();
        assertThat(extension.status().kind()).isEqualTo(LockStatus.Kind.OVER);
        assertThat(gate().extensions()).isEmpty();
    }

    @Test
    void shouldKnowNoLockThatWasNeverHeld() throws Exception {
        lock = Facts.lock("gate");

        assertThat(extend()).isNull();
    }

    @Test
    void shouldBeToldInTheLog() throws Exception {
        hold(blocking(TIMEOUT));
        extend();

        fixture.advance(MOMENT);
        assertThat(fixture.facts("gate")).anyMatch(Fact.Extended.class::isInstance);
    }
}

package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks that are not released in time. */
class EventLockTimeoutTest {

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
    }

    private DeliveryHistory entry(String webhook) {
        return fixture.history().entries().stream()
                .filter(entry -> entry.plan().webhook().equals(webhook))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldFailAnEntryWhoseLockIsNotReleasedInTime() {
        EventRun run = fixture.fire(
                fixture.webhook("gate", blocking(Duration.ofMinutes(30))), fixture.webhook("other", blocking()));
        fixture.answer("gate", 200, "{'message':'queued'}");
        fixture.answer("other", 200, "{}");
        assertThat(entry("gate").plan().deadline()).isEqualTo(Facts.START.plus(Duration.ofMinutes(30)));

        fixture.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(entry("gate").expiry()).isNull();
        fixture.advance(Duration.ofMillis(1));
        assertThat(entry("gate").expiry()).isNotNull();
        assertThat(fixture.release("gate", "{'result':'success'}").status()).isEqualTo(410);
        assertThat(run.verdict())
                .as("the release fails anyway, so the other lock is not waited for")
                .isDone();
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict(run).reason())
                .isEqualTo("lock timeout of 30m: the lock, held since 2026-03-01 10:00:00 UTC, was not released");
    }

    @Test
    void shouldKnowNoDeadlineOnceTheLockWasReleased() {
        EventRun run = fixture.fire(
                fixture.webhook("gate", blocking(Duration.ofMinutes(30))), fixture.webhook("other", blocking()));
        fixture.answer("gate", 200, "{}");
        fixture.answer("other", 200, "{}");
        fixture.release("gate", "{}");
        fixture.advance(Duration.ofHours(1));
        assertThat(entry("gate").expiry()).isNull();
        fixture.release("other", "{}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldForgetADeadlineThatIsFarAwayOnceTheEventIsSettled() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking(Duration.ofDays(3650))));
        fixture.answer("gate", 200, "{}");
        assertThat(fixture.scheduler.pending()).isEqualTo(1);

        fixture.release("gate", "{}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.scheduler.pending()).isZero();
    }

    @Test
    void shouldExpireWhileTheRequestIsStillInFlight() {
        EventSettings settings = new EventSettings(
                ReleaseEvent.BEFORE_RELEASE,
                true,
                Duration.ofSeconds(10),
                OnFail.CONTINUE,
                OnDeliveryError.FAIL,
                Duration.ZERO,
                OnLockTimeout.UNSTABLE);
        EventRun run = fixture.fire(fixture.webhook("gate", settings));
        fixture.advance(Duration.ofSeconds(10));
        assertThat(verdict(run).action()).isEqualTo(Action.UNSTABLE);

        fixture.answer("gate", 200, "{'result':'fail','rollback_release':true}");
        assertThat(fixture.history().settled()).as("it came too late").isEqualTo(verdict(run));
        assertThat(entry("gate").answer()).as("and is kept").isNotNull();
    }
}

package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.DeliveryState;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are resumed after a restart. */
class EventResumeTest {

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
    }

    @Test
    void shouldSendNothingWhenCancelledBeforeItResumed() {
        fixture.fire(fixture.webhook("gate", blocking(), EngineFixture.hears()));
        EngineFixture after = fixture.restarted();
        EventRun run = after.engine.resume(after.process, "before_release");
        run.cancel("aborted");
        after.settle();

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(after.http.exchanges())
                .extracting(request -> request.text("event"))
                .containsExactly("before_release_cancelled");
    }

    @Test
    void shouldReportWhatCameWhileItWasNotRunningWhenItResumes() {
        fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{}");
        String lock = fixture.lock("gate");
        // A controller that is starting: the lock API works, but the run has not been resumed yet.
        EngineFixture after = fixture.restarted();
        assertThat(after.call("log", "gate", lock, "{'message':'halfway'}").status())
                .isEqualTo(200);
        assertThat(after.call("release", "gate", lock, "{'result':'fail','stop_release':true}")
                        .status())
                .isEqualTo(200);
        assertThat(after.told).isEmpty();
        EventRun run = after.resume();

        assertThat(after.told)
                .extracting(told -> told.fact().getClass().getSimpleName())
                .containsExactly("Progressed", "Released", "Settled");
        assertThat(after.told).extracting(EngineFixture.Told::webhook).containsExactly("gate", "gate", null);
        assertThat(verdict(run).action()).isEqualTo(Action.STOP);
        assertThat(after.http.exchanges()).isEmpty();
    }

    @Test
    void shouldWaitOnAfterARestartAndExpireAtTheSameTime() {
        fixture.fire(fixture.webhook("gate", blocking(Duration.ofMinutes(30))));
        fixture.answer("gate", 200, "{}");
        fixture.advance(Duration.ofMinutes(10));
        EngineFixture after = fixture.restarted();
        EventRun run = after.resume();
        assertThat(run.verdict()).isNotDone();
        assertThat(after.held.size()).isEqualTo(1);
        assertThat(run.since())
                .as("it waits since it was fired")
                .isEqualTo(fixture.history().fired().at());
        after.advance(Duration.ofMinutes(20).minusMillis(1));
        assertThat(run.verdict()).isNotDone();
        after.advance(Duration.ofMillis(1));

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldExpireAtOnceWhenTheDeadlinePassedWhileItWasNotRunning() {
        fixture.fire(fixture.webhook("gate", blocking(Duration.ofMinutes(30))));
        fixture.answer("gate", 200, "{}");
        fixture.clock.advance(Duration.ofHours(1));
        EngineFixture after = fixture.restarted();

        assertThat(verdict(after.resume()).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldHonourAReleaseThatCameInTimeWhenItResumesTooLate() {
        fixture.fire(fixture.webhook("gate", blocking(Duration.ofMinutes(30))));
        fixture.answer("gate", 200, "{}");
        String lock = fixture.lock("gate");
        EngineFixture after = fixture.restarted();
        after.call("release", "gate", lock, "{}");
        after.clock.advance(Duration.ofHours(1));

        assertThat(verdict(after.resume()).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldTryAgainWhenItIsDueAfterARestart() {
        fixture.fire(fixture.webhook("gate", plain()));
        fixture.request("gate").answer(429, "", Duration.ofSeconds(60));
        fixture.settle();
        fixture.clock.advance(Duration.ofSeconds(20));
        EngineFixture after = fixture.restarted();
        EventRun run = after.resume();
        after.advance(Duration.ofSeconds(39));
        assertThat(after.http.exchanges()).isEmpty();
        after.advance(Duration.ofSeconds(1));
        assertThat(after.request("gate").text("delivery"))
                .isEqualTo(fixture.request("gate").text("delivery"));
        after.answer("gate", 200, "{}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldReleaseLocksOfAWebhookThatIsGoneFromTheConfiguration() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{}");
        // The run was fired with a configuration that it keeps in its journal; only the credential must exist.
        EngineFixture after = fixture.restarted();
        EventRun resumed = after.resume();
        assertThat(after.call("release", "gate", fixture.lock("gate"), "{}").status())
                .isEqualTo(200);

        assertThat(verdict(resumed).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(run.verdict()).as("the run of the engine that is gone").isNotDone();
    }

    /** Leaves of the journal the lines up to the verdict, and some more. */
    private void tearBehindTheVerdict(int more) throws IOException {
        Path file = fixture.process.journal().file();
        List<String> lines = Files.readAllLines(file);
        int verdict = 0;
        while (!lines.get(verdict).contains("\"outcome\"")) {
            verdict++;
        }
        assertThat(lines).hasSizeGreaterThan(verdict + 1 + more);
        Files.write(file, lines.subList(0, verdict + 1 + more));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldTellOfLocksThatWereGivenUpAfterACrashBehindTheVerdict(int more) throws Exception {
        EventRun cancelled = fixture.fire(
                fixture.webhook("gate", blocking(), EngineFixture.hears()), fixture.webhook("deaf", blocking()));
        fixture.answer("gate", 200, "{}");
        fixture.answer("deaf", 200, "{}");
        cancelled.cancel("aborted");
        fixture.settle();
        tearBehindTheVerdict(more);
        EngineFixture after = fixture.restarted();
        EventRun run = after.resume();

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(after.http.exchanges())
                .extracting(request -> request.text("event"))
                .containsExactly("before_release_cancelled");
        assertThat(after.request("gate").text("reason")).isEqualTo("aborted");
        assertThat(run.notices()).isNotDone();
        assertThat(after.history().entries()).extracting(DeliveryHistory::state).containsOnly(DeliveryState.CANCELLED);
    }

    @Test
    void shouldTellNothingMoreOfALockThatWasReleased() {
        fixture.fire(fixture.webhook("gate", blocking(), EngineFixture.hears()));
        fixture.answer("gate", 200, "{}");
        fixture.release("gate", "{'result':'success'}");
        fixture.settle();
        EngineFixture after = fixture.restarted();
        EventRun run = after.resume();

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(run.notices()).isCompleted();
        assertThat(after.http.exchanges()).isEmpty();
    }
}

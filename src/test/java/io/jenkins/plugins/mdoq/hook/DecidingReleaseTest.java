package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases that decide at once, on the thread of whoever makes them, and what else happens at the same time. */
class DecidingReleaseTest {

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void open() {
        fixture = new EngineFixture(folder);
    }

    /** Releases the lock of the webhook {@code gate}, and leaves whoever it wakes asleep. */
    private void releaseGate(String data) throws IOException {
        fixture.locks.release(fixture.lock("gate"), Facts.json(data), "ada", "at 192.0.2.7");
    }

    @Test
    @DisplayName("protocol: lock API — a release that decides is on disk together with the verdict")
    void shouldWriteTheVerdictWithTheReleaseThatDecides() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{'result':'success'}");
        fixture.told.clear();

        // Nothing of the engine has run since, so nobody but the release itself can have written it.
        releaseGate("{'result':'success'}");
        assertThat(fixture.history().settled().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(run.verdict()).isNotDone();
        assertThat(fixture.told).isEmpty();

        int lines = Files.readAllLines(fixture.journal.file()).size();
        fixture.settle();
        assertThat(verdict(run)).isEqualTo(fixture.history().settled());
        assertThat(run.settled().settled()).isEqualTo(verdict(run));
        assertThat(fixture.journal.file()).content().hasLineCount(lines);
        assertThat(fixture.told)
                .extracting(EngineFixture.Told::fact)
                .hasExactlyElementsOfTypes(Fact.Released.class, Fact.Settled.class);
    }

    @Test
    @DisplayName("protocol: several webhooks on one event — a release that does not decide leaves the verdict open")
    void shouldNotDecideWithAReleaseWhileAnotherLockIsHeld() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()), fixture.webhook("slow", blocking()));
        fixture.answer("gate", 200, "{}");
        fixture.answer("slow", 200, "{}");

        releaseGate("{}");
        assertThat(fixture.history().settled()).isNull();
        fixture.settle();
        assertThat(run.verdict()).isNotDone();
        assertThat(run.settled()).isNull();

        fixture.release("slow", "{}");
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    @DisplayName("protocol: history decides — an answer that is here is read before a release that came later decides")
    void shouldReadAnAnswerThatCameBeforeTheReleaseFirst() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.request("gate").answer(200, "{'result':'fail','stop_release':true,'message':'no stock'}");

        releaseGate("{'result':'fail'}");
        assertThat(fixture.history().settled()).isNull();
        fixture.settle();
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.STOP);
        assertThat(verdict(run).reason()).isEqualTo("no stock");
    }

    @Test
    void shouldEndARunThatFindsItsEventDecidedWhenItWantsToSendOnceMore() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 503, "");

        EngineFixture other = fixture.restarted();
        other.engine.cancel(other.process, fixture.history().key(), "the build is over");
        other.settle();
        fixture.advance(Duration.ofMinutes(1));

        assertThat(fixture.requests("gate")).hasSize(1);
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(fixture.held.size()).isZero();
    }

    @Test
    @DisplayName("protocol: lock API — an event that is being cancelled is not decided by a release any more")
    void shouldLeaveTheVerdictToTheCancellationThatCameFirst() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{}");

        run.cancel("the build was aborted");
        releaseGate("{}");
        assertThat(fixture.history().settled()).isNull();
        fixture.settle();
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.CANCELLED);
    }
}

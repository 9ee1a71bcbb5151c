package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.lock.LockRequest;
import io.jenkins.plugins.mdoq.protocol.Action;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is reported comes in the journal's order, whoever wrote it and whoever was woken first. */
class EventOrderTest {

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void open() {
        fixture = new EngineFixture(folder);
    }

    /** Calls the lock API and leaves whoever it wakes asleep. */
    private static void call(EngineFixture engine, String action, String webhook, String lock, String fields) {
        assertThat(status(engine, action, webhook, lock, fields)).isEqualTo(200);
    }

    private static int status(EngineFixture engine, String action, String webhook, String lock, String fields) {
        ObjectNode body = Facts.json(fields);
        body.put("lock", lock).put("secret", EngineFixture.secret(webhook));
        return engine.api
                .answer(new LockRequest(
                        action,
                        "application/json",
                        body.toString().getBytes(StandardCharsets.UTF_8),
                        null,
                        "127.0.0.1"))
                .status();
    }

    private List<Fact> told(EngineFixture engine) {
        return engine.told.stream().map(EngineFixture.Told::fact).toList();
    }

    @Test
    void shouldReportAReleaseBeforeTheVerdictThatItLedToHoweverBusyTheOthersAre() {
        EventRun run = fixture.fire(
                fixture.webhook("one", blocking()),
                fixture.webhook("two", blocking()),
                fixture.webhook("three", blocking()));
        for (String webhook : List.of("one", "two", "three")) {
            fixture.answer(webhook, 200, "{}");
        }
        // The run is woken for the first note only when the release is on disk already.
        call(fixture, "log", "one", fixture.lock("one"), "{'message':'1 of 9'}");
        call(fixture, "log", "two", fixture.lock("two"), "{'message':'2 of 9'}");
        call(fixture, "release", "three", fixture.lock("three"), "{'result':'fail','stop_release':true}");
        assertThat(status(fixture, "log", "one", fixture.lock("one"), "{'message':'3 of 9'}"))
                .as("the release has decided, whoever has heard of it")
                .isEqualTo(410);
        fixture.settle();

        assertThat(verdict(run).action()).isEqualTo(Action.STOP);
        assertThat(told(fixture)).isEqualTo(fixture.history().facts());
        assertThat(told(fixture))
                .extracting(fact -> fact.getClass().getSimpleName())
                .containsSubsequence("Progressed", "Progressed", "Released", "Settled", "Cancelled", "Cancelled");
    }

    @Test
    void shouldReportAReleaseThatComesWhileTheRunResumesBeforeTheVerdictAndOnce() {
        fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{}");
        String lock = fixture.lock("gate");
        EngineFixture[] after = new EngineFixture[1];
        AtomicInteger uses = new AtomicInteger();
        // Its place is asked for at each use: the second is the look behind the run's registration as a waiter.
        Journal journal = Journal.in(() -> {
            if (uses.incrementAndGet() == 2) {
                call(after[0], "release", "gate", lock, "{'result':'fail','rollback_release':true}");
            }
            return folder;
        });
        after[0] = new EngineFixture(journal, fixture.clock.instant(), fixture.directory);
        fixture.directory.add(EngineFixture.JOB, EngineFixture.NUMBER, Journal.in(folder), false);
        EventRun run = after[0].engine.resume(
                new ReleaseProcess(
                        EngineFixture.JOB,
                        EngineFixture.NUMBER,
                        journal,
                        null,
                        null,
                        fact -> after[0].told.add(new EngineFixture.Told(null, fact))),
                "before_release");
        after[0].settle();

        assertThat(verdict(run).action()).isEqualTo(Action.ROLLBACK);
        assertThat(told(after[0]))
                .extracting(fact -> fact.getClass().getSimpleName())
                .containsExactly("Released", "Settled");
    }

    @Test
    void shouldReadAReplyThatIsHereBeforeTheLockExpires() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking(Duration.ofSeconds(30))));
        fixture.clock.advance(Duration.ofSeconds(30));
        // The deadline comes to its turn first, then the answer.
        while (fixture.scheduler.runNext()) {
            assertThat(fixture.requests("gate")).hasSize(1);
        }
        fixture.request("gate").answer(200, "{'result':'fail','rollback_release':true,'message':'undo it'}");
        fixture.settle();

        assertThat(verdict(run).action()).isEqualTo(Action.ROLLBACK);
        assertThat(verdict(run).reason()).isEqualTo("undo it");
        assertThat(fixture.history().entries().iterator().next().expiry()).isNull();
    }

    @Test
    void shouldExpireAllTheSameWhenTheReplyThatIsReadBeforeDecidesNothing() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking(Duration.ofSeconds(30))));
        fixture.clock.advance(Duration.ofSeconds(30));
        while (fixture.scheduler.runNext()) {
            assertThat(fixture.requests("gate")).hasSize(1);
        }
        fixture.request("gate").answer(200, "{}");
        fixture.settle();

        assertThat(verdict(run).reason()).startsWith("lock timeout of 30s");
        assertThat(told(fixture))
                .extracting(fact -> fact.getClass().getSimpleName())
                .endsWith("Answered", "Expired", "Settled");
    }

    @Test
    void shouldGoByTheFlagsOfAnAnswerThatComesAfterTheExpiryWhileOthersAreWaitedFor() {
        EventRun run = fixture.fire(
                fixture.webhook("gate", blocking(Duration.ofSeconds(10))), fixture.webhook("slow", plain()));
        fixture.advance(Duration.ofSeconds(10));
        fixture.answer("gate", 200, "{'result':'fail','rollback_release':true,'message':'undo it'}");
        assertThat(run.verdict()).isNotDone();
        fixture.answer("slow", 200, "{}");

        assertThat(verdict(run).action()).isEqualTo(Action.ROLLBACK);
        assertThat(verdict(run).webhook()).isEqualTo("gate");
        assertThat(verdict(run).reason()).isEqualTo("undo it");
    }
}

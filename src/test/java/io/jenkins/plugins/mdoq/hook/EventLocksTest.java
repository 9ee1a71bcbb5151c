package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.delivery.WebhookSender;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for locks; protocol: "blocking", "locking order", "progress", "several webhooks", "the lock API". */
class EventLocksTest {

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
    @DisplayName("protocol: blocking — the process halts until the lock has been removed")
    void shouldWaitUntilTheLockIsReleasedAfterTheAnswer() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        assertThat(fixture.request("gate").body().path("release_url").textValue())
                .isEqualTo(EngineFixture.RELEASE_URL.toString());
        assertThat(fixture.request("gate").body().path("log_url").textValue())
                .isEqualTo(EngineFixture.LOG_URL.toString());
        assertThat(fixture.lock("gate")).startsWith("shop/release#7:gate:");
        fixture.answer("gate", 200, "{'result':'success'}");
        fixture.advance(Duration.ofDays(365));
        assertThat(run.verdict()).as("it waits indefinitely").isNotDone();
        assertThat(fixture.held.size()).isEqualTo(1);

        assertThat(fixture.call("log", "gate", fixture.lock("gate"), "{'message':'halfway'}")
                        .status())
                .isEqualTo(200);
        assertThat(fixture.facts("gate")).last().isInstanceOf(Fact.Progressed.class);
        assertThat(run.verdict()).isNotDone();
        assertThat(fixture.release("gate", "{'message':'done'}").status()).isEqualTo(200);

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.held.size()).isZero();
        assertThat(entry("gate").progress())
                .extracting(Fact.Progressed::message)
                .containsExactly("halfway");
        assertThat(entry("gate").release().asleep()).isNull();
    }

    @Test
    void shouldKeepAReleaseThatComesBeforeTheAnswerAndWaitForTheAnswer() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        assertThat(fixture.release("gate", "{'message':'done'}").status()).isEqualTo(200);
        assertThat(run.verdict()).as("the answer may still stop the release").isNotDone();
        fixture.answer("gate", 200, "{'result':'fail','stop_release':true}");

        assertThat(verdict(run).action()).isEqualTo(Action.STOP);
        assertThat(verdict(run).reason()).isEqualTo("done");
        assertThat(fixture.told)
                .extracting(told -> told.fact().getClass().getSimpleName())
                .containsExactly("Fired", "Attempted", "Released", "Answered", "Settled");
    }

    @Test
    void shouldTryAgainToGetTheAnswerAfterAReleaseWithoutAResult() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.release("gate", "{}");
        fixture.answer("gate", 503, "");
        fixture.advance(Duration.ofSeconds(1));
        assertThat(fixture.requests("gate")).hasSize(2);
        fixture.answer("gate", 200, "{'result':'success'}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldSettleOnAReleaseWithAResultWithoutWaitingForTheAnswer() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.release("gate", "{'result':'fail','rollback_release':1,'message':'undo'}");
        assertThat(verdict(run).action()).isEqualTo(Action.ROLLBACK);

        fixture.request("gate").breakOff(new IOException("reset"));
        fixture.advance(Duration.ofHours(1));
        assertThat(fixture.requests("gate")).hasSize(1);
        assertThat(fixture.history().settled()).isEqualTo(verdict(run));
        assertThat(entry("gate").outcome()).isEqualTo(Outcome.ROLLBACK);
    }

    @Test
    void shouldPutTheReleasesResultOverADeliveryThatFails() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()), fixture.webhook("slow", plain()));
        fixture.release("gate", "{'result':'success'}");
        fixture.request("gate").breakOff(new ConnectException("refused"));
        fixture.advance(Duration.ofMinutes(2));
        assertThat(fixture.requests("gate")).as("the release has decided").hasSize(1);
        assertThat(entry("gate").failures()).hasSize(1).allMatch(failure -> failure.retryAt() == null);
        fixture.answer("slow", 200, "{}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldCloseTheLockOfADeliveryThatFailed() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()), fixture.webhook("slow", blocking()));
        for (int i = 0; i < 3; i++) {
            fixture.request("gate").breakOff(new ConnectException("refused"));
            fixture.advance(Duration.ofSeconds(10));
        }
        assertThat(run.verdict()).isNotDone();
        assertThat(fixture.release("gate", "{'result':'success'}").status()).isEqualTo(410);
        fixture.answer("slow", 200, "{}");
        fixture.release("slow", "{}");

        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
        assertThat(verdict(run).webhook()).isEqualTo("gate");
    }

    @Test
    @DisplayName("protocol: several webhooks on one event — the build waits for all locks")
    void shouldWaitForAllLocks() {
        EventRun run = fixture.fire(
                fixture.webhook("one", blocking()),
                fixture.webhook("two", blocking()),
                fixture.webhook("chat", plain()));
        for (String webhook : List.of("one", "two", "chat")) {
            fixture.answer(webhook, 200, "{}");
        }
        fixture.release("two", "{}");
        assertThat(run.verdict()).isNotDone();
        fixture.release("one", "{'result':'fail'}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict(run).webhook()).isEqualTo("one");
    }

    @Test
    @DisplayName("protocol: locking order — create the lock, then call the endpoint")
    void shouldHaveTheLockOnDiskBeforeTheRequestLeaves() {
        Webhook gate = fixture.webhook("gate", blocking());
        String[] onDisk = new String[1];
        WebhookSender looksFirst = request -> {
            try {
                onDisk[0] = Files.readString(fixture.journal.file());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return fixture.http.send(request);
        };
        EngineServices services = fixture.services(fixture.executor, looksFirst);
        new ReleaseHook(services).fire(fixture.process, EngineFixture.firing(gate));
        fixture.settle();

        assertThat(fixture.requests("gate")).hasSize(1);
        assertThat(onDisk[0])
                .endsWith("\n")
                .contains("\"lock\":\"" + fixture.lock("gate") + "\"", "\"fact\":\"attempt\"");
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
        assertThat(run.verdict()).as("the other lock is still held").isNotDone();
        fixture.release("other", "{}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict(run).reason()).isEqualTo("the lock was not released by 2026-03-01T10:30:00Z");
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
                ReleaseEvent.BEFORE_RELEASE, true, Duration.ofSeconds(10), OnFail.UNSTABLE, OnDeliveryError.FAIL);
        EventRun run = fixture.fire(fixture.webhook("gate", settings));
        fixture.advance(Duration.ofSeconds(10));
        assertThat(verdict(run).action()).isEqualTo(Action.UNSTABLE);

        fixture.answer("gate", 200, "{'result':'fail','rollback_release':true}");
        assertThat(fixture.history().settled()).as("it came too late").isEqualTo(verdict(run));
        assertThat(entry("gate").answer()).as("and is kept").isNotNull();
    }

    @Test
    @DisplayName("protocol: several webhooks on one event — a stop does not wait for the others' locks")
    void shouldNotWaitForTheOthersLockWhenOneStopsTheRelease() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()), fixture.webhook("stopper", plain()));
        fixture.answer("gate", 200, "{}");
        fixture.answer("stopper", 200, "{'result':'fail','stop_release':true,'message':'no'}");

        assertThat(verdict(run))
                .isEqualTo(new Fact.Settled(Facts.START, "before_release", Outcome.STOP, Action.STOP, "stopper", "no"));
        assertThat(fixture.requests("stopper")).hasSize(1);
        FakeHttp.Exchange told = fixture.request("gate");
        assertThat(told.text("event")).isEqualTo("before_release_cancelled");
        assertThat(told.text("lock")).isEqualTo(fixture.lock("gate"));
        assertThat(told.text("reason")).isEqualTo("no");
        assertThat(told.text("delivery"))
                .isNotEqualTo(fixture.requests("gate").get(0).text("delivery"));
        assertThat(told.body().has("release_url")).isFalse();
        assertThat(fixture.release("gate", "{'result':'success'}").status()).isEqualTo(410);
        assertThat(fixture.call("log", "gate", fixture.lock("gate"), "{'message':'m'}")
                        .status())
                .isEqualTo(410);
        assertThat(fixture.call("status", "gate", fixture.lock("gate"), "{}").status())
                .isEqualTo(410);

        assertThat(run.notices()).isNotDone();
        told.answer(200, "");
        fixture.settle();
        assertThat(run.notices()).isCompleted();
        assertThat(entry("gate").notices()).extracting(Fact.Noticed::status).containsExactly(200);
        assertThat(entry("gate").cancellation().reason()).isEqualTo("no");
    }

    @Test
    void shouldWaitForTheOthersPendingDeliveryWhenOneStopsTheRelease() {
        EventRun run = fixture.fire(fixture.webhook("stopper", plain()), fixture.webhook("slow", blocking()));
        fixture.answer("stopper", 200, "{'result':'fail','stop_release':true}");
        assertThat(run.verdict()).isNotDone();
        fixture.answer("slow", 503, "");
        assertThat(run.verdict()).isNotDone();
        fixture.advance(Duration.ofSeconds(1));
        fixture.answer("slow", 200, "{'result':'fail','rollback_release':true}");

        assertThat(verdict(run).action()).as("the graver of the two").isEqualTo(Action.ROLLBACK);
        assertThat(verdict(run).webhook()).isEqualTo("slow");
    }

    @Test
    void shouldStopWithoutWaitingForTheOwnLock() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{'result':'fail','stop_release':true}");

        assertThat(verdict(run).action()).isEqualTo(Action.STOP);
        assertThat(fixture.requests("gate")).as("it knows what it said").hasSize(1);
        assertThat(fixture.release("gate", "{}").status()).isEqualTo(410);
    }

    @Test
    void shouldCloseTheLocksAndTellTheEndpointsWhenCancelled() {
        EventRun run = fixture.fire(
                fixture.webhook("held", blocking()),
                fixture.webhook("flying", blocking()),
                fixture.webhook("chat", plain()));
        fixture.answer("held", 200, "{'message':'queued'}");
        run.cancel("aborted by admin");
        fixture.settle();

        assertThat(verdict(run))
                .isEqualTo(new Fact.Settled(
                        Facts.START, "before_release", Outcome.CANCELLED, Action.STOP, null, "aborted by admin"));
        for (String webhook : List.of("held", "flying")) {
            assertThat(fixture.request(webhook).text("event")).isEqualTo("before_release_cancelled");
            assertThat(fixture.release(webhook, "{'result':'success'}").status())
                    .isEqualTo(410);
            assertThat(entry(webhook).cancellation().reason()).isEqualTo("aborted by admin");
        }
        assertThat(fixture.requests("chat")).as("it holds no lock").hasSize(1);
        assertThat(fixture.held.size()).isZero();
        fixture.request("held").breakOff(new ConnectException("refused"));
        fixture.request("flying").answer(500, "");
        fixture.settle();
        assertThat(run.notices()).as("best effort: told once").isCompleted();
        fixture.advance(Duration.ofHours(1));
        assertThat(fixture.requests("held")).hasSize(2);
        assertThat(entry("held").notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.error()).contains("refused"));
    }

    @Test
    void shouldFireNothingWhenCancelledBeforeItBegan() {
        EventRun run = fixture.engine.fire(fixture.process, EngineFixture.firing(fixture.webhook("gate", blocking())));
        run.cancel("aborted");
        fixture.settle();

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(fixture.http.exchanges()).isEmpty();
        assertThat(fixture.journal.exists()).isFalse();
        assertThat(fixture.held.size()).isZero();
    }

    @Test
    void shouldSendNothingWhenCancelledBeforeItResumed() {
        fixture.fire(fixture.webhook("gate", blocking()));
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
    void shouldChangeNothingWhenCancelledAfterTheVerdict() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", plain()));
        fixture.answer("gate", 200, "{}");
        byte[] before = Files.readAllBytes(fixture.journal.file());
        run.cancel("aborted");
        fixture.settle();

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(Files.readAllBytes(fixture.journal.file())).isEqualTo(before);
        assertThat(fixture.requests("gate")).hasSize(1);
    }

    @Test
    void shouldTellWhatCameWhileItWasAsleepWhenItResumes() {
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
        after.advance(Duration.ofMinutes(20).minusMillis(1));
        assertThat(run.verdict()).isNotDone();
        after.advance(Duration.ofMillis(1));

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldExpireAtOnceWhenTheDeadlinePassedWhileItWasAsleep() {
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

    @Test
    void shouldKeepSecretsThatEndpointsEchoOutOfTheJournalAndTheListener() throws Exception {
        String secret = EngineFixture.secret("gate");
        Webhook gate = fixture.webhook("gate", blocking());
        fixture.webhook("other", plain());
        EventRun run = fixture.fire(new FireRequest(
                "before_release",
                ReleaseEvent.BEFORE_RELEASE,
                List.of(gate),
                Facts.json("{'env':'TOKEN=" + secret + "'}"),
                Facts.json("{'more':['" + secret + "']}")));
        assertThat(fixture.request("gate").body().get("instance").get("env").textValue())
                .as("the endpoint is sent what the caller gave")
                .isEqualTo("TOKEN=" + secret);
        fixture.answer("gate", 500, "<pre>X-MDOQ-Secret: " + secret + " " + EngineFixture.secret("other") + "</pre>");
        fixture.advance(Duration.ofSeconds(1));
        fixture.request("gate").breakOff(new IOException("header " + secret));
        fixture.advance(Duration.ofSeconds(2));
        fixture.answer(
                "gate", 200, "{'got':{'secret':'" + secret + "','" + secret + "':1},'stop_release':'" + secret + "'}");
        fixture.call("log", "gate", fixture.lock("gate"), "{'message':'using " + secret + "'}");
        fixture.release("gate", "{'result':'fail','stop_release':true,'message':'wrong secret " + secret + "'}");
        assertThat(verdict(run).action()).isEqualTo(Action.STOP);

        String journal = Files.readString(fixture.journal.file(), StandardCharsets.UTF_8);
        assertThat(journal).contains("****");
        for (String text :
                List.of(journal, fixture.told.toString(), verdict(run).toString())) {
            assertThat(text).doesNotContain(secret, secret.replace("/", "\\/"), EngineFixture.secret("other"));
        }
    }

    @Test
    void shouldHoldNoThreadWhileItWaitsHoweverManyWait() {
        Webhook gate = fixture.webhook("gate", blocking(Duration.ofDays(7)));
        List<EventRun> runs = new ArrayList<>();
        Set<Thread> withOne = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            Journal journal = Journal.in(folder.resolve("build-" + i % 20));
            FireRequest firing =
                    new FireRequest("key-" + i, ReleaseEvent.BEFORE_RELEASE, List.of(gate), Facts.json("{}"), null);
            runs.add(fixture.engine.fire(fixture.process(i % 20, journal), firing));
            fixture.settle();
            fixture.request("gate").answer(200, "{}");
            fixture.settle();
            if (i == 0) {
                withOne.addAll(Thread.getAllStackTraces().keySet());
            }
        }

        assertThat(fixture.held.size()).isEqualTo(1_000);
        assertThat(runs).noneMatch(run -> run.verdict().isDone());
        // This fixture has no threads of its own: whatever ran them was this very thread, and it is free.
        assertThat(withOne)
                .containsAll(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getThreadGroup()
                                == Thread.currentThread().getThreadGroup())
                        .toList());
    }
}

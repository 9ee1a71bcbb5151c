package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.Rig.blocking;
import static io.jenkins.plugins.mdoq.hook.Rig.plain;
import static io.jenkins.plugins.mdoq.hook.Rig.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Action;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.HistoryEntry;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.OnDeliveryError;
import io.jenkins.plugins.mdoq.history.OnFail;
import io.jenkins.plugins.mdoq.history.Outcome;
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
class HookLocksTest {

    @TempDir
    private Path folder;

    private Rig rig;

    @BeforeEach
    void build() {
        rig = new Rig(folder);
    }

    private HistoryEntry entry(String webhook) {
        return rig.history().entries().stream()
                .filter(entry -> entry.plan().webhook().equals(webhook))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("protocol: blocking — the process halts until the lock has been removed")
    void shouldWaitUntilTheLockIsReleasedAfterTheAnswer() {
        HookRun run = rig.fire(rig.webhook("gate", blocking()));
        assertThat(rig.request("gate").body().path("release_url").textValue()).isEqualTo(Rig.RELEASE_URL.toString());
        assertThat(rig.request("gate").body().path("log_url").textValue()).isEqualTo(Rig.LOG_URL.toString());
        assertThat(rig.lock("gate")).startsWith("shop/release#7:gate:");
        rig.answer("gate", 200, "{'result':'success'}");
        rig.advance(Duration.ofDays(365));
        assertThat(run.verdict()).as("it waits indefinitely").isNotDone();
        assertThat(rig.held.size()).isEqualTo(1);

        assertThat(rig.call("log", "gate", rig.lock("gate"), "{'message':'halfway'}")
                        .status())
                .isEqualTo(200);
        assertThat(rig.facts("gate")).last().isInstanceOf(Fact.Progressed.class);
        assertThat(run.verdict()).isNotDone();
        assertThat(rig.release("gate", "{'message':'done'}").status()).isEqualTo(200);

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.held.size()).isZero();
        assertThat(entry("gate").progress())
                .extracting(Fact.Progressed::message)
                .containsExactly("halfway");
        assertThat(entry("gate").release().asleep()).isNull();
    }

    @Test
    void shouldKeepAReleaseThatComesBeforeTheAnswerAndWaitForTheAnswer() {
        HookRun run = rig.fire(rig.webhook("gate", blocking()));
        assertThat(rig.release("gate", "{'message':'done'}").status()).isEqualTo(200);
        assertThat(run.verdict()).as("the answer may still stop the release").isNotDone();
        rig.answer("gate", 200, "{'result':'fail','stop_release':true}");

        assertThat(verdict(run).action()).isEqualTo(Action.STOP);
        assertThat(verdict(run).reason()).isEqualTo("done");
        assertThat(rig.told)
                .extracting(told -> told.fact().getClass().getSimpleName())
                .containsExactly("Fired", "Attempted", "Released", "Answered", "Settled");
    }

    @Test
    void shouldTryAgainToGetTheAnswerAfterAReleaseWithoutAResult() {
        HookRun run = rig.fire(rig.webhook("gate", blocking()));
        rig.release("gate", "{}");
        rig.answer("gate", 503, "");
        rig.advance(Duration.ofSeconds(1));
        assertThat(rig.requests("gate")).hasSize(2);
        rig.answer("gate", 200, "{'result':'success'}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldSettleOnAReleaseWithAResultWithoutWaitingForTheAnswer() {
        HookRun run = rig.fire(rig.webhook("gate", blocking()));
        rig.release("gate", "{'result':'fail','rollback_release':1,'message':'undo'}");
        assertThat(verdict(run).action()).isEqualTo(Action.ROLLBACK);

        rig.request("gate").breakOff(new IOException("reset"));
        rig.advance(Duration.ofHours(1));
        assertThat(rig.requests("gate")).hasSize(1);
        assertThat(rig.history().settled()).isEqualTo(verdict(run));
        assertThat(entry("gate").outcome()).isEqualTo(Outcome.ROLLBACK);
    }

    @Test
    void shouldPutTheReleasesResultOverADeliveryThatFails() {
        HookRun run = rig.fire(rig.webhook("gate", blocking()), rig.webhook("slow", plain()));
        rig.release("gate", "{'result':'success'}");
        rig.request("gate").breakOff(new ConnectException("refused"));
        rig.advance(Duration.ofMinutes(2));
        assertThat(rig.requests("gate")).as("the release has decided").hasSize(1);
        assertThat(entry("gate").failures()).hasSize(1).allMatch(failure -> failure.retryAt() == null);
        rig.answer("slow", 200, "{}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldCloseTheLockOfADeliveryThatFailed() {
        HookRun run = rig.fire(rig.webhook("gate", blocking()), rig.webhook("slow", blocking()));
        for (int i = 0; i < 3; i++) {
            rig.request("gate").breakOff(new ConnectException("refused"));
            rig.advance(Duration.ofSeconds(10));
        }
        assertThat(run.verdict()).isNotDone();
        assertThat(rig.release("gate", "{'result':'success'}").status()).isEqualTo(410);
        rig.answer("slow", 200, "{}");
        rig.release("slow", "{}");

        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
        assertThat(verdict(run).webhook()).isEqualTo("gate");
    }

    @Test
    @DisplayName("protocol: several webhooks on one event — the build waits for all locks")
    void shouldWaitForAllLocks() {
        HookRun run =
                rig.fire(rig.webhook("one", blocking()), rig.webhook("two", blocking()), rig.webhook("chat", plain()));
        for (String webhook : List.of("one", "two", "chat")) {
            rig.answer(webhook, 200, "{}");
        }
        rig.release("two", "{}");
        assertThat(run.verdict()).isNotDone();
        rig.release("one", "{'result':'fail'}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict(run).webhook()).isEqualTo("one");
    }

    @Test
    @DisplayName("protocol: locking order — create the lock, then call the endpoint")
    void shouldHaveTheLockOnDiskBeforeTheRequestLeaves() {
        Webhook gate = rig.webhook("gate", blocking());
        String[] onDisk = new String[1];
        var client = new java.net.http.HttpClient[1];
        FakeHttp fake = rig.http;
        // The engine asks for its client at the moment at which it sends.
        HookServices services = new HookServices(
                new io.jenkins.plugins.mdoq.delivery.DeliveryClient(
                        () -> {
                            try {
                                onDisk[0] = Files.readString(rig.journal.file());
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                            client[0] = fake;
                            return fake;
                        },
                        rig.scheduler,
                        rig.clock,
                        ""),
                rig.services.retries(),
                rig.scheduler,
                rig.executor,
                rig.clock,
                rig.directory,
                rig.held);
        new ReleaseHook(services).fire(rig.process, Rig.firing(gate));
        rig.settle();

        assertThat(client[0]).isSameAs(fake);
        assertThat(onDisk[0]).endsWith("\n").contains("\"lock\":\"" + rig.lock("gate") + "\"", "\"fact\":\"attempt\"");
    }

    @Test
    void shouldFailAnEntryWhoseLockIsNotReleasedInTime() {
        HookRun run = rig.fire(rig.webhook("gate", blocking(Duration.ofMinutes(30))), rig.webhook("other", blocking()));
        rig.answer("gate", 200, "{'message':'queued'}");
        rig.answer("other", 200, "{}");
        assertThat(entry("gate").plan().deadline()).isEqualTo(Facts.START.plus(Duration.ofMinutes(30)));

        rig.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(entry("gate").expiry()).isNull();
        rig.advance(Duration.ofMillis(1));
        assertThat(entry("gate").expiry()).isNotNull();
        assertThat(rig.release("gate", "{'result':'success'}").status()).isEqualTo(410);
        assertThat(run.verdict()).as("the other lock is still held").isNotDone();
        rig.release("other", "{}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict(run).reason()).isEqualTo("the lock was not released by 2026-03-01T10:30:00Z");
    }

    @Test
    void shouldKnowNoDeadlineOnceTheLockWasReleased() {
        HookRun run = rig.fire(rig.webhook("gate", blocking(Duration.ofMinutes(30))), rig.webhook("other", blocking()));
        rig.answer("gate", 200, "{}");
        rig.answer("other", 200, "{}");
        rig.release("gate", "{}");
        rig.advance(Duration.ofHours(1));
        assertThat(entry("gate").expiry()).isNull();
        rig.release("other", "{}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldForgetADeadlineThatIsFarAwayOnceTheEventIsSettled() {
        HookRun run = rig.fire(rig.webhook("gate", blocking(Duration.ofDays(3650))));
        rig.answer("gate", 200, "{}");
        assertThat(rig.scheduler.pending()).isEqualTo(1);

        rig.release("gate", "{}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.scheduler.pending()).isZero();
    }

    @Test
    void shouldExpireWhileTheRequestIsStillInFlight() {
        EventSettings settings = new EventSettings(
                ReleaseEvent.BEFORE_RELEASE, true, Duration.ofSeconds(10), OnFail.UNSTABLE, OnDeliveryError.FAIL);
        HookRun run = rig.fire(rig.webhook("gate", settings));
        rig.advance(Duration.ofSeconds(10));
        assertThat(verdict(run).action()).isEqualTo(Action.UNSTABLE);

        rig.answer("gate", 200, "{'result':'fail','rollback_release':true}");
        assertThat(rig.history().settled()).as("it came too late").isEqualTo(verdict(run));
        assertThat(entry("gate").answer()).as("and is kept").isNotNull();
    }

    @Test
    @DisplayName("protocol: several webhooks on one event — a stop does not wait for the others' locks")
    void shouldNotWaitForTheOthersLockWhenOneStopsTheRelease() {
        HookRun run = rig.fire(rig.webhook("gate", blocking()), rig.webhook("stopper", plain()));
        rig.answer("gate", 200, "{}");
        rig.answer("stopper", 200, "{'result':'fail','stop_release':true,'message':'no'}");

        assertThat(verdict(run))
                .isEqualTo(new Fact.Settled(Facts.START, "before_release", Outcome.STOP, Action.STOP, "stopper", "no"));
        assertThat(rig.requests("stopper")).hasSize(1);
        FakeHttp.Exchange told = rig.request("gate");
        assertThat(told.text("event")).isEqualTo("before_release_cancelled");
        assertThat(told.text("lock")).isEqualTo(rig.lock("gate"));
        assertThat(told.text("reason")).isEqualTo("no");
        assertThat(told.text("delivery"))
                .isNotEqualTo(rig.requests("gate").get(0).text("delivery"));
        assertThat(told.body().has("release_url")).isFalse();
        assertThat(rig.release("gate", "{'result':'success'}").status()).isEqualTo(410);
        assertThat(rig.call("log", "gate", rig.lock("gate"), "{'message':'m'}").status())
                .isEqualTo(410);
        assertThat(rig.call("status", "gate", rig.lock("gate"), "{}").status()).isEqualTo(410);

        assertThat(run.notices()).isNotDone();
        told.answer(200, "");
        rig.settle();
        assertThat(run.notices()).isCompleted();
        assertThat(entry("gate").notices()).extracting(Fact.Noticed::status).containsExactly(200);
        assertThat(entry("gate").cancellation().reason()).isEqualTo("no");
    }

    @Test
    void shouldWaitForTheOthersPendingDeliveryWhenOneStopsTheRelease() {
        HookRun run = rig.fire(rig.webhook("stopper", plain()), rig.webhook("slow", blocking()));
        rig.answer("stopper", 200, "{'result':'fail','stop_release':true}");
        assertThat(run.verdict()).isNotDone();
        rig.answer("slow", 503, "");
        assertThat(run.verdict()).isNotDone();
        rig.advance(Duration.ofSeconds(1));
        rig.answer("slow", 200, "{'result':'fail','rollback_release':true}");

        assertThat(verdict(run).action()).as("the graver of the two").isEqualTo(Action.ROLLBACK);
        assertThat(verdict(run).webhook()).isEqualTo("slow");
    }

    @Test
    void shouldStopWithoutWaitingForTheOwnLock() {
        HookRun run = rig.fire(rig.webhook("gate", blocking()));
        rig.answer("gate", 200, "{'result':'fail','stop_release':true}");

        assertThat(verdict(run).action()).isEqualTo(Action.STOP);
        assertThat(rig.requests("gate")).as("it knows what it said").hasSize(1);
        assertThat(rig.release("gate", "{}").status()).isEqualTo(410);
    }

    @Test
    void shouldCloseTheLocksAndTellTheEndpointsWhenCancelled() {
        HookRun run = rig.fire(
                rig.webhook("held", blocking()), rig.webhook("flying", blocking()), rig.webhook("chat", plain()));
        rig.answer("held", 200, "{'message':'queued'}");
        run.cancel("aborted by admin");
        rig.settle();

        assertThat(verdict(run))
                .isEqualTo(new Fact.Settled(
                        Facts.START, "before_release", Outcome.CANCELLED, Action.STOP, null, "aborted by admin"));
        for (String webhook : List.of("held", "flying")) {
            assertThat(rig.request(webhook).text("event")).isEqualTo("before_release_cancelled");
            assertThat(rig.release(webhook, "{'result':'success'}").status()).isEqualTo(410);
            assertThat(entry(webhook).cancellation().reason()).isEqualTo("aborted by admin");
        }
        assertThat(rig.requests("chat")).as("it holds no lock").hasSize(1);
        assertThat(rig.held.size()).isZero();
        rig.request("held").breakOff(new ConnectException("refused"));
        rig.request("flying").answer(500, "");
        rig.settle();
        assertThat(run.notices()).as("best effort: told once").isCompleted();
        rig.advance(Duration.ofHours(1));
        assertThat(rig.requests("held")).hasSize(2);
        assertThat(entry("held").notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.error()).contains("refused"));
    }

    @Test
    void shouldFireNothingWhenCancelledBeforeItBegan() {
        HookRun run = rig.engine.fire(rig.process, Rig.firing(rig.webhook("gate", blocking())));
        run.cancel("aborted");
        rig.settle();

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(rig.http.exchanges()).isEmpty();
        assertThat(rig.journal.exists()).isFalse();
        assertThat(rig.held.size()).isZero();
    }

    @Test
    void shouldSendNothingWhenCancelledBeforeItResumed() {
        rig.fire(rig.webhook("gate", blocking()));
        Rig after = rig.restarted();
        HookRun run = after.engine.resume(after.process, "before_release");
        run.cancel("aborted");
        after.settle();

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(after.http.exchanges())
                .extracting(request -> request.text("event"))
                .containsExactly("before_release_cancelled");
    }

    @Test
    void shouldChangeNothingWhenCancelledAfterTheVerdict() throws Exception {
        HookRun run = rig.fire(rig.webhook("gate", plain()));
        rig.answer("gate", 200, "{}");
        byte[] before = Files.readAllBytes(rig.journal.file());
        run.cancel("aborted");
        rig.settle();

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(Files.readAllBytes(rig.journal.file())).isEqualTo(before);
        assertThat(rig.requests("gate")).hasSize(1);
    }

    @Test
    void shouldTellWhatCameWhileItWasAsleepWhenItResumes() {
        rig.fire(rig.webhook("gate", blocking()));
        rig.answer("gate", 200, "{}");
        String lock = rig.lock("gate");
        // A controller that is starting: the lock API works, but the run has not been resumed yet.
        Rig after = rig.restarted();
        assertThat(after.call("log", "gate", lock, "{'message':'halfway'}").status())
                .isEqualTo(200);
        assertThat(after.call("release", "gate", lock, "{'result':'fail','stop_release':true}")
                        .status())
                .isEqualTo(200);
        assertThat(after.told).isEmpty();
        HookRun run = after.resume();

        assertThat(after.told)
                .extracting(told -> told.fact().getClass().getSimpleName())
                .containsExactly("Progressed", "Released", "Settled");
        assertThat(after.told).extracting(Rig.Told::webhook).containsExactly("gate", "gate", null);
        assertThat(verdict(run).action()).isEqualTo(Action.STOP);
        assertThat(after.http.exchanges()).isEmpty();
    }

    @Test
    void shouldWaitOnAfterARestartAndExpireAtTheSameTime() {
        rig.fire(rig.webhook("gate", blocking(Duration.ofMinutes(30))));
        rig.answer("gate", 200, "{}");
        rig.advance(Duration.ofMinutes(10));
        Rig after = rig.restarted();
        HookRun run = after.resume();
        assertThat(run.verdict()).isNotDone();
        assertThat(after.held.size()).isEqualTo(1);
        after.advance(Duration.ofMinutes(20).minusMillis(1));
        assertThat(run.verdict()).isNotDone();
        after.advance(Duration.ofMillis(1));

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldExpireAtOnceWhenTheDeadlinePassedWhileItWasAsleep() {
        rig.fire(rig.webhook("gate", blocking(Duration.ofMinutes(30))));
        rig.answer("gate", 200, "{}");
        rig.clock.advance(Duration.ofHours(1));
        Rig after = rig.restarted();

        assertThat(verdict(after.resume()).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void shouldHonourAReleaseThatCameInTimeWhenItResumesTooLate() {
        rig.fire(rig.webhook("gate", blocking(Duration.ofMinutes(30))));
        rig.answer("gate", 200, "{}");
        String lock = rig.lock("gate");
        Rig after = rig.restarted();
        after.call("release", "gate", lock, "{}");
        after.clock.advance(Duration.ofHours(1));

        assertThat(verdict(after.resume()).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldTryAgainWhenItIsDueAfterARestart() {
        rig.fire(rig.webhook("gate", plain()));
        rig.request("gate").answer(429, "", java.util.Map.of("Retry-After", List.of("60")));
        rig.settle();
        rig.clock.advance(Duration.ofSeconds(20));
        Rig after = rig.restarted();
        HookRun run = after.resume();
        after.advance(Duration.ofSeconds(39));
        assertThat(after.http.exchanges()).isEmpty();
        after.advance(Duration.ofSeconds(1));
        assertThat(after.request("gate").text("delivery"))
                .isEqualTo(rig.request("gate").text("delivery"));
        after.answer("gate", 200, "{}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldReleaseLocksOfAWebhookThatIsGoneFromTheConfiguration() {
        HookRun run = rig.fire(rig.webhook("gate", blocking()));
        rig.answer("gate", 200, "{}");
        // The run was fired with a configuration that it keeps in its journal; only the credential must exist.
        Rig after = rig.restarted();
        HookRun resumed = after.resume();
        assertThat(after.call("release", "gate", rig.lock("gate"), "{}").status())
                .isEqualTo(200);

        assertThat(verdict(resumed).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(run.verdict()).as("the run of the engine that is gone").isNotDone();
    }

    @Test
    void shouldKeepSecretsThatEndpointsEchoOutOfTheJournalAndTheListener() throws Exception {
        String secret = Rig.secret("gate");
        Webhook gate = rig.webhook("gate", blocking());
        rig.webhook("other", plain());
        HookRun run = rig.fire(new Firing(
                "before_release",
                ReleaseEvent.BEFORE_RELEASE,
                List.of(gate),
                Facts.json("{'env':'TOKEN=" + secret + "'}"),
                Facts.json("{'more':['" + secret + "']}")));
        assertThat(rig.request("gate").body().get("instance").get("env").textValue())
                .as("the endpoint is sent what the caller gave")
                .isEqualTo("TOKEN=" + secret);
        rig.answer("gate", 500, "<pre>X-MDOQ-Secret: " + secret + " " + Rig.secret("other") + "</pre>");
        rig.advance(Duration.ofSeconds(1));
        rig.request("gate").breakOff(new IOException("header " + secret));
        rig.advance(Duration.ofSeconds(2));
        rig.answer(
                "gate", 200, "{'got':{'secret':'" + secret + "','" + secret + "':1},'stop_release':'" + secret + "'}");
        rig.call("log", "gate", rig.lock("gate"), "{'message':'using " + secret + "'}");
        rig.release("gate", "{'result':'fail','stop_release':true,'message':'wrong secret " + secret + "'}");
        assertThat(verdict(run).action()).isEqualTo(Action.STOP);

        String journal = Files.readString(rig.journal.file(), StandardCharsets.UTF_8);
        assertThat(journal).contains("****");
        for (String text : List.of(journal, rig.told.toString(), verdict(run).toString())) {
            assertThat(text).doesNotContain(secret, secret.replace("/", "\\/"), Rig.secret("other"));
        }
    }

    @Test
    void shouldHoldNoThreadWhileItWaitsHoweverManyWait() {
        Webhook gate = rig.webhook("gate", blocking(Duration.ofDays(7)));
        List<HookRun> runs = new ArrayList<>();
        Set<Thread> withOne = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            Journal journal = Journal.in(folder.resolve("build-" + i % 20));
            Firing firing = new Firing("key-" + i, ReleaseEvent.BEFORE_RELEASE, List.of(gate), Facts.json("{}"), null);
            runs.add(rig.engine.fire(rig.process(i % 20, journal), firing));
            rig.settle();
            rig.request("gate").answer(200, "{}");
            rig.settle();
            if (i == 0) {
                withOne.addAll(Thread.getAllStackTraces().keySet());
            }
        }

        assertThat(rig.held.size()).isEqualTo(1_000);
        assertThat(runs).noneMatch(run -> run.verdict().isDone());
        // This rig has no threads of its own: whatever ran them was this very thread, and it is free.
        assertThat(withOne)
                .containsAll(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getThreadGroup()
                                == Thread.currentThread().getThreadGroup())
                        .toList());
    }
}

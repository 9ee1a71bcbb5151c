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

/** Events whose deliveries hold locks. */
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
    @DisplayName("protocol: history decides — who released the lock has decided, not its webhook")
    void shouldNameTheOperatorWhoDecided() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{'result':'success'}");
        fixture.locks.release(
                fixture.lock("gate"),
                Facts.json("{'result':'fail','rollback_release':true,'message':'wrong version'}"),
                "ada",
                "at 192.0.2.7");
        fixture.settle();

        assertThat(verdict(run))
                .isEqualTo(new Fact.Settled(
                        Facts.START,
                        "before_release",
                        Outcome.ROLLBACK,
                        Action.ROLLBACK,
                        "gate",
                        "wrong version",
                        "operator ada"));
        assertThat(verdict(run).decider()).isEqualTo("operator ada");
    }

    @Test
    void shouldNameTheWebhookIfTheOperatorReleasedItsLockWithoutAResult() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{'result':'fail'}");
        fixture.locks.release(fixture.lock("gate"), Facts.json("{}"), "ada", "at 192.0.2.7");
        fixture.settle();

        assertThat(verdict(run).decider()).isEqualTo("gate");
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
        assertThat(fixture.held.waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.lock()).isEqualTo(fixture.lock("gate"));
            assertThat(waiting.waiter()).isSameAs(run);
            assertThat(run.since()).isEqualTo(Facts.START);
        });

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
        assertThat(entry("gate").release().unseen()).isNull();
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

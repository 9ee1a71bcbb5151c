package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.hears;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that end before every lock is released: one webhook stops the release, or the process is aborted. */
class EventEndTest {

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
    @DisplayName("protocol: several webhooks on one event — a stop does not wait for the others' locks")
    void shouldNotWaitForTheOthersLockWhenOneStopsTheRelease() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking(), hears()), fixture.webhook("stopper", plain()));
        fixture.answer("gate", 200, "{}");
        fixture.answer("stopper", 200, "{'result':'fail','stop_release':true,'message':'no'}");

        assertThat(verdict(run))
                .isEqualTo(new Fact.Settled(Facts.START, "before_release", Outcome.STOP, Action.STOP, "stopper", "no"));
        assertThat(fixture.requests("stopper")).hasSize(1);
        FakeHttp.Exchange told = fixture.request("gate");
        assertThat(told.body().has("lock")).isFalse();
        assertThat(told.text("event")).isEqualTo("before_release_cancelled");
        assertThat(told.body().get("about"))
                .isEqualTo(Facts.json("{}")
                        .put("delivery", fixture.requests("gate").get(0).text("delivery"))
                        .put("lock", fixture.lock("gate")));
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

        assertThat(verdict(run).action()).as("the more severe of the two").isEqualTo(Action.ROLLBACK);
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
                fixture.webhook("held", blocking(), hears()),
                fixture.webhook("flying", blocking(), hears()),
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
        assertThat(run.notices()).as("they are tried again").isNotDone();
        fixture.advance(Duration.ofMinutes(1));
        fixture.answer("held", 200, "");
        fixture.answer("flying", 200, "");
        assertThat(run.notices()).isCompleted();
        assertThat(fixture.requests("held"))
                .extracting(request -> request.text("event"))
                .containsExactly("before_release", "before_release_cancelled", "before_release_cancelled");
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
    void shouldKeepAndReportAnAnswerThatComesAfterTheVerdict() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking()));
        run.cancel("aborted");
        fixture.settle();
        assertThat(run.verdict()).isDone();
        fixture.answer("gate", 200, "{}");

        assertThat(fixture.told)
                .extracting(told -> told.fact().getClass().getSimpleName())
                .endsWith("Settled", "Cancelled", "Answered");
        assertThat(fixture.history().entries().iterator().next().answer()).isNotNull();
    }
}

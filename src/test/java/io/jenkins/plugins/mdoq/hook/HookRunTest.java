package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.Rig.blocking;
import static io.jenkins.plugins.mdoq.hook.Rig.firing;
import static io.jenkins.plugins.mdoq.hook.Rig.plain;
import static io.jenkins.plugins.mdoq.hook.Rig.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Action;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.HistoryEntry;
import io.jenkins.plugins.mdoq.history.Outcome;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Firing, delivering and settling; protocol: "webhooks and events", "retries", "several webhooks", "delivery error". */
class HookRunTest {

    @TempDir
    private Path folder;

    private Rig rig;

    @BeforeEach
    void build() {
        rig = new Rig(folder);
    }

    @Test
    void shouldGoOnAtOnceWhereNoWebhookListens() {
        HookRun run = rig.fire(rig.webhook("gate", EventSettings.of(ReleaseEvent.BEFORE_RELEASE_COMPLETE)));

        assertThat(verdict(run).action()).isEqualTo(Action.CONTINUE);
        assertThat(verdict(run).reason()).isEqualTo("no webhook listens");
        assertThat(rig.http.exchanges()).isEmpty();
        assertThat(rig.history().settled()).isEqualTo(verdict(run));
    }

    @Test
    void shouldSendWhatTheProtocolSaysAndSettleOnTheAnswer() {
        Firing firing = new Firing(
                "before_release",
                ReleaseEvent.BEFORE_RELEASE,
                List.of(rig.webhook("gate", plain())),
                Facts.json("{'job':'shop'}"),
                Facts.json("{'ticket':42}"));
        HookRun run = rig.fire(firing);
        assertThat(run.verdict()).isNotDone();

        FakeHttp.Exchange request = rig.request("gate");
        assertThat(request.headers().firstValue("X-MDOQ-Secret")).hasValue(Rig.secret("gate"));
        assertThat(request.body())
                .isEqualTo(Facts.json("{'secret':'" + Rig.secret("gate")
                        + "','instance':{'job':'shop'},'parent_log':7,'event':'before_release','webhook':'gate','delivery':'"
                        + rig.history().entries().iterator().next().plan().id() + "','ticket':42}"));

        rig.answer("gate", 200, "{'result':'success'}");
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.history().settled()).isEqualTo(verdict(run));
        assertThat(rig.requests("gate")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "before_release,           beforeRelease,            before_release",
        "Before Release,           before_release,           before_release",
        "BEFORE-RELEASE,           'Before  Release',        before_release",
        "beforeReleaseComplete,    Before Release Complete,  before_release_complete",
        "Passed regression testing,passed_regression_testing,passed_regression_testing"
    })
    @DisplayName("protocol: webhooks and events — one webhook listens to several events")
    void shouldCallTheWebhooksThatListenWhateverSpellingTheyUse(String listens, String fires, String travels) {
        Webhook listening = rig.webhook("gate", EventSettings.of(new ReleaseEvent(listens)));
        Webhook other = rig.webhook("other", EventSettings.of(ReleaseEvent.of("another event")));
        rig.fire(new Firing("k", ReleaseEvent.of(fires), List.of(other, listening), Facts.json("{}"), null));

        assertThat(rig.http.exchanges()).hasSize(1);
        assertThat(rig.request("gate").text("event")).isEqualTo(travels);
    }

    @Test
    @DisplayName("protocol: several webhooks on one event — fired at the same time")
    void shouldAskAllWebhooksBeforeAnyHasAnswered() {
        HookRun run = rig.fire(rig.webhook("first", plain()), rig.webhook("second", plain()));
        assertThat(rig.http.exchanges()).hasSize(2).allMatch(FakeHttp.Exchange::inFlight);

        rig.answer("second", 200, "{}");
        assertThat(run.verdict()).isNotDone();
        rig.answer("first", 200, "");
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.history().entries()).hasSize(2).allMatch(HistoryEntry::closed);
    }

    @Test
    void shouldLetARollbackPassBeforeAStop() {
        HookRun run =
                rig.fire(rig.webhook("stop", plain()), rig.webhook("back", plain()), rig.webhook("fine", plain()));
        rig.answer("stop", 200, "{'result':'fail','stop_release':true,'message':'not today'}");
        rig.answer("fine", 200, "{'result':'success'}");
        assertThat(run.verdict()).as("the third is still being asked").isNotDone();
        rig.answer("back", 500, "{'result':'FAIL','rollback_release':'1','message':'undo it'}");

        assertThat(verdict(run))
                .isEqualTo(new Fact.Settled(
                        rig.clock.instant(), "before_release", Outcome.ROLLBACK, Action.ROLLBACK, "back", "undo it"));
    }

    @Test
    void shouldTryAgainUnderTheSameDeliveryIdAndTakeTheAnswer() {
        HookRun run = rig.fire(rig.webhook("gate", plain()));
        rig.answer("gate", 503, "<html>down</html>");
        assertThat(rig.requests("gate")).hasSize(1);
        Fact.AttemptFailed first = rig.history().entries().iterator().next().lastFailure();
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.body()).isEqualTo("<html>down</html>");
        Duration wait = Duration.between(rig.clock.instant(), first.retryAt());
        assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));

        rig.advance(wait.minusMillis(1));
        assertThat(rig.requests("gate")).hasSize(1);
        rig.advance(Duration.ofMillis(1));
        assertThat(rig.requests("gate")).hasSize(2);
        rig.request("gate").breakOff(new ConnectException("refused"));
        rig.advance(Duration.ofSeconds(2));
        assertThat(rig.requests("gate"))
                .hasSize(3)
                .extracting(request -> request.text("delivery"))
                .containsOnly(rig.request("gate").text("delivery"));
        rig.answer("gate", 200, "{'result':'success'}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        HistoryEntry entry = rig.history().entries().iterator().next();
        assertThat(entry.attempts()).isEqualTo(3);
        assertThat(entry.failures()).extracting(Fact.AttemptFailed::number).containsExactly(1, 2);
        assertThat(entry.answer().number()).isEqualTo(3);
    }

    @Test
    void shouldFailTheReleaseAfterTheLastTry() {
        HookRun run = rig.fire(rig.webhook("gate", plain()));
        for (int i = 0; i < 3; i++) {
            rig.answer("gate", 502, "");
            rig.advance(Duration.ofMinutes(1));
        }

        assertThat(rig.requests("gate")).hasSize(3);
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
        assertThat(verdict(run).reason()).isEqualTo("HTTP status 502 without a result");
    }

    @Test
    void shouldNeverAskAgainAfterAnAnswerWithAResult() {
        HookRun run = rig.fire(rig.webhook("gate", plain()));
        rig.answer("gate", 503, "{'result':'perhaps'}");
        rig.advance(Duration.ofHours(1));

        assertThat(rig.requests("gate")).hasSize(1);
        assertThat(verdict(run).reason()).contains("\"perhaps\"");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 0", "86400, 300"})
    void shouldWaitAsLongAsTheEndpointAskedFor(String asked, long seconds) {
        rig.fire(rig.webhook("gate", plain()));
        rig.request("gate").answer(429, "", Map.of("Retry-After", List.of(asked)));
        rig.settle();

        assertThat(rig.history().entries().iterator().next().lastFailure().retryAt())
                .isEqualTo(rig.clock.instant().plusSeconds(seconds));
        rig.advance(Duration.ofSeconds(seconds));
        assertThat(rig.requests("gate")).hasSize(2);
    }

    @Test
    void shouldGiveUpARequestThatTakesTooLong() {
        HookRun run = rig.fire(rig.webhook("gate", plain()));
        rig.advance(Duration.ofSeconds(59));
        assertThat(rig.history().entries().iterator().next().failures()).isEmpty();
        rig.advance(Duration.ofSeconds(1));

        Fact.AttemptFailed failure = rig.history().entries().iterator().next().lastFailure();
        assertThat(failure.error()).isEqualTo("no whole answer within 60 s");
        assertThat(failure.millis()).isEqualTo(60_000);
        assertThat(rig.requests("gate").get(0).inFlight()).as("broken off").isFalse();
        rig.advance(Duration.ofSeconds(1));
        rig.answer("gate", 200, "{}");
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void shouldFailWhereTheCredentialIsGone() {
        Webhook gate = rig.webhook("gate", plain());
        rig.directory.credentials.clear();
        HookRun run = rig.fire(gate);

        assertThat(rig.http.exchanges()).isEmpty();
        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
        assertThat(verdict(run).reason()).contains("secret-of-gate", "is gone");
    }

    @Test
    void shouldUseTheSecretThatIsValidWhenItTriesAgain() {
        rig.fire(rig.webhook("gate", plain()));
        rig.directory.credentials.put("secret-of-gate", Secrets.ofTexts("rotated"));
        rig.answer("gate", 503, "");
        rig.advance(Duration.ofSeconds(1));

        assertThat(rig.request("gate").text("secret")).isEqualTo("rotated");
    }

    @Test
    void shouldRefuseABodyOverOneMebibyteAndFireNothing() {
        Firing firing = new Firing(
                "before_release",
                ReleaseEvent.BEFORE_RELEASE,
                List.of(rig.webhook("gate", blocking())),
                Facts.json("{'text':'" + "x".repeat(1024 * 1024) + "'}"),
                null);
        HookRun run = rig.fire(firing);

        assertThat(run.verdict()).isCompletedExceptionally();
        assertThat(run.verdict().handle((settled, error) -> error).join())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes of JSON");
        assertNothingWasFired();
    }

    @ParameterizedTest
    @FieldSource("io.jenkins.plugins.mdoq.kit.BodyFields#WITH_LOCK")
    void shouldRefuseDataThatUsesANameOfTheProtocol(String name) {
        Firing firing = new Firing(
                "before_release",
                ReleaseEvent.BEFORE_RELEASE,
                List.of(rig.webhook("gate", blocking())),
                Facts.json("{}"),
                Facts.json("{'" + name + "':1}"));
        HookRun run = rig.fire(firing);

        assertThat(run.verdict().handle((settled, error) -> error).join())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
        assertNothingWasFired();
    }

    private void assertNothingWasFired() {
        assertThat(rig.http.exchanges()).isEmpty();
        assertThat(rig.journal.exists()).isFalse();
        assertThat(rig.told).isEmpty();
        assertThat(rig.held.size()).isZero();
    }

    @Test
    void shouldTellTheListenerEachFactOnceItIsOnDiskInOrderAndWithItsWebhook() {
        rig.fire(rig.webhook("gate", plain()));
        rig.answer("gate", 503, "");
        rig.advance(Duration.ofSeconds(1));
        rig.answer("gate", 200, "{}");

        assertThat(rig.told)
                .extracting(told -> told.fact().getClass().getSimpleName())
                .containsExactly("Fired", "Attempted", "AttemptFailed", "Attempted", "Answered", "Settled");
        assertThat(rig.told).extracting(Rig.Told::webhook).containsExactly(null, "gate", "gate", "gate", "gate", null);
    }

    @Test
    void shouldResumeInsteadOfFiringTheSameKeyAgain() {
        HookRun first = rig.fire(rig.webhook("gate", plain()));
        rig.answer("gate", 200, "{}");
        HookRun second = rig.fire(rig.webhook("gate", plain()), rig.webhook("another", plain()));

        assertThat(verdict(second)).isEqualTo(verdict(first));
        assertThat(rig.http.exchanges()).hasSize(1);
    }

    @Test
    @DisplayName("protocol: webhooks and events — each event has its own history")
    void shouldFireEachKeyByItself() {
        Webhook gate = rig.webhook("gate", plain(), EventSettings.of(ReleaseEvent.BEFORE_RELEASE_COMPLETE));
        rig.fire(gate);
        rig.answer("gate", 200, "{'result':'fail'}");
        HookRun run = rig.fire(
                new Firing("complete", ReleaseEvent.BEFORE_RELEASE_COMPLETE, List.of(gate), Facts.json("{}"), null));
        rig.answer("gate", 200, "{'result':'success'}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(rig.history().settled().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(rig.requests("gate"))
                .extracting(request -> request.text("event"))
                .containsExactly("before_release", "before_release_complete");
    }

    @Test
    void shouldSayThatThereIsNothingToResume() {
        HookRun run = rig.resume();

        assertThat(run.verdict().handle((settled, error) -> error).join())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before_release");
    }

    @Test
    @DisplayName("protocol: Rollback release — the endpoints are told how it ended")
    void shouldTellAllEndpointsHowARollbackEnded() {
        rig.fire(rig.webhook("gate", plain()), rig.webhook("gone", plain()));
        rig.answer("gate", 200, "{'result':'fail','rollback_release':true}");
        rig.answer("gone", 200, "{}");
        rig.directory.credentials.remove("secret-of-gone");

        var told = rig.engine.tell(rig.process, rig.history(), "rolled_back", Facts.json("{'status':0}"));
        rig.settle();
        assertThat(told).isNotDone();
        assertThat(rig.request("gate").text("event")).isEqualTo("before_release_rolled_back");
        assertThat(rig.request("gate").body().get("status").intValue()).isZero();
        rig.request("gate").breakOff(new ConnectException("refused"));
        rig.settle();

        assertThat(told).isCompleted();
        assertThat(rig.history().entries())
                .allSatisfy(entry -> assertThat(entry.notices())
                        .singleElement()
                        .satisfies(notice -> assertThat(notice.error()).isNotNull()));
    }

    @Test
    void shouldNotNoteAFailedAttemptAsOneToRepeatOnceTheVerdictStands() {
        HookRun run = rig.fire(rig.webhook("gate", plain()));
        run.cancel("aborted");
        rig.settle();
        rig.answer("gate", 503, "");
        rig.advance(Duration.ofHours(1));

        assertThat(rig.requests("gate")).hasSize(1);
        assertThat(rig.history().entries().iterator().next().lastFailure().retryAt())
                .isNull();
        assertThat(rig.history().settled().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void shouldComeToTheSameEndInTwoRunsOfOneKey() {
        // Two runs of one key, as when a step is resumed twice: one delivery, and both come to the same end.
        HookRun first = rig.fire(rig.webhook("gate", blocking()));
        rig.answer("gate", 200, "{}");
        HookRun second = rig.fire(firing(rig.webhook("gate", blocking())));
        assertThat(rig.requests("gate")).hasSize(1);
        first.cancel("aborted");
        rig.settle();
        second.cancel("aborted again");
        rig.settle();

        assertThat(verdict(second)).isEqualTo(verdict(first));
        assertThat(verdict(first).reason()).isEqualTo("aborted");
    }
}

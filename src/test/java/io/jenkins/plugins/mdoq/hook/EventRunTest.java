package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.firing;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** An event that is fired, delivered and settled; protocol: "webhooks and events", "retries", "several webhooks on one event", "delivery error". */
class EventRunTest {

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
    }

    @Test
    void shouldGoOnAtOnceWhereNoWebhookListens() {
        EventRun run = fixture.fire(fixture.webhook("gate", EventSettings.of(ReleaseEvent.BEFORE_RELEASE_COMPLETE)));

        assertThat(verdict(run).action()).isEqualTo(Action.CONTINUE);
        assertThat(verdict(run).reason()).isEqualTo("no webhook listens");
        assertThat(fixture.http.exchanges()).isEmpty();
        assertThat(fixture.history().settled()).isEqualTo(verdict(run));
    }

    @Test
    void shouldSendWhatTheProtocolSaysAndSettleOnTheAnswer() {
        FireRequest firing = new FireRequest(
                "before_release",
                ReleaseEvent.BEFORE_RELEASE,
                List.of(fixture.webhook("gate", plain())),
                Facts.json("{'job':'shop'}"),
                Facts.json("{'ticket':42}"));
        EventRun run = fixture.fire(firing);
        assertThat(run.verdict()).isNotDone();

        FakeHttp.Exchange request = fixture.request("gate");
        assertThat(request.secret()).isEqualTo(EngineFixture.secret("gate"));
        assertThat(request.body())
                .isEqualTo(Facts.json("{'secret':'" + EngineFixture.secret("gate")
                        + "','instance':{'job':'shop'},'parent_log':7,'event':'before_release','webhook':'gate','delivery':'"
                        + fixture.history().entries().iterator().next().plan().id() + "','ticket':42}"));

        fixture.answer("gate", 200, "{'result':'success'}");
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.history().settled()).isEqualTo(verdict(run));
        assertThat(fixture.requests("gate")).hasSize(1);
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
        Webhook listening = fixture.webhook("gate", EventSettings.of(new ReleaseEvent(listens)));
        Webhook other = fixture.webhook("other", EventSettings.of(ReleaseEvent.of("another event")));
        fixture.fire(new FireRequest("k", ReleaseEvent.of(fires), List.of(other, listening), Facts.json("{}"), null));

        assertThat(fixture.http.exchanges()).hasSize(1);
        assertThat(fixture.request("gate").text("event")).isEqualTo(travels);
    }

    @Test
    @DisplayName("protocol: several webhooks on one event — fired at the same time")
    void shouldAskAllWebhooksBeforeAnyHasAnswered() {
        EventRun run = fixture.fire(fixture.webhook("first", plain()), fixture.webhook("second", plain()));
        assertThat(fixture.http.exchanges()).hasSize(2).allMatch(FakeHttp.Exchange::inFlight);

        fixture.answer("second", 200, "{}");
        assertThat(run.verdict()).isNotDone();
        fixture.answer("first", 200, "");
        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.history().entries())
                .hasSize(2)
                .allMatch(entry -> entry.state().closed());
    }

    @Test
    void shouldLetARollbackPassBeforeAStop() {
        EventRun run = fixture.fire(
                fixture.webhook("stop", plain()), fixture.webhook("back", plain()), fixture.webhook("fine", plain()));
        fixture.answer("stop", 200, "{'result':'fail','stop_release':true,'message':'not today'}");
        fixture.answer("fine", 200, "{'result':'success'}");
        assertThat(run.verdict()).as("the third is still being asked").isNotDone();
        fixture.answer("back", 500, "{'result':'FAIL','rollback_release':'1','message':'undo it'}");

        assertThat(verdict(run))
                .isEqualTo(new Fact.Settled(
                        fixture.clock.instant(),
                        "before_release",
                        Outcome.ROLLBACK,
                        Action.ROLLBACK,
                        "back",
                        "undo it"));
    }

    @Test
    void shouldFailWhereTheCredentialIsGone() {
        Webhook gate = fixture.webhook("gate", plain());
        fixture.directory.credentials.clear();
        EventRun run = fixture.fire(gate);

        assertThat(fixture.http.exchanges()).isEmpty();
        assertThat(verdict(run).action()).isEqualTo(Action.FAIL);
        assertThat(verdict(run).reason()).contains("secret-of-gate", "is gone");
    }

    @Test
    void shouldRefuseABodyOverOneMebibyteAndFireNothing() {
        FireRequest firing = new FireRequest(
                "before_release",
                ReleaseEvent.BEFORE_RELEASE,
                List.of(fixture.webhook("gate", blocking())),
                Facts.json("{'text':'" + "x".repeat(1024 * 1024) + "'}"),
                null);
        EventRun run = fixture.fire(firing);

        assertThat(run.verdict()).isCompletedExceptionally();
        assertThat(run.verdict().handle((settled, error) -> error).join())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes of JSON");
        assertNothingWasFired();
    }

    @ParameterizedTest
    @FieldSource("io.jenkins.plugins.mdoq.kit.BodyFields#WITH_LOCK")
    void shouldRefuseDataThatUsesANameOfTheProtocol(String name) {
        FireRequest firing = new FireRequest(
                "before_release",
                ReleaseEvent.BEFORE_RELEASE,
                List.of(fixture.webhook("gate", blocking())),
                Facts.json("{}"),
                Facts.json("{'" + name + "':1}"));
        EventRun run = fixture.fire(firing);

        assertThat(run.verdict().handle((settled, error) -> error).join())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
        assertNothingWasFired();
    }

    private void assertNothingWasFired() {
        assertThat(fixture.http.exchanges()).isEmpty();
        assertThat(fixture.journal.exists()).isFalse();
        assertThat(fixture.told).isEmpty();
        assertThat(fixture.held.size()).isZero();
    }

    @Test
    void shouldTellTheListenerEachFactOnceItIsOnDiskInOrderAndWithItsWebhook() {
        fixture.fire(fixture.webhook("gate", plain()));
        fixture.answer("gate", 503, "");
        fixture.advance(Duration.ofSeconds(1));
        fixture.answer("gate", 200, "{}");

        assertThat(fixture.told)
                .extracting(told -> told.fact().getClass().getSimpleName())
                .containsExactly("Fired", "Attempted", "AttemptFailed", "Attempted", "Answered", "Settled");
        assertThat(fixture.told)
                .extracting(EngineFixture.Told::webhook)
                .containsExactly(null, "gate", "gate", "gate", "gate", null);
    }

    @Test
    void shouldResumeInsteadOfFiringTheSameKeyAgain() {
        EventRun first = fixture.fire(fixture.webhook("gate", plain()));
        fixture.answer("gate", 200, "{}");
        EventRun second = fixture.fire(fixture.webhook("gate", plain()), fixture.webhook("another", plain()));

        assertThat(verdict(second)).isEqualTo(verdict(first));
        assertThat(fixture.http.exchanges()).hasSize(1);
    }

    @Test
    @DisplayName("protocol: webhooks and events — each event has its own history")
    void shouldFireEachKeyByItself() {
        Webhook gate = fixture.webhook("gate", plain(), EventSettings.of(ReleaseEvent.BEFORE_RELEASE_COMPLETE));
        fixture.fire(gate);
        fixture.answer("gate", 200, "{'result':'fail'}");
        EventRun run = fixture.fire(new FireRequest(
                "complete", ReleaseEvent.BEFORE_RELEASE_COMPLETE, List.of(gate), Facts.json("{}"), null));
        fixture.answer("gate", 200, "{'result':'success'}");

        assertThat(verdict(run).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(fixture.history().settled().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(fixture.requests("gate"))
                .extracting(request -> request.text("event"))
                .containsExactly("before_release", "before_release_complete");
    }

    @Test
    void shouldSayThatThereIsNothingToResume() {
        EventRun run = fixture.resume();

        assertThat(run.verdict().handle((settled, error) -> error).join())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before_release");
    }

    @Test
    void shouldComeToTheSameEndInTwoRunsOfOneKey() {
        // Two runs of one key, as when a step is resumed twice: one delivery, and both come to the same end.
        EventRun first = fixture.fire(fixture.webhook("gate", blocking()));
        fixture.answer("gate", 200, "{}");
        EventRun second = fixture.fire(firing(fixture.webhook("gate", blocking())));
        assertThat(fixture.requests("gate")).hasSize(1);
        first.cancel("aborted");
        fixture.settle();
        second.cancel("aborted again");
        fixture.settle();

        assertThat(verdict(second)).isEqualTo(verdict(first));
        assertThat(verdict(first).reason()).isEqualTo("aborted");
    }

    @Test
    @DisplayName(
            "protocol: source — travels in each body, on each attempt and after a crash, and in what is sent later")
    void shouldSendTheSourceInEachBody() {
        Webhook gate = fixture.webhook("gate", blocking(), EngineFixture.hears());
        fixture.fire(new FireRequest(
                "before_release",
                ReleaseEvent.BEFORE_RELEASE,
                List.of(gate),
                Facts.json("{'source':'forged'}"),
                Facts.json("{'ticket':1}"),
                Facts.json("{'job':'shop/release','build':7}")));
        assertThat(fixture.request("gate").body().get("source"))
                .isEqualTo(Facts.json("{'job':'shop/release','build':7}"));
        assertThat(fixture.request("gate").body().at("/instance/source").textValue())
                .isEqualTo("forged");

        EngineFixture after = fixture.restarted();
        EventRun run = after.resume();
        assertThat(after.request("gate").body().get("source"))
                .isEqualTo(Facts.json("{'job':'shop/release','build':7}"));
        run.cancel("aborted");
        after.settle();
        assertThat(after.http.exchanges())
                .extracting(sent -> sent.text("event"))
                .contains("before_release_cancelled");
        assertThat(after.http.exchanges())
                .allSatisfy(sent -> assertThat(sent.body().get("source"))
                        .isEqualTo(Facts.json("{'job':'shop/release','build':7}")));
    }
}

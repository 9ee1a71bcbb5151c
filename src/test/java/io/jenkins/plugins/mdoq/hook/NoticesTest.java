package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.hears;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.ReleaseOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that this program fires by itself: they tell what happened, and decide nothing. */
class NoticesTest {

    private static final EventSettings ENDED = EventSettings.of(ReleaseEvent.RELEASE_ENDED);
    private static final ReleaseEnd RELEASED = new ReleaseEnd(ReleaseOutcome.RELEASED, "every webhook agreed");

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
    }

    private static History history(EngineFixture of) throws IOException {
        return of.journal.read();
    }

    private static CompletableFuture<Void> end(EngineFixture of, ReleaseEnd end, Webhook... webhooks)
            throws IOException {
        CompletableFuture<Void> told = of.engine.end(of.process, history(of), List.of(webhooks), end);
        of.settle();
        return told;
    }

    /** Fires before_release at webhooks, each of which agrees. */
    private void agree(Webhook... webhooks) {
        EventRun run = fixture.fire(webhooks);
        for (Webhook webhook : webhooks) {
            if (webhook.settingsFor(ReleaseEvent.BEFORE_RELEASE) != null) {
                fixture.answer(webhook.name(), 200, "{}");
            }
        }
        assertThat(verdict(run).action()).isEqualTo(Action.CONTINUE);
    }

    private static List<String> events(List<FakeHttp.Exchange> requests) {
        return requests.stream().map(request -> request.text("event")).toList();
    }

    @Test
    @DisplayName("protocol: more events — only a webhook that listens to it is told that its lock was given up")
    void shouldTellOnlyThoseThatListenThatTheirLockWasGivenUp() throws Exception {
        EventRun run =
                fixture.fire(fixture.webhook("listens", blocking(), hears()), fixture.webhook("mdoq", blocking()));
        fixture.answer("listens", 200, "{}");
        fixture.answer("mdoq", 200, "{}");
        run.cancel("aborted by ada");
        fixture.settle();

        assertThat(events(fixture.requests("mdoq"))).containsExactly("before_release");
        FakeHttp.Exchange told = fixture.request("listens");
        assertThat(told.text("event")).isEqualTo("before_release_cancelled");
        assertThat(told.text("reason")).isEqualTo("aborted by ada");
        assertThat(told.text("delivery"))
                .isNotEqualTo(fixture.requests("listens").get(0).text("delivery"));
        assertThat(told.body().get("instance"))
                .isEqualTo(fixture.requests("listens").get(0).body().get("instance"));
        assertThat(told.body().at("/about/lock").asText()).isEqualTo(fixture.lock("listens"));
        assertThat(told.body().at("/about/delivery").asText())
                .isEqualTo(fixture.requests("listens").get(0).text("delivery"));
        for (String absent : List.of("lock", "release_url", "log_url")) {
            assertThat(told.body().has(absent)).as(absent).isFalse();
        }
        told.answer(200, "{'result':'fail','rollback_release':true}");
        fixture.settle();
        assertThat(history(fixture).rollbackAskedBy()).as("it decides nothing").isNull();
        assertThat(history(fixture).decisions()).hasSize(1);
        assertThat(run.notices()).isCompleted();
    }

    @Test
    void shouldTellNobodyWhoHeldNoLock() throws Exception {
        EventRun run = fixture.fire(
                fixture.webhook("plain", plain(), hears()), fixture.webhook("released", blocking(), hears()));
        fixture.answer("released", 200, "{}");
        fixture.release("released", "{}");
        run.cancel("aborted");
        fixture.settle();

        assertThat(events(fixture.requests("plain"))).containsExactly("before_release");
        assertThat(events(fixture.requests("released"))).containsExactly("before_release");
        assertThat(history(fixture).notices()).isEmpty();
    }

    @Test
    @DisplayName("protocol: more events — tried again like any other, after a restart too, under the same delivery")
    void shouldGoOnTellingAfterARestart() throws Exception {
        Webhook gate = fixture.webhook("gate", blocking(), hears());
        EventRun run = fixture.fire(gate);
        fixture.answer("gate", 200, "{}");
        run.cancel("aborted");
        fixture.settle();
        fixture.answer("gate", 503, "");
        fixture.advance(Duration.ofSeconds(2));
        String delivery = fixture.request("gate").text("delivery");
        assertThat(fixture.requests("gate")).hasSize(3);

        EngineFixture after = fixture.restarted();
        CompletableFuture<Void> told = after.engine.resumeNotices(after.process, history(after));
        CompletableFuture<Void> again = after.engine.resumeNotices(after.process, history(after));
        after.settle();
        assertThat(after.requests("gate"))
                .as("once, whoever asks")
                .singleElement()
                .satisfies(request -> assertThat(request.text("delivery")).isEqualTo(delivery));
        assertThat(told).isNotDone();
        after.answer("gate", 200, "");
        assertThat(told).isCompleted();
        assertThat(again).isCompleted();

        EngineFixture third = after.restarted();
        assertThat(third.engine.resumeNotices(third.process, history(third))).isCompleted();
        assertThat(third.http.exchanges()).isEmpty();
    }

    @Test
    void shouldGoOnTellingWhenTheEventIsResumed() {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking(), hears()));
        fixture.answer("gate", 200, "{}");
        run.cancel("aborted");
        fixture.settle();

        EngineFixture after = fixture.restarted();
        EventRun resumed = after.resume();
        assertThat(verdict(resumed)).isEqualTo(verdict(run));
        assertThat(events(after.http.exchanges())).containsExactly("before_release_cancelled");
        assertThat(resumed.notices()).isNotDone();
        after.answer("gate", 200, "");
        assertThat(resumed.notices()).isCompleted();
    }

    @Test
    void shouldSayOfAWebhookThatCannotBeToldThatItWasNot() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("gate", blocking(), hears()));
        fixture.answer("gate", 200, "{}");
        run.cancel("aborted");
        fixture.settle();
        for (int i = 0; i < 3; i++) {
            fixture.answer("gate", 500, "");
            fixture.advance(Duration.ofMinutes(1));
        }

        assertThat(run.notices()).isCompleted();
        assertThat(fixture.requests("gate")).as("one and three").hasSize(4);
        assertThat(history(fixture).notices().get(0).entries().iterator().next().deliveryError())
                .contains("500");
        assertThat(verdict(run).action()).as("nothing follows from it").isEqualTo(Action.STOP);
    }

    @Test
    @DisplayName("protocol: more events — release_ended tells outcome and reason, once for each process")
    void shouldTellOnceHowTheReleaseEnded() throws Exception {
        Webhook gate = fixture.webhook("gate", plain(), ENDED);
        Webhook other = fixture.webhook("other", plain());
        agree(gate, other);
        CompletableFuture<Void> told = end(fixture, RELEASED, gate, other);

        assertThat(events(fixture.requests("other"))).containsExactly("before_release");
        FakeHttp.Exchange request = fixture.request("gate");
        assertThat(request.text("event")).isEqualTo("release_ended");
        assertThat(request.text("outcome")).isEqualTo("released");
        assertThat(request.text("reason")).isEqualTo("every webhook agreed");
        assertThat(request.body().has("about")).isFalse();
        assertThat(request.body().has("lock")).isFalse();
        assertThat(request.body().get("parent_log").asLong()).isEqualTo(EngineFixture.NUMBER);
        request.breakOff(new IOException("reset"));
        fixture.settle();
        assertThat(told).isNotDone();
        fixture.advance(Duration.ofSeconds(2));
        fixture.answer("gate", 200, "{'result':'fail','stop_release':true}");
        assertThat(told).isCompleted();

        assertThat(end(fixture, RELEASED, gate)).isCompleted();
        EngineFixture after = fixture.restarted();
        assertThat(end(after, RELEASED, gate)).isCompleted();
        assertThat(after.http.exchanges()).isEmpty();
        assertThat(history(after).notices()).hasSize(1);
        assertThat(ReleaseEnd.wasSaid(history(after))).isTrue();
    }

    @Test
    void shouldGoOnTellingHowTheReleaseEndedAfterACrash() throws Exception {
        Webhook gate = fixture.webhook("gate", plain(), ENDED);
        agree(gate);
        end(fixture, RELEASED, gate);
        String delivery = fixture.request("gate").text("delivery");

        EngineFixture after = fixture.restarted();
        CompletableFuture<Void> told = end(after, RELEASED, after.webhook("gate", plain(), ENDED));
        assertThat(after.http.exchanges())
                .singleElement()
                .satisfies(request -> assertThat(request.text("delivery")).isEqualTo(delivery));
        after.answer("gate", 200, "");
        assertThat(told).isCompleted();
    }

    @Test
    void shouldTellOfAnotherEndOfAProcessThatWentOn() throws Exception {
        Webhook gate = fixture.webhook("gate", plain(), ENDED);
        agree(gate);
        end(fixture, new ReleaseEnd(ReleaseOutcome.ABORTED, "a signal"), gate);
        fixture.answer("gate", 200, "");
        end(fixture, RELEASED, gate);
        fixture.answer("gate", 200, "");
        end(fixture, RELEASED, gate);

        assertThat(fixture.requests("gate").stream()
                        .filter(request -> request.text("event").equals("release_ended"))
                        .map(request -> request.text("outcome")))
                .containsExactly("aborted", "released");
    }

    @Test
    void shouldWriteNothingIfNobodyListens() throws Exception {
        Webhook gate = fixture.webhook("gate", plain());
        agree(gate);
        byte[] before = Files.readAllBytes(fixture.journal.file());

        assertThat(end(fixture, RELEASED, gate)).isCompleted();
        assertThat(Files.readAllBytes(fixture.journal.file())).isEqualTo(before);
    }

    @Test
    @DisplayName("protocol: more events — a process that fired no event of a release has no release to speak of")
    void shouldTellNothingOfAProcessWithoutARelease() throws Exception {
        ReleaseEvent custom = ReleaseEvent.of("Instance created");
        Webhook gate = fixture.webhook("gate", EventSettings.of(custom), ENDED);
        fixture.fire(new FireRequest("1", custom, List.of(gate), Facts.json("{}"), null));
        fixture.answer("gate", 200, "{}");

        assertThat(end(fixture, RELEASED, gate)).isCompleted();
        assertThat(events(fixture.requests("gate"))).containsExactly("Instance created");
    }

    @Test
    void shouldTellAChatInASentence() throws Exception {
        Webhook plain = fixture.webhook("chat", plain(), ENDED);
        Webhook chat = new Webhook(
                plain.name(), plain.url(), List.of(), plain.timeout(), 2, false, List.of(), plain.events(), "SLACK");
        fixture.fire(chat);
        fixture.request("chat").answer(200, "ok");
        fixture.settle();
        end(fixture, new ReleaseEnd(ReleaseOutcome.ROLLED_BACK, "checkout is red"), chat);

        assertThat(fixture.request("chat").body().toString())
                .contains("Release #7 of shop/release was rolled back: checkout is red");
    }

    @Test
    void shouldEndInGoodOrderIfTheHistoryIsGone() throws Exception {
        Webhook gate = fixture.webhook("gate", plain(), ENDED);
        agree(gate);
        CompletableFuture<Void> told = end(fixture, RELEASED, gate);
        Files.delete(fixture.journal.file());
        try (LogCapture log = new LogCapture(NoticeRuns.class)) {
            fixture.answer("gate", 200, "");
            assertThat(log.records).hasSize(1);
        }

        assertThat(told).isCompleted();
        assertThat(fixture.journal.exists()).isFalse();
    }

    @Test
    void shouldGiveUpAnEventOfAProcessThatHasEnded() throws Exception {
        fixture.fire(fixture.webhook("gate", blocking(), hears()));
        fixture.answer("gate", 200, "{}");
        EngineFixture after = fixture.restarted();
        EventRun run = after.engine.cancel(after.process, "before_release", "the build was killed");
        after.settle();

        assertThat(verdict(run).reason()).isEqualTo("the build was killed");
        assertThat(events(after.http.exchanges())).containsExactly("before_release_cancelled");
        assertThat(history(after).event("before_release").settled()).isEqualTo(verdict(run));
    }

    @Test
    void shouldReportWhatItTellsToTheListener() throws Exception {
        Webhook gate = fixture.webhook("gate", plain(), ENDED);
        agree(gate);
        fixture.told.clear();
        end(fixture, RELEASED, gate);
        fixture.answer("gate", 200, "");

        assertThat(fixture.told)
                .extracting(told -> told.fact().getClass().getSimpleName())
                .containsExactly("Fired", "Attempted", "Answered", "Settled");
        EventHistory notice = history(fixture).notices().get(0);
        assertThat(notice.facts()).extracting(Fact::getClass).hasSize(4);
        assertThat(notice.goesOn(false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"release_ended", "Release Ended", "beforeReleaseCancelled", "before-release-complete-cancelled"})
    @DisplayName("protocol: more events — nobody else can fire what this program fires by itself")
    void shouldRefuseToFireWhatItFiresByItself(String name) {
        assertThat(ReleaseEvent.of(name).tellsOnly()).isTrue();
        assertThatThrownBy(() -> ReleaseEvent.toFire(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is fired by itself");
    }

    @Test
    @DisplayName("protocol: event names — what is nearly one of them is refused with the name that was meant")
    void shouldRefuseWhatIsNearlyOneOfThem() {
        assertThatThrownBy(() -> ReleaseEvent.of("before_release_canceled"))
                .hasMessageContaining("write before_release_cancelled");
        assertThatThrownBy(() -> ReleaseEvent.of("releaseEnd")).hasMessageContaining("write release_ended");
        assertThat(ReleaseEvent.of("Release notes sent").tellsOnly()).isFalse();
    }
}

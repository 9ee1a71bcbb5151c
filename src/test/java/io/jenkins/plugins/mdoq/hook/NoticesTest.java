package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.blocking;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.hears;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Action;
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

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
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

        assertThat(FakeHttp.events(fixture.requests("mdoq"))).containsExactly("before_release");
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
        assertThat(fixture.journal.read().rollbackAskedBy())
                .as("it decides nothing")
                .isNull();
        assertThat(fixture.journal.read().decisions()).hasSize(1);
        assertThat(run.notices()).isCompleted();
    }

    @Test
    @DisplayName("protocol: notes — an answer that decides nothing needs no result")
    void shouldSayNothingOfAnAnswerThatDecidesNothing() throws Exception {
        EventRun run = fixture.fire(fixture.webhook("listens", blocking(), hears()));
        fixture.answer("listens", 200, "{}");
        run.cancel("aborted by ada");
        fixture.settle();
        fixture.answer("listens", 200, "{'rollback':true}");

        History history = fixture.journal.read();
        assertThat(notes(history.decisions())).containsExactly("no result in the answer; taken for success");
        assertThat(notes(history.notices())).isEmpty();
    }

    private static List<String> notes(List<EventHistory> events) {
        return events.get(0).entries().iterator().next().answer().notes();
    }

    @Test
    void shouldTellNobodyWhoHeldNoLock() throws Exception {
        EventRun run = fixture.fire(
                fixture.webhook("plain", plain(), hears()), fixture.webhook("released", blocking(), hears()));
        fixture.answer("released", 200, "{}");
        fixture.release("released", "{}");
        run.cancel("aborted");
        fixture.settle();

        assertThat(FakeHttp.events(fixture.requests("plain"))).containsExactly("before_release");
        assertThat(FakeHttp.events(fixture.requests("released"))).containsExactly("before_release");
        assertThat(fixture.journal.read().notices()).isEmpty();
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
        CompletableFuture<Void> told = after.engine.resumeNotices(after.process, after.journal.read());
        CompletableFuture<Void> again = after.engine.resumeNotices(after.process, after.journal.read());
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
        assertThat(third.engine.resumeNotices(third.process, third.journal.read()))
                .isCompleted();
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
        assertThat(FakeHttp.events(after.http.exchanges())).containsExactly("before_release_cancelled");
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
        assertThat(fixture.journal
                        .read()
                        .notices()
                        .get(0)
                        .entries()
                        .iterator()
                        .next()
                        .deliveryError())
                .contains("500");
        assertThat(verdict(run).action()).as("nothing follows from it").isEqualTo(Action.STOP);
    }

    @Test
    void shouldGiveUpAnEventOfAProcessThatHasEnded() throws Exception {
        fixture.fire(fixture.webhook("gate", blocking(), hears()));
        fixture.answer("gate", 200, "{}");
        EngineFixture after = fixture.restarted();
        EventRun run = after.engine.cancel(after.process, "before_release", "the build was killed");
        after.settle();

        assertThat(verdict(run).reason()).isEqualTo("the build was killed");
        assertThat(FakeHttp.events(after.http.exchanges())).containsExactly("before_release_cancelled");
        assertThat(after.journal.read().event("before_release").settled()).isEqualTo(verdict(run));
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

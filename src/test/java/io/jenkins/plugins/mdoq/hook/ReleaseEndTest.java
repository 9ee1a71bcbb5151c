package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.hook.EngineFixture.plain;
import static io.jenkins.plugins.mdoq.hook.EngineFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
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

/** How a release ended, told once to those who listen ({@code release_ended}); it decides nothing. */
class ReleaseEndTest {

    private static final EventSettings ENDED = EventSettings.of(ReleaseEvent.RELEASE_ENDED);
    private static final ReleaseEnd RELEASED = new ReleaseEnd(ReleaseOutcome.RELEASED, "every webhook agreed");

    @TempDir
    private Path folder;

    private EngineFixture fixture;

    @BeforeEach
    void build() {
        fixture = new EngineFixture(folder);
    }

    private static CompletableFuture<Void> end(EngineFixture of, ReleaseEnd end, Webhook... webhooks)
            throws IOException {
        CompletableFuture<Void> told = of.engine.end(of.process, of.journal.read(), List.of(webhooks), end);
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

    @Test
    @DisplayName("protocol: more events — release_ended tells outcome and reason, once for each process")
    void shouldTellOnceHowTheReleaseEnded() throws Exception {
        Webhook gate = fixture.webhook("gate", plain(), ENDED);
        Webhook other = fixture.webhook("other", plain());
        agree(gate, other);
        assertThat(ReleaseEnd.wasSaid(fixture.journal.read())).isFalse();
        CompletableFuture<Void> told = end(fixture, RELEASED, gate, other);

        assertThat(FakeHttp.events(fixture.requests("other"))).containsExactly("before_release");
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
        assertThat(after.journal.read().notices()).hasSize(1);
        assertThat(ReleaseEnd.wasSaid(after.journal.read())).isTrue();
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
        end(fixture, new ReleaseEnd(ReleaseOutcome.FAILED, "the disk is full"), gate);
        fixture.answer("gate", 200, "");
        end(fixture, RELEASED, gate);
        fixture.answer("gate", 200, "");
        end(fixture, RELEASED, gate);

        assertThat(fixture.requests("gate").stream()
                        .filter(request -> request.text("event").equals("release_ended"))
                        .map(request -> request.text("outcome")))
                .containsExactly("aborted", "failed", "released");
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
        assertThat(FakeHttp.events(fixture.requests("gate"))).containsExactly("Instance created");
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
    void shouldReportWhatItTellsToTheListener() throws Exception {
        Webhook gate = fixture.webhook("gate", plain(), ENDED);
        agree(gate);
        fixture.told.clear();
        end(fixture, RELEASED, gate);
        fixture.answer("gate", 200, "");

        assertThat(fixture.told)
                .extracting(told -> told.fact().getClass().getSimpleName())
                .containsExactly("Fired", "Attempted", "Answered", "Settled");
        EventHistory notice = fixture.journal.read().notices().get(0);
        assertThat(notice.facts()).extracting(Fact::getClass).hasSize(4);
        assertThat(notice.goesOn(false)).isFalse();
    }
}

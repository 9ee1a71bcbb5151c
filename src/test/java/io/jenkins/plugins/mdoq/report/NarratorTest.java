package io.jenkins.plugins.mdoq.report;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.json;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.history.PlanBuilder;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarratorTest {

    private final Facts facts = new Facts();
    private final Narrator narrator = new Narrator();

    private List<String> tell(Fact fact) {
        return narrator.tell(fact);
    }

    private void fire() {
        narrator.tell(fired(plan("gate", true), plan("chat", false)));
    }

    @Test
    void shouldTellThatAnEventWasFired() {
        assertThat(narrator.tell(fired(plan("gate", true), plan("a-longer-name", false))))
                .containsExactly(
                        "before_release: asking 2 webhooks",
                        "  gate           POST http://127.0.0.1:8099/gate",
                        "  gate           lock held: " + Facts.lock("gate") + ", without a deadline",
                        "  a-longer-name  POST http://127.0.0.1:8099/a-longer-name");
        assertThat(narrator.tell(fired(plan("gate", false)))).first().isEqualTo("before_release: asking 1 webhook");
        assertThat(narrator.tell(fired())).containsExactly("before_release: no webhook listens");
    }

    @Test
    void shouldTellTheDeadline() {
        PlannedDelivery plan = new PlanBuilder("gate")
                .id("m")
                .url("http://h/")
                .lock("lock")
                .deadline(Facts.START.plusMillis(3_600_999))
                .build();
        assertThat(narrator.tell(fired(plan)))
                .last()
                .isEqualTo("  gate      lock held: lock, until 2026-03-01 11:00:00 UTC");
    }

    @Test
    void shouldBeQuietAboutFirstAttempts() {
        fire();
        assertThat(tell(facts.attempt("gate", 1))).isEmpty();
        assertThat(tell(facts.attempt("gate", 2))).containsExactly("  gate      attempt 2");
    }

    @Test
    void shouldTellAFailedAttemptWithWhatTheEndpointSaidInstead() {
        fire();
        assertThat(tell(new Fact.AttemptFailed(
                        Facts.START,
                        delivery("gate"),
                        1,
                        503,
                        1_234,
                        "HTTP status 503",
                        "<h1>down</h1>\n\nsee you",
                        Facts.START.plusSeconds(2))))
                .containsExactly(
                        "  gate      attempt 1 of 3 failed after 1.2 s: HTTP status 503; next in 2.0 s",
                        "  gate      | <h1>down</h1>",
                        "  gate      | see you");
        assertThat(tell(facts.failure("gate", 3, true)))
                .containsExactly(
                        "  gate      attempt 3 of 3 failed after 20 ms: HTTP status 503 without a result; not tried again");
    }

    @Test
    void shouldTellAnAnswer() {
        fire();
        assertThat(tell(facts.answer("gate", Result.SUCCESS, "{'any':'data'}")))
                .containsExactly("  gate      answered 200 in 15 ms: success");
        assertThat(tell(new Fact.Answered(
                        Facts.START,
                        delivery("gate"),
                        1,
                        200,
                        15,
                        Result.FAIL,
                        json("{'stop_release':1,'rollback_release':true,'message':'because\\nof this'}"),
                        List.of("odd"))))
                .containsExactly(
                        "  gate      answered 200 in 15 ms: fail, stop_release, rollback_release",
                        "  gate      | because",
                        "  gate      | of this",
                        "  gate      note: odd");
    }

    @Test
    void shouldTellWhoGaveMoreTimeAndUntilWhen() {
        tell(fired(plan("gate", true)));

        assertThat(tell(new Fact.Extended(
                        Facts.START,
                        Facts.delivery("gate"),
                        Facts.START.plusSeconds(900),
                        "operator alice",
                        "slow\ntests")))
                .containsExactly(
                        "  gate      more time, until 2026-03-01 10:15:00 UTC, given by operator alice: slow tests");
    }

    @Test
    void shouldTellProgressReleaseExpiryAndCancellation() {
        fire();
        assertThat(tell(facts.progress("gate", "halfway"))).containsExactly("  gate      | halfway");
        assertThat(tell(facts.release("gate", "{'result':'fail','stop_release':true,'message':'no'}")))
                .containsExactly(
                        "  gate      lock released by endpoint at 127.0.0.1 after 2.0 s: fail, stop_release",
                        "  gate      | no");
        assertThat(tell(facts.release("gate", "{}")))
                .containsExactly("  gate      lock released by endpoint at 127.0.0.1 after 3.0 s");
        assertThat(tell(new Fact.Released(
                        Facts.START, delivery("gate"), json("{}"), "operator ada", List.of("odd"), null)))
                .containsExactly("  gate      lock released by operator ada after 0 ms", "  gate      note: odd");
        assertThat(tell(facts.expiry("gate")))
                .containsExactly(
                        "  gate      lock expired after 4.0 s: the lock was not released by 2026-03-01T10:00:04Z");
        assertThat(tell(facts.cancellation("gate", "aborted"))).containsExactly("  gate      lock given up: aborted");
        assertThat(narrator.tell(facts.cancellation("chat", "aborted")))
                .containsExactly("  chat      given up: aborted");
    }

    @Test
    @DisplayName("protocol: more events — an event that tells what happened is told as that, and has no verdict")
    void shouldTellOfAnEventThatTellsOnly() {
        assertThat(narrator.tell(new Fact.Fired(
                        Facts.START,
                        " release_ended",
                        "release_ended",
                        7,
                        json("{}"),
                        json("{'outcome':'released'}"),
                        List.of(plan("chat", false)),
                        null,
                        List.of(),
                        true)))
                .containsExactly("release_ended: telling 1 webhook", "  chat      POST http://127.0.0.1:8099/chat");
        assertThat(narrator.tell(new Fact.Settled(
                        Facts.START, " release_ended", Outcome.SUCCESS, Action.CONTINUE, null, "it tells")))
                .isEmpty();
    }

    @Test
    void shouldTellThatTheReleaseFailsAndWhatItWaitsFor() {
        fire();
        assertThat(narrator.tell(new Fact.Failing(
                        Facts.START, "before_release", "chat", "a hole\u0007", List.of("gate", "board"))))
                .containsExactly(
                        "before_release: the release will fail, decided by chat: a hole ; still waits for gate,"
                                + " board, as a rollback may be asked for until then");
    }

    @Test
    void shouldTellSteps() {
        fire();
        assertThat(narrator.tell(new StepFact.Started(Facts.START, "rollback"))).containsExactly("rollback: started");
        assertThat(narrator.tell(new StepFact.Finished(Facts.START, "rollback", 0, null)))
                .containsExactly("rollback: done");
        assertThat(narrator.tell(new StepFact.Finished(Facts.START, "rollback", 7, "exit status 7")))
                .containsExactly("rollback: failed (7): exit status 7");
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS,   CONTINUE, the release goes on",
        "FAIL,      CONTINUE, 'a fail, but the release goes on'",
        "FAIL,      UNSTABLE, 'a fail, the release goes on as unstable'",
        "FAIL,      FAIL,     the release fails",
        "STOP,      STOP,     the release is stopped",
        "CANCELLED, STOP,     the release was aborted",
        "ROLLBACK,  ROLLBACK, 'the release is cancelled, a rollback is asked for'"
    })
    void shouldTellTheVerdict(Outcome outcome, Action action, String meaning) {
        fire();
        assertThat(narrator.tell(facts.verdict(outcome, action, "why")))
                .containsExactly("before_release: " + meaning + ": why");
        assertThat(narrator.tell(new Fact.Settled(Facts.START, "before_release", outcome, action, "gate", "why")))
                .containsExactly("before_release: " + meaning + ", decided by gate: why");
        assertThat(narrator.tell(new Fact.Settled(
                        Facts.START, "before_release", outcome, action, "gate", "why", "operator ada")))
                .containsExactly("before_release: " + meaning + ", decided by operator ada: why");
    }

    @Test
    void shouldKnowAnEventThatWasFiredBeforeItBegan() {
        narrator.know(Facts.eventHistory(fired(plan("gate", true)), List.of()));

        assertThat(tell(facts.release("gate", "{}")))
                .containsExactly("  gate      lock released by endpoint at 127.0.0.1 after 1.0 s");
        assertThat(narrator.tell(facts.verdict(Outcome.SUCCESS, Action.CONTINUE, "r")))
                .first()
                .asString()
                .startsWith("before_release: ");
    }

    @Test
    void shouldTellWhatItKnowsOfAnEventThatItDoesNotKnow() {
        assertThat(tell(facts.release("gate", "{}")))
                .containsExactly("            lock released by endpoint at 127.0.0.1");
        assertThat(tell(facts.failure("gate", 1, true)).get(0)).contains("attempt 1 failed");
    }

    @Test
    void shouldKeepTheValuesOfLocksToItselfIfToldTo() {
        assertThat(new Narrator(false).tell(fired(plan("gate", true))))
                .last()
                .isEqualTo("  gate      lock held, without a deadline");
    }

    private static Fact passingBy(int webhooks, PlannedDelivery... plans) {
        List<PassedBy> passedBy = new ArrayList<>();
        for (int i = 1; i <= webhooks; i++) {
            passedBy.add(new PassedBy("team-" + i, "not for this job,\nbut for t" + i + "/**"));
        }
        return new Fact.Fired(Facts.START, "h", "before_release", 1, json("{}"), null, List.of(plans), null, passedBy);
    }

    @Test
    void shouldTellTheFirstFewWebhooksThatWerePassedBy() {
        assertThat(narrator.tell(passingBy(2, plan("gate", false))))
                .containsExactly(
                        "before_release: asking 1 webhook",
                        "  gate      POST http://127.0.0.1:8099/gate",
                        "  team-1    passed by: not for this job, but for t1/**",
                        "  team-2    passed by: not for this job, but for t2/**");
        assertThat(narrator.tell(passingBy(40)))
                .hasSize(7)
                .startsWith("before_release: no webhook listens that was not passed by")
                .endsWith("  and 35 more webhooks passed by; see the webhook history");
        assertThat(narrator.tell(passingBy(5))).hasSize(6).last().asString().startsWith("  team-5    passed by: ");
    }

    @Test
    void shouldTellACallThatWasRefusedAndHowOften() {
        fire();
        assertThat(tell(new Fact.Refused(
                        Facts.START,
                        delivery("gate"),
                        "release",
                        403,
                        "the secret is\nanother one",
                        "192.0.2.7",
                        1,
                        null)))
                .containsExactly("  gate      refused: release from 192.0.2.7 (403): the secret is another one");
        assertThat(tell(new Fact.Refused(
                        Facts.START, delivery("gate"), "log", 429, "too many notes", "192.0.2.7", 10, null)))
                .containsExactly("  gate      refused: log from 192.0.2.7 (429), 10 times so far: too many notes");
    }

    @Test
    void shouldTellWhatWasSentAgainAndWhatCame() {
        fire();
        String chat = delivery("chat");

        assertThat(tell(new Fact.SentAgain(Facts.START, chat, 1, "operator alice\u202e at 192.0.2.7")))
                .containsExactly("  chat      sent again by operator alice  at 192.0.2.7");
        assertThat(tell(new Fact.RepliedAgain(
                        Facts.START, chat, 1, 200, 45, null, null, json("{'message':'seen'}"), List.of("odd"))))
                .containsExactly(
                        "  chat      sent again: answered 200 in 45 ms", "  chat      | seen", "  chat      note: odd");
        assertThat(tell(new Fact.RepliedAgain(
                        Facts.START, chat, 2, 503, 45, "HTTP status 503", "busy", null, List.of())))
                .containsExactly("  chat      sent again: failed after 45 ms: HTTP status 503", "  chat      | busy");
    }
}

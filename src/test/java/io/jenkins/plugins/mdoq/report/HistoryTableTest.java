package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTableTest {

    private static final Instant NOW = Facts.START.plusSeconds(60);

    private final Facts facts = new Facts();

    /** Two words with one meaning each: TOOK is the attempt's time, HELD the lock's. */
    @Test
    void shouldShowEachEntryOfAnEventInARow() {
        assertThat(HistoryTable.of(
                        Facts.eventHistory(
                                Facts.fired(
                                        Facts.plan("gate", true),
                                        Facts.plan("slack", false),
                                        Facts.plan("judge", true),
                                        Facts.plan("late", true),
                                        Facts.plan("open", true),
                                        Facts.plan("decided", true),
                                        Facts.plan("held", true)),
                                List.of(
                                        facts.attempt("gate", 1),
                                        facts.answer("gate", Result.SUCCESS, "{}"),
                                        facts.release(
                                                "gate", "{'result':'fail','stop_release':true,'message':'freeze'}"),
                                        facts.attempt("slack", 1),
                                        facts.failure("slack", 1, true),
                                        facts.cancellation("judge", "the build was aborted"),
                                        facts.expiry("late"),
                                        facts.attempt("open", 1),
                                        facts.answer("decided", Result.FAIL, "{'stop_release':true}"),
                                        facts.answer("held", Result.SUCCESS, "{}"))),
                        NOW))
                .containsExactly(
                        "WEBHOOK  ATTEMPTS  STATUS  TOOK   LOCK      HELD       OUTCOME    MESSAGE",
                        "gate     1         200     15 ms  released  3.0 s      stop       freeze",
                        "slack    1         503     20 ms  -         -          fail       HTTP status 503 without a result",
                        "judge    0         -       -      given up  6.0 s      cancelled  the build was aborted",
                        "late     0         -       -      expired   7.0 s      fail       the lock was not released by"
                                + " 2026-03-01T10:00:07Z",
                        "open     1         -       -      held      1 min 0 s  sending",
                        "decided  0         200     15 ms  closed    9.0 s      stop       no reason given",
                        "held     0         200     15 ms  held      1 min 0 s  waiting");
    }

    @Test
    void shouldGiveNoReasonForASuccessUnlessTheEndpointSaidSomething() {
        assertThat(HistoryTable.of(
                        Facts.eventHistory(
                                Facts.fired(Facts.plan("quiet", false), Facts.plan("talkative", false)),
                                List.of(
                                        facts.answer("quiet", Result.SUCCESS, "{}"),
                                        facts.answer("talkative", Result.SUCCESS, "{'message':'all\\nfine'}"))),
                        NOW))
                .containsExactly(
                        "WEBHOOK    ATTEMPTS  STATUS  TOOK   LOCK  HELD  OUTCOME  MESSAGE",
                        "quiet      0         200     15 ms  -     -     success",
                        "talkative  0         200     15 ms  -     -     success  all fine");
    }

    @Test
    void shouldSayHowMuchItCut() {
        PlannedDelivery plan = Facts.plan("w".repeat(70), false, OnFail.CONTINUE, OnDeliveryError.FAIL);

        assertThat(HistoryTable.of(
                                Facts.eventHistory(
                                        Facts.fired(plan),
                                        List.of(facts.answer(
                                                plan.webhook(),
                                                Result.FAIL,
                                                "{'message':'\\u001b[31m" + "m".repeat(5_000) + "'}"))),
                                NOW)
                        .get(1))
                .startsWith("w".repeat(60) + "… (10 more)  0 ")
                .endsWith("  fail     [31m" + "m".repeat(56) + "… (4944 more)");
    }

    @Test
    void shouldShowAWholeHistoryWithItsVerdicts() {
        List<Fact> all = new ArrayList<>();
        all.add(Facts.fired(Facts.plan("gate", true)));
        all.add(facts.attempt("gate", 1));
        all.add(facts.answer("gate", Result.SUCCESS, "{}"));
        all.add(facts.release("gate", "{'result':'fail','stop_release':true,'message':'freeze'}"));
        all.add(facts.verdict(Outcome.STOP, Action.STOP, "freeze"));
        all.add(new Fact.Fired(NOW, "deployed", "deployed", 7, Facts.json("{}"), null, List.of()));

        assertThat(HistoryTable.of(History.of(all), NOW))
                .containsExactly(
                        "TIME (UTC)           EVENT           WEBHOOK  ATTEMPTS  STATUS  TOOK   LOCK      HELD   OUTCOME"
                                + "  VERDICT  MESSAGE",
                        "2026-03-01 10:00:00  before_release  gate     1         200     15 ms  released  3.0 s  stop   "
                                + "  stop     freeze",
                        "2026-03-01 10:01:00  deployed        -        -         -       -      -         -      -      "
                                + "  waiting  no webhook listens");
    }

    @Test
    void shouldShowTheStepsAndWhatIsDamaged() {
        List<Fact> all = List.of(
                new StepFact.Started(Facts.START, "release"),
                new StepFact.Started(NOW, "release (rerun 1)"),
                new StepFact.Finished(NOW.plusSeconds(5), "release (rerun 1)", 127, "it could not be\nstarted"),
                new StepFact.Finished(NOW.plusSeconds(6), "rollback", 0, null),
                facts.attempt("nobody", 1));

        assertThat(HistoryTable.of(History.of(all), NOW))
                .contains(
                        "release: started at 2026-03-01 10:00:00 UTC, not finished",
                        "release (rerun 1): started at 2026-03-01 10:01:00 UTC, took 5.0 s, failed (127): it could not be"
                                + " started",
                        "rollback: start unknown, done",
                        "damaged: a fact of the unknown delivery msg_nobody was passed over");
    }

    @Test
    void shouldShowNoVerdictOnAnEventThatTellsOnly() {
        RecordedHistory story = new RecordedHistory().told("release_ended", "chat", "{'outcome':'released'}");

        assertThat(HistoryTable.of(story.history(), story.now()))
                .containsExactly(
                        "TIME (UTC)           EVENT          WEBHOOK  ATTEMPTS  STATUS  TOOK  LOCK  HELD  OUTCOME"
                                + "  VERDICT  MESSAGE",
                        "2026-08-01 10:00:00  release_ended  chat     1         200     0 ms  -     -     success  -");
    }

    @Test
    void shouldShowWhoWasPassedByAndWhy() {
        History history = History.of(List.of(new Fact.Fired(
                NOW,
                "deployed",
                "deployed",
                7,
                Facts.json("{}"),
                null,
                List.of(),
                null,
                List.of(new PassedBy("crm-gate", "not for this job, but for crm/**")))));

        assertThat(HistoryTable.of(history, NOW))
                .last()
                .isEqualTo("deployed: crm-gate was passed by: not for this job, but for crm/**");
    }

    @Test
    void shouldShowHowOftenADeliveryWasSentAgain() {
        assertThat(HistoryTable.of(
                        Facts.eventHistory(
                                Facts.fired(Facts.plan("chat", false)),
                                List.of(
                                        facts.attempt("chat", 1),
                                        facts.answer("chat", Result.SUCCESS, "{}"),
                                        facts.verdict(Outcome.SUCCESS, Action.CONTINUE, "success"),
                                        new Fact.SentAgain(NOW, Facts.delivery("chat"), 1, "operator alice"))),
                        NOW))
                .containsExactly(
                        "WEBHOOK  ATTEMPTS     STATUS  TOOK   LOCK  HELD  OUTCOME  MESSAGE",
                        "chat     1 + 1 again  200     15 ms  -     -     success");
    }
}

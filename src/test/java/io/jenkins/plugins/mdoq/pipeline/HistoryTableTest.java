package io.jenkins.plugins.mdoq.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table at the end of an event in the build's log. */
class HistoryTableTest {

    private final Facts facts = new Facts();

    @Test
    void shouldShowEachEntryInARow() {
        assertThat(HistoryTable.of(Facts.eventHistory(
                        Facts.fired(
                                Facts.plan("gate", true),
                                Facts.plan("slack", false),
                                Facts.plan("judge", true),
                                Facts.plan("late", true),
                                Facts.plan("open", true),
                                Facts.plan("decided", true)),
                        List.of(
                                facts.attempt("gate", 1),
                                facts.answer("gate", Result.SUCCESS, "{}"),
                                facts.release("gate", "{'result':'fail','stop_release':true,'message':'freeze'}"),
                                facts.attempt("slack", 1),
                                facts.failure("slack", 1, true),
                                facts.cancellation("judge", "the build was aborted"),
                                facts.expiry("late"),
                                facts.attempt("open", 1),
                                facts.answer("decided", Result.FAIL, "{'stop_release':true}")))))
                .containsExactly(
                        "  WEBHOOK  ATTEMPTS  STATUS  TOOK   LOCK      OUTCOME  MESSAGE",
                        "  gate     1         200     3.0 s  released  stop     freeze",
                        "  slack    1         503     5.0 s  none      fail     HTTP status 503 without a result",
                        "  judge    0         -       -      closed    -        the build was aborted",
                        "  late     0         -       -      expired   fail     the lock was not released by 2026-03-01T10:00:07Z",
                        "  open     1         -       -      held      -        no reason given",
                        "  decided  0         200     9.0 s  closed    stop     no reason given");
    }

    @Test
    void shouldGiveNoReasonForASuccessUnlessTheEndpointSaidSomething() {
        assertThat(HistoryTable.of(Facts.eventHistory(
                        Facts.fired(Facts.plan("quiet", false), Facts.plan("talkative", false)),
                        List.of(
                                facts.answer("quiet", Result.SUCCESS, "{}"),
                                facts.answer("talkative", Result.SUCCESS, "{'message':'all\\nfine'}")))))
                .containsExactly(
                        "  WEBHOOK    ATTEMPTS  STATUS  TOOK   LOCK  OUTCOME  MESSAGE",
                        "  quiet      0         200     1.0 s  none  success",
                        "  talkative  0         200     2.0 s  none  success  all fine");
    }

    @Test
    void shouldSayHowMuchItCut() {
        PlannedDelivery plan = Facts.plan("w".repeat(70), false, OnFail.CONTINUE, OnDeliveryError.FAIL);

        assertThat(HistoryTable.of(Facts.eventHistory(
                                Facts.fired(plan),
                                List.of(facts.answer(
                                        plan.webhook(), Result.FAIL, "{'message':'" + "m".repeat(5_000) + "'}"))))
                        .get(1))
                .startsWith("  " + "w".repeat(60) + "… (10 more)  0 ")
                .endsWith("  fail     " + "m".repeat(60) + "… (4940 more)");
    }
}

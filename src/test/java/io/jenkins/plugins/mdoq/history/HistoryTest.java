package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is folded of all events and steps of a process. */
class HistoryTest {

    private final Facts facts = new Facts();

    @Test
    void shouldReportFactsThatFitNoFiringAndGoOn() {
        History history = History.of(List.of(
                facts.answer("nobody", Result.FAIL, "{'rollback_release':true}"),
                facts.verdict(Outcome.ROLLBACK, Action.ROLLBACK, "early"),
                fired(plan("gate", false)),
                fired(plan("other", false)),
                facts.answer("gate", Result.SUCCESS, "{}")));

        assertThat(history.damage()).hasSize(3);
        assertThat(history.event("before_release").settled()).isNull();
        assertThat(history.event("before_release").entries()).hasSize(1);
        assertThat(history.event("before_release").decided()).isTrue();
        assertThat(history.rollbackAskedBy()).isNull();
    }

    @Test
    void shouldFindAFiringByItsLockAndTheOneThatAsksForARollback() {
        History history = History.of(List.of(
                fired(plan("gate", true), plan("chat", false)),
                facts.verdict(Outcome.ROLLBACK, Action.ROLLBACK, "no")));

        assertThat(history.eventOfLock(Facts.lock("gate"))).isSameAs(history.event("before_release"));
        assertThat(history.eventOfLock("another")).isNull();
        assertThat(history.event("before_release")
                        .entryOfLock(Facts.lock("gate"))
                        .plan()
                        .webhook())
                .isEqualTo("gate");
        assertThat(history.rollbackAskedBy()).isSameAs(history.event("before_release"));
    }

    @Test
    void shouldKeepTheFirstStartAndEndOfAStep() {
        StepFact.Started started = new StepFact.Started(Facts.START, "rollback");
        StepFact.Finished finished = new StepFact.Finished(Facts.START, "rollback", 3, "failed");
        History history = History.of(List.of(
                started,
                finished,
                new StepFact.Started(Facts.START.plusSeconds(9), "rollback"),
                new StepFact.Finished(Facts.START.plusSeconds(9), "rollback", 0, null)));

        assertThat(history.started("rollback")).isEqualTo(started);
        assertThat(history.finished("rollback")).isEqualTo(finished);
        assertThat(history.started("release")).isNull();
        assertThat(history.steps()).containsExactly(new StepHistory("rollback", started, finished));
    }

    @Test
    void shouldStayWhatItWasBegunAsAndTakeCommandsThatComeLater() {
        History history = History.of(List.of(
                new Begun(Facts.START, "release", Map.of("run", "first")),
                new Begun(Facts.START.plusSeconds(9), "fire", Map.of("run", "second", "rollback", "added"))));

        assertThat(history.begun())
                .isEqualTo(new Begun(Facts.START, "release", Map.of("run", "first", "rollback", "added")));
        assertThat(history.damage()).isEmpty();
    }

    private static PlannedDelivery failing(String webhook, boolean blocking) {
        return plan(webhook, blocking, OnFail.FAIL, OnDeliveryError.FAIL);
    }

    private static EventHistory of(String event, Boolean notice, List<PlannedDelivery> plans, Fact... what) {
        return Facts.eventHistory(
                new Fact.Fired(Facts.START, "key", event, 7, Facts.json("{}"), null, plans, null, List.of(), notice),
                List.of(what));
    }

    @Test
    @DisplayName(
            "protocol: several webhooks on one event — what is certain to fail waits if a rollback may be asked for")
    void shouldWaitForTheLocksOfOthersOnlyWhereARollbackCouldUndoSomething() {
        List<PlannedDelivery> plans = List.of(failing("gate", true), failing("other", false));
        Fact held = facts.answer("gate", Result.SUCCESS, "{}");
        Fact failed = facts.answer("other", Result.FAIL, "{}");

        EventHistory before = of("before_release", null, plans, held, failed);
        assertThat(before.mayNeedRollback()).isFalse();
        assertThat(before.certainFailure().plan().webhook()).isEqualTo("other");
        assertThat(before.decided()).isTrue();
        assertThat(of("before_release", null, plans, failed).decided())
                .as("one is still being asked")
                .isFalse();

        EventHistory complete = of("before_release_complete", null, plans, held, failed);
        assertThat(complete.mayNeedRollback()).isTrue();
        assertThat(complete.certainFailure().plan().webhook()).isEqualTo("other");
        assertThat(complete.decided()).isFalse();
    }

    @Test
    @DisplayName("protocol: several webhooks on one event — a stop does not wait for the others' locks")
    void shouldBeDecidedByAStopWhateverTheOthersHold() {
        Fact held = facts.answer("gate", Result.SUCCESS, "{}");
        Fact stop = facts.answer("other", Result.FAIL, "{'stop_release':true}");
        PlannedDelivery gate = plan("gate", true);
        PlannedDelivery other = plan("other", false);

        for (List<PlannedDelivery> plans : List.of(List.of(gate, other), List.of(other, gate))) {
            assertThat(of("before_release_complete", null, plans, held, stop).decided())
                    .isTrue();
            assertThat(of("before_release_complete", null, plans, held).decided())
                    .isFalse();
            assertThat(of("before_release_complete", null, plans, stop).decided())
                    .as("one is still being asked")
                    .isFalse();
        }
    }

    @Test
    void shouldTakeForACertainFailureOnlyWhatIsClosedAndFails() {
        List<PlannedDelivery> plans = List.of(failing("gate", true), plan("other", false));

        EventHistory held = of(
                "before_release",
                null,
                plans,
                facts.answer("gate", Result.FAIL, "{}"),
                facts.answer("other", Result.FAIL, "{}"));
        assertThat(held.certainFailure()).isNull();
        assertThat(held.decided()).isFalse();
    }

    @Test
    void shouldNotBeDecidedByWhatDecidesNothing() {
        PlannedDelivery chat =
                new PlanBuilder("chat").onFail(OnFail.FAIL).format("SLACK").build();
        for (String answer : List.of("{}", "{'stop_release':true}")) {
            EventHistory event = of(
                    "before_release",
                    null,
                    List.of(failing("gate", true), chat),
                    facts.answer("gate", Result.SUCCESS, "{}"),
                    facts.answer("chat", Result.FAIL, answer));
            assertThat(event.certainFailure()).isNull();
            assertThat(event.decided()).isFalse();
        }
    }

    @Test
    void shouldGoOnUntilItIsSettledAndANoticeEvenLonger() {
        Fact settled = new Fact.Settled(Facts.START, "key", Outcome.SUCCESS, Action.CONTINUE, null, "fine");
        List<PlannedDelivery> plans = List.of(plan("gate", false));

        assertThat(of("before_release", null, plans).goesOn(true)).isTrue();
        assertThat(of("before_release", null, plans).goesOn(false)).isFalse();
        assertThat(of("release_ended", true, plans).goesOn(false)).isTrue();
        assertThat(of("before_release", null, plans, settled).goesOn(true)).isFalse();
        assertThat(of("release_ended", true, plans, settled).goesOn(false)).isFalse();
        assertThat(of("before_release", null, plans, settled).facts()).hasSize(2);
        assertThat(of("before_release", null, plans).key()).isEqualTo("key");
    }

    @Test
    void shouldTellTheEventsThatDecideFromThoseThatOnlyTell() {
        Fact.Fired notice = new Fact.Fired(
                Facts.START,
                "ended",
                "release_ended",
                7,
                Facts.json("{}"),
                null,
                List.of(plan("chat", false)),
                null,
                List.of(),
                true);
        History history = History.of(List.of(fired(plan("gate", false)), notice));

        assertThat(history.events()).extracting(EventHistory::key).containsExactly("before_release", "ended");
        assertThat(history.decisions()).extracting(EventHistory::key).containsExactly("before_release");
        assertThat(history.notices()).extracting(EventHistory::key).containsExactly("ended");
    }

    @Test
    void shouldNameWhoDecidedInAWebhooksPlace() {
        assertThat(new Fact.Settled(Facts.START, "key", Outcome.FAIL, Action.FAIL, "gate", "no").decider())
                .isEqualTo("gate");
        assertThat(new Fact.Settled(Facts.START, "key", Outcome.FAIL, Action.FAIL, "gate", "no", "operator ada")
                        .decider())
                .isEqualTo("operator ada");
    }
}

package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.List;
import java.util.Map;
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
}

package io.jenkins.plugins.mdoq.controller;

import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.hook.ReleaseEnd;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.ReleaseOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a build ended, from its webhook history and its result. */
@DisplayName("protocol: more events — the outcome of a build")
class BuildEndTest {

    private static final String COMPLETE = "before_release_complete";

    private final List<Fact> facts = new ArrayList<>();

    private void fire(String event) {
        facts.add(new Fact.Fired(
                Facts.START, event, event, 7, Facts.json("{}"), null, List.of(Facts.plan("gate", true))));
    }

    private void settle(String event, Outcome outcome, Action action) {
        facts.add(new Fact.Settled(Facts.START, event, outcome, action, "gate", "why"));
    }

    private ReleaseEnd end(String result) {
        return BuildEnd.of(History.of(facts), result);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS,  RELEASED, 'the release goes on, decided by gate: why'",
        "UNSTABLE, RELEASED, 'the release goes on, decided by gate: why'",
        "FAILURE,  FAILED,   the build ended as FAILURE",
        "NOT_BUILT,FAILED,   the build ended as NOT_BUILT",
        "ABORTED,  ABORTED,  the build was aborted",
        ",         FAILED,   the build ended"
    })
    void shouldGoByTheBuildIfNothingWasAgainstTheRelease(String result, ReleaseOutcome outcome, String reason) {
        fire("before_release");
        settle("before_release", Outcome.SUCCESS, Action.CONTINUE);

        assertThat(end(result)).isEqualTo(new ReleaseEnd(outcome, reason));
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL,      FAIL,     FAILURE, FAILED",
        "FAIL,      CONTINUE, SUCCESS, RELEASED",
        "STOP,      STOP,     ABORTED, STOPPED",
        "STOP,      STOP,     FAILURE, STOPPED",
        "CANCELLED, STOP,     ABORTED, ABORTED",
        "CANCELLED, STOP,     FAILURE, FAILED",
        "CANCELLED, STOP,     ,        ABORTED"
    })
    void shouldGoByTheHistoryIfAWebhookDecided(Outcome outcome, Action action, String result, ReleaseOutcome expected) {
        fire("before_release");
        settle("before_release", Outcome.SUCCESS, Action.CONTINUE);
        fire(COMPLETE);
        settle(COMPLETE, outcome, action);

        assertThat(end(result).outcome()).isEqualTo(expected);
    }

    @Test
    void shouldGoByTheLastEventOfTheReleaseWhateverElseWasFired() {
        fire("before_release");
        settle("before_release", Outcome.SUCCESS, Action.CONTINUE);
        fire("Passed regression testing");
        settle("Passed regression testing", Outcome.FAIL, Action.FAIL);

        assertThat(end("SUCCESS").outcome()).isEqualTo(ReleaseOutcome.RELEASED);
    }

    @ParameterizedTest
    @CsvSource({"ABORTED, ABORTED", "FAILURE, FAILED", ", FAILED"})
    void shouldSayThatItEndedBeforeAVerdict(String result, ReleaseOutcome outcome) {
        fire("before_release");

        assertThat(end(result).outcome()).isEqualTo(outcome);
        assertThat(end(result).reason()).endsWith("before the webhooks had decided on before_release");
    }

    private void askForRollback(String event) {
        fire(event);
        settle(event, Outcome.ROLLBACK, Action.ROLLBACK);
    }

    private static final String WHY = "the release is cancelled, a rollback is asked for, decided by gate: why";

    @Test
    void shouldSayThatItWasRolledBack() {
        askForRollback(COMPLETE);
        facts.add(new StepFact.Started(Facts.START, "rollback"));
        assertThat(end("FAILURE"))
                .isEqualTo(new ReleaseEnd(
                        ReleaseOutcome.ROLLBACK_FAILED,
                        "the rollback was begun and not finished; before that: " + WHY));
        facts.add(new StepFact.Finished(Facts.START, "rollback", 0, null));
        assertThat(end("FAILURE")).isEqualTo(new ReleaseEnd(ReleaseOutcome.ROLLED_BACK, WHY));
    }

    @Test
    void shouldSayThatTheRollbackFailed() {
        askForRollback(COMPLETE);
        facts.add(new StepFact.Finished(Facts.START, "rollback", 1, "no disk"));

        assertThat(end("FAILURE"))
                .isEqualTo(new ReleaseEnd(
                        ReleaseOutcome.ROLLBACK_FAILED, "the rollback failed: no disk; before that: " + WHY));
    }

    @Test
    void shouldSayThatNobodyRolledBackWhatWasReleased() {
        askForRollback(COMPLETE);

        assertThat(end("FAILURE"))
                .isEqualTo(new ReleaseEnd(
                        ReleaseOutcome.ROLLBACK_FAILED, "the build ended without a rollback; before that: " + WHY));
    }

    @Test
    void shouldSayThatThereWasNothingToUndo() {
        askForRollback("before_release");

        assertThat(end("FAILURE"))
                .isEqualTo(new ReleaseEnd(ReleaseOutcome.ROLLED_BACK, "nothing was released; before that: " + WHY));
    }

    @Test
    void shouldPassOverWhatWasOnlyTold() {
        fire("before_release");
        settle("before_release", Outcome.SUCCESS, Action.CONTINUE);
        Fact.Fired told = fired(Facts.plan("chat", false));
        facts.add(new Fact.Fired(
                told.at(),
                " release_ended",
                "release_ended",
                7,
                told.instance(),
                null,
                told.deliveries(),
                null,
                List.of(),
                true));

        assertThat(end("SUCCESS").outcome()).isEqualTo(ReleaseOutcome.RELEASED);
    }
}

package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.report.RecordedHistory.Asked;
import io.jenkins.plugins.mdoq.report.ReleaseSummary.Tone;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseSummaryTest {

    private static ReleaseSummary of(RecordedHistory story, boolean running) {
        return ReleaseSummary.of(story.history(), story.now(), running);
    }

    private static RecordedHistory rollbackAsked() {
        return new RecordedHistory()
                .fire("before_release_complete", Asked.open("gate"))
                .at(1)
                .verdict(Outcome.ROLLBACK, Action.ROLLBACK, "gate", "red");
    }

    private static void assertState(RecordedHistory story, boolean running, String state, Tone tone) {
        assertThat(of(story, running)).satisfies(summary -> {
            assertThat(summary.state()).isEqualTo(state);
            assertThat(summary.tone()).isEqualTo(tone);
        });
    }

    @Test
    void shouldSayHowFarARollbackIs() {
        assertState(rollbackAsked(), true, "to be rolled back", Tone.BAD);
        assertState(rollbackAsked(), false, "not rolled back", Tone.BAD);
        assertState(rollbackAsked().at(2).started("rollback"), true, "rolling back", Tone.BAD);
        assertState(rollbackAsked().at(2).started("rollback"), false, "rollback interrupted", Tone.BAD);
        assertState(rollbackAsked().started("rollback").finished("rollback", 0, null), false, "rolled back", Tone.BAD);
        RecordedHistory failed = rollbackAsked().started("rollback").at(9).finished("rollback", 2, "no\nbackup");
        assertState(failed, false, "rollback failed", Tone.BAD);
        assertThat(of(failed, false).sentences())
                .containsExactly(
                        "before_release_complete: the release is cancelled, a rollback is asked for, decided by gate: red",
                        "rollback: failed (2) in 8.0 s: no backup");
        assertThat(of(rollbackAsked().at(2).started("rollback").at(5), true).sentences())
                .last()
                .isEqualTo("rollback: started at 2026-08-01 10:00:02 UTC, not finished after 3.0 s");
    }

    @Test
    void shouldSayFirstWhatEndedTheReleaseThenWhatWasDoneAndThenWhatWasBefore() {
        assertThat(of(RecordedHistory.rolledBack(), false).sentences())
                .containsExactly(
                        "before_release_complete: the release is cancelled, a rollback is asked for, decided by"
                                + " release-gate: checkout test is red",
                        "rollback: done in 1 min 2 s",
                        "before_release: the release goes on: every webhook agreed");
        assertThat(of(RecordedHistory.longWait(), false).sentences())
                .containsExactly(
                        "before_release_complete: the release goes on: every webhook agreed",
                        "before_release: the release goes on: every webhook agreed");
    }

    @Test
    void shouldSayWhoDecidedAndWhy() {
        assertState(RecordedHistory.stopped(), false, "stopped", Tone.BAD);
        assertThat(of(RecordedHistory.stopped(), false).sentences())
                .containsExactly(
                        "before_release: the release is stopped, decided by gate: release freeze until Monday");
        RecordedHistory failed = new RecordedHistory()
                .fire("before_release", Asked.open("gate"))
                .verdict(Outcome.FAIL, Action.FAIL, "gate", "refused");
        assertState(failed, false, "failed", Tone.BAD);
        RecordedHistory aborted = new RecordedHistory()
                .fire("before_release", Asked.open("gate"))
                .verdict(Outcome.CANCELLED, Action.STOP, null, "aborted by a signal");
        assertState(aborted, false, "aborted", Tone.BAD);
    }

    @Test
    void shouldSayWhatIsWaitedForAsLongAsSomebodyWaits() {
        assertState(RecordedHistory.waiting(), true, "waiting", Tone.OPEN);
        assertState(RecordedHistory.waiting(), false, "ended without a verdict", Tone.DOUBTFUL);
        assertThat(of(RecordedHistory.waiting(), false).sentences())
                .containsExactly("before_release: the process ended without a verdict");
    }

    @Test
    void shouldSayFirstThatTheReleaseWillFailWhateverItStillWaitsFor() {
        RecordedHistory story = RecordedHistory.waiting();
        story.facts.add(new Fact.Failing(
                story.now(), "before_release", "change-board", "no ticket", List.of("release-gate", "chat")));

        assertState(story, true, "waiting", Tone.OPEN);
        assertThat(of(story, true).sentences())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("before_release: the release will fail, decided by change-board: no ticket");
    }

    @Test
    void shouldSayThatItGoesOnOrWasReleased() {
        assertState(RecordedHistory.longWait(), false, "released", Tone.GOOD);
        assertState(RecordedHistory.crowd(), true, "goes on", Tone.GOOD);
        RecordedHistory unstable = new RecordedHistory()
                .fire("before_release_complete", Asked.open("gate"))
                .verdict(Outcome.FAIL, Action.UNSTABLE, "gate", "slow");
        assertState(unstable, false, "released", Tone.DOUBTFUL);
        assertState(new RecordedHistory(), true, "nothing asked yet", Tone.OPEN);
    }

    @Test
    void shouldSayThatTheReleaseItselfFailed() {
        RecordedHistory story = new RecordedHistory()
                .fire("before_release", Asked.open("gate"))
                .goesOn()
                .started("release")
                .finished("release", 1, null);

        assertState(story, false, "release failed", Tone.BAD);
        assertThat(of(story, false).sentences())
                .containsExactly("release: failed (1)", "before_release: the release goes on: every webhook agreed");
    }

    @Test
    void shouldSayThatTheReleaseItselfFailedEvenIfItsRollbackFailedToo() {
        RecordedHistory story = new RecordedHistory()
                .fire("before_release", Asked.open("gate"))
                .goesOn()
                .started("release")
                .at(2)
                .finished("release", 1, "the disk is full")
                .started("rollback")
                .at(5)
                .finished("rollback", 2, null);

        assertState(story, false, "release failed", Tone.BAD);
        assertThat(of(story, false).sentences())
                .containsExactly(
                        "release: failed (1): the disk is full",
                        "rollback: failed (2) in 3.0 s",
                        "before_release: the release goes on: every webhook agreed");
    }

    @Test
    void shouldSayThatItGoesOnWhileAndAfterTheReleaseIsAtWork() {
        RecordedHistory story =
                new RecordedHistory().fire("before_release", Asked.open("gate")).goesOn();
        assertState(story.started("release"), true, "goes on", Tone.GOOD);
        assertState(story.at(2).finished("release", 0, null), true, "goes on", Tone.GOOD);
        assertState(story, false, "goes on", Tone.GOOD);
    }

    @Test
    void shouldSayThatAReleaseWasInterruptedUntilItWasRunAgain() {
        RecordedHistory story = new RecordedHistory()
                .fire("before_release", Asked.open("gate"))
                .goesOn()
                .at(2)
                .started("release")
                .at(60);
        assertState(story, false, "release interrupted", Tone.DOUBTFUL);
        assertThat(of(story, false).sentences())
                .containsExactly(
                        "release: started at 2026-08-01 10:00:02 UTC, not finished",
                        "before_release: the release goes on: every webhook agreed");

        story.started("release (rerun 1)").at(90).finished("release (rerun 1)", 0, null);
        assertState(story, false, "goes on", Tone.GOOD);
    }
}

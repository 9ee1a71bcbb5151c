package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryViewTest {

    private final HistoryViewFixture fixture = new HistoryViewFixture();

    @Test
    void shouldSayNothingOfAnEmptyHistory() {
        assertThat(fixture.summary(false)).isNull();
    }

    @Test
    void shouldNameWhomTheBuildWaitsFor() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object());

        SummaryView summary = fixture.summary(false);

        assertThat(summary.headline()).isEqualTo(new StateView("Waiting for gate", Tone.DOUBTFUL));
        assertThat(summary.symbol()).isEqualTo("symbol-lock-closed");
        assertThat(summary.badge()).isTrue();
        assertThat(summary.held()).hasSize(1);
        assertThat(summary.toString()).doesNotContain(HistoryViewFixture.LOCK);
    }

    @Test
    void shouldNotCallABuildWaitingThatIsOver() {
        fixture.firedWithLock();

        SummaryView summary = fixture.summary(true);

        assertThat(summary.headline().text()).isEqualTo("before_release: the build ended without a verdict");
        assertThat(summary.badge()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP, before_release: the release is stopped, symbol-close-circle, true",
        "FAIL, FAIL, before_release: the release fails, symbol-warning, true",
        "FAIL, CONTINUE, 'before_release: a fail, but the release goes on', symbol-journal, false",
        "SUCCESS, CONTINUE, before_release: the release goes on, symbol-journal, false",
        "CANCELLED, STOP, before_release: the release was aborted, symbol-journal, false",
        "ROLLBACK, ROLLBACK, 'A rollback was asked for by gate, but the build ended without one: no mdoqRollback ran.',"
                + "symbol-undo, true"
    })
    void shouldSayWhatBecameOfTheRelease(Outcome outcome, Action action, String text, String symbol, boolean badge) {
        fixture.firedWithLock();
        fixture.settled(outcome, action);

        SummaryView summary = fixture.summary(true);

        assertThat(summary.headline().text()).isEqualTo(text);
        assertThat(summary.symbol()).isEqualTo(symbol);
        assertThat(summary.badge()).isEqualTo(badge);
        assertThat(summary.reason().contains("too late")).isEqualTo(outcome != Outcome.SUCCESS);
    }

    @Test
    void shouldSayThatTheReleaseWasRolledBack() {
        fixture.firedWithLock();
        fixture.settled(Outcome.ROLLBACK, Action.ROLLBACK);
        fixture.facts.add(new StepFact.Started(START.plusSeconds(10), "rollback"));
        fixture.facts.add(new StepFact.Finished(START.plusSeconds(14), "rollback", 0, null));

        assertThat(fixture.summary(true).headline())
                .isEqualTo(new StateView("The release was rolled back in 4.0 s.", Tone.GOOD));
    }

    @Test
    void shouldTellOfTheEventThatEndedTheReleaseWhateverWasFiredAfterIt() {
        fixture.firedWithLock();
        fixture.settled(Outcome.STOP, Action.STOP);
        fixture.facts.add(new Fact.Fired(START.plusSeconds(20), "h2", "notify", 7, object(), null, List.of()));
        fixture.facts.add(new Fact.Settled(
                START.plusSeconds(20), "h2", Outcome.SUCCESS, Action.CONTINUE, null, "no webhook listens"));

        assertThat(fixture.summary(true).headline().text()).isEqualTo("before_release: the release is stopped");
    }
}

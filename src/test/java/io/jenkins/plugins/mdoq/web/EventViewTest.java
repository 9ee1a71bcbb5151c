package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.kit.JsonObjects;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdict of an event and the rollback, as the page shows them. */
class EventViewTest {

    private final HistoryViewFixture fixture = new HistoryViewFixture();

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, CONTINUE, GOOD",
        "FAIL, CONTINUE, DOUBTFUL",
        "FAIL, UNSTABLE, DOUBTFUL",
        "FAIL, FAIL, BAD",
        "STOP, STOP, BAD",
        "ROLLBACK, ROLLBACK, BAD",
        "CANCELLED, STOP, PLAIN"
    })
    void shouldToneTheVerdict(Outcome outcome, Action action, Tone tone) {
        fixture.firedWithLock();
        fixture.settled(outcome, action);

        assertThat(fixture.view(true, false).events().get(0).verdict().tone()).isEqualTo(tone);
    }

    @Test
    void shouldSayNothingOfARollbackThatNobodyAskedFor() {
        fixture.firedWithLock();

        assertThat(fixture.view(false, false).rollback()).isNull();
    }

    @Test
    void shouldFollowTheRollback() {
        fixture.firedWithLock();
        fixture.settled(Outcome.ROLLBACK, Action.ROLLBACK);
        assertThat(fixture.view(false, false).rollback().text())
                .isEqualTo("A rollback was asked for by gate; it has not begun yet.");
        assertThat(fixture.view(true, false).rollback())
                .isEqualTo(new StateView(
                        "A rollback was asked for by gate, but the build ended without one: no mdoqRollback ran.",
                        Tone.BAD));

        fixture.facts.add(new StepFact.Started(START.plusSeconds(10), "rollback"));
        assertThat(fixture.view(false, false).rollback().text()).isEqualTo("The release is being rolled back.");
        assertThat(fixture.view(true, false).rollback().tone()).isEqualTo(Tone.BAD);

        fixture.facts.add(new StepFact.Finished(START.plusSeconds(14), "rollback", 0, null));
        assertThat(fixture.view(true, false).rollback())
                .isEqualTo(new StateView("The release was rolled back in 4.0 s.", Tone.GOOD));
    }

    @Test
    void shouldShowARollbackThatFailed() {
        fixture.facts.add(new StepFact.Started(START, "rollback"));
        fixture.facts.add(new StepFact.Finished(START, "rollback", 1, "script returned exit code 2"));

        assertThat(fixture.view(true, false).rollback())
                .isEqualTo(new StateView("The rollback failed: script returned exit code 2", Tone.BAD));
    }

    @Test
    void shouldShowDamage() {
        fixture.facts.add(new Fact.Attempted(START, "stray\u0000", 1));

        assertThat(fixture.view(true, false).damage())
                .containsExactly("a fact of the unknown delivery stray  was passed over");
    }

    @Test
    void shouldNotPraiseAReleaseThatNobodyGuarded() {
        fixture.fired();
        fixture.settled(Outcome.SUCCESS, Action.CONTINUE);

        assertThat(fixture.view(true, false).events().get(0).verdict())
                .isEqualTo(new StateView("no webhook listened, the release goes on", Tone.DOUBTFUL));
    }

    @Test
    void shouldShowWhoWasPassedByAndWhy() {
        fixture.facts.add(new Fact.Fired(
                START,
                "h1",
                "before_release",
                7,
                JsonObjects.object(),
                null,
                List.of(),
                null,
                List.of(new PassedBy("crm\u0007gate", "not for this job, but for crm/**"))));

        assertThat(fixture.view(false, false).events().get(0).passedBy())
                .hasSize(1)
                .allMatch(line -> line.endsWith("gate: not for this job, but for crm/**"))
                .noneMatch(line -> line.contains("\u0007"));
    }
}

package io.jenkins.plugins.mdoq.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the end of a history that was cut off shows by, whichever of its lines it was cut behind. */
class HistoryEndTest {

    private final Facts make = new Facts();

    private final List<Fact> facts = List.of(
            Facts.fired(Facts.plan("gate", true)),
            make.attempt("gate", 1),
            make.answer("gate", Result.SUCCESS, "{}"),
            make.release("gate", "{'result':'fail','rollback_release':true}"),
            make.verdict(Outcome.ROLLBACK, Action.ROLLBACK, "undo"),
            new StepFact.Started(Facts.START, "rollback"),
            new StepFact.Finished(Facts.START, "rollback", 0, null));

    private HistoryEnd missingBehind(int lines) {
        return HistoryEnd.missing(History.of(new ArrayList<>(facts.subList(0, lines))));
    }

    @Test
    void shouldMissNothingOfWhatHasEnded() {
        assertThat(missingBehind(0)).isNull();
        assertThat(missingBehind(5)).isNull();
        assertThat(missingBehind(7)).isNull();
    }

    @Test
    void shouldMissAVerdict() {
        for (int lines = 1; lines < 5; lines++) {
            assertThat(missingBehind(lines)).isEqualTo(new HistoryEnd(HistoryEnd.Kind.EVENT, "before_release"));
        }
        assertThat(missingBehind(1).sentence())
                .isEqualTo(
                        "before_release has no verdict, so the process was killed before that, or the lines from there"
                                + " on were cut off");
    }

    @Test
    void shouldMissTheEndOfAStep() {
        assertThat(missingBehind(6)).isEqualTo(new HistoryEnd(HistoryEnd.Kind.STEP, "rollback"));
        assertThat(missingBehind(6).sentence()).startsWith("the step rollback was started and not finished, so ");
    }

    @Test
    void shouldNotMissWhatOnlyTellsOfTheEnd() {
        List<Fact> all = new ArrayList<>(facts);
        all.add(new Fact.Fired(
                Facts.START, " ended", "release_ended", 7, Facts.json("{}"), null, List.of(), null, List.of(), true));

        assertThat(HistoryEnd.missing(History.of(all))).isNull();
    }
}

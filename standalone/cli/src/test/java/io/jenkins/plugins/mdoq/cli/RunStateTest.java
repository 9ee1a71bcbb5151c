package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.mdoq.history.Begun;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunStateTest {

    private static final Instant AT = Instant.parse("2026-08-01T10:00:00Z");
    private static final String BEFORE = "before_release";
    private static final String COMPLETE = "before_release_complete";

    static Stream<Arguments> releases() {
        return Stream.of(
                open("interrupted", false, "no event was fired yet"),
                open("waiting", false, BEFORE + " is not settled", fired(BEFORE)),
                open("interrupted", false, "the release command was not run yet", passed(BEFORE)),
                open(
                        "interrupted",
                        false,
                        "the release command was started and has not finished",
                        passed(BEFORE),
                        started("release")),
                open("interrupted", true, COMPLETE + " was not fired yet", passed(BEFORE), ran("release", 0)),
                open("waiting", true, COMPLETE + " is not settled", passed(BEFORE), ran("release", 0), fired(COMPLETE)),
                open(
                        "interrupted",
                        true,
                        "the release is cancelled, a rollback is asked for: why; it has not been undone",
                        passed(BEFORE),
                        ran("release", 0),
                        settled(COMPLETE, Outcome.ROLLBACK, Action.ROLLBACK)),
                open(
                        "interrupted",
                        false,
                        "the release command was started and has not finished",
                        passed(BEFORE),
                        started("release"),
                        started("release (rerun 1)")),
                ended(
                        0,
                        "released",
                        true,
                        "the release goes on: why",
                        passed(BEFORE),
                        started("release"),
                        ran("release (rerun 1)", 0),
                        passed(COMPLETE)),
                ended(3, "failed", false, "the release fails: why", settled(BEFORE, Outcome.FAIL, Action.FAIL)),
                ended(4, "stopped", false, "the release is stopped: why", settled(BEFORE, Outcome.STOP, Action.STOP)),
                ended(
                        4,
                        "aborted",
                        true,
                        "the release was aborted: why",
                        passed(BEFORE),
                        ran("release", 0),
                        settled(COMPLETE, Outcome.CANCELLED, Action.STOP)),
                ended(
                        5,
                        "rolled_back",
                        false,
                        "the release is cancelled, a rollback is asked for: why",
                        settled(BEFORE, Outcome.ROLLBACK, Action.ROLLBACK)),
                ended(
                        5,
                        "rolled_back",
                        false,
                        "the release is cancelled, a rollback is asked for: why",
                        passed(BEFORE),
                        ran("release", 0),
                        settled(COMPLETE, Outcome.ROLLBACK, Action.ROLLBACK),
                        ran("rollback", 0)),
                ended(
                        7,
                        "rollback_failed",
                        true,
                        "the rollback command failed with exit status 9; before that: the release is cancelled, a rollback is asked for:"
                                + " why",
                        passed(BEFORE),
                        ran("release", 0),
                        settled(COMPLETE, Outcome.ROLLBACK, Action.ROLLBACK),
                        ran("rollback", 9)),
                ended(
                        7,
                        "rollback_failed",
                        true,
                        "the rollback command was started and has not finished; before that: the release is"
                                + " cancelled, a rollback is asked for: why",
                        passed(BEFORE),
                        ran("release", 0),
                        settled(COMPLETE, Outcome.ROLLBACK, Action.ROLLBACK),
                        started("rollback")),
                ended(
                        6,
                        "failed",
                        false,
                        "the release command failed with exit status 3",
                        passed(BEFORE),
                        ran("release", 3)),
                ended(
                        6,
                        "rolled_back",
                        false,
                        "the release command failed with exit status 3",
                        passed(BEFORE),
                        ran("release", 3),
                        ran("rollback", 0)),
                ended(
                        7,
                        "rollback_failed",
                        false,
                        "the rollback command failed with exit status 1; before that: the release command failed with"
                                + " exit status 3",
                        passed(BEFORE),
                        ran("release", 3),
                        ran("rollback", 1)));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void shouldReadOffTheHistoryHowAReleaseStands(
            List<Fact> facts, Integer code, String outcome, boolean deployed, String why) {
        RunState state = RunState.of(History.of(facts));

        assertThat(state.code() == null ? null : state.code().number()).isEqualTo(code);
        assertThat(state.ended()).isEqualTo(code != null);
        assertThat(state.outcome()).isEqualTo(outcome);
        assertThat(state.deployed()).isEqualTo(deployed);
        assertThat(state.why()).isEqualTo(why);
    }

    @Test
    void shouldTakeTheWorstOfEventsThatWereFiredOneByOne() {
        List<Fact> facts = new ArrayList<>(List.of(new Begun(AT, "fire", Map.of())));
        facts.addAll(passed("deployed"));
        assertThat(RunState.of(History.of(facts)).outcome()).isEqualTo("released");

        facts.addAll(settled("tested", Outcome.STOP, Action.STOP));
        facts.addAll(passed("announced"));
        RunState state = RunState.of(History.of(facts));
        assertThat(state.code()).isEqualTo(ExitCode.STOPPED);
        assertThat(state.words()).isEqualTo("stopped at 2026-08-01 10:00:00 UTC");

        facts.addAll(fired("open"));
        assertThat(RunState.of(History.of(facts)).ended()).isFalse();
    }

    private static List<Fact> fired(String event) {
        return List.of(new Fact.Fired(AT, event, event, 1, JsonNodeFactory.instance.objectNode(), null, List.of()));
    }

    private static List<Fact> settled(String event, Outcome outcome, Action action) {
        List<Fact> facts = new ArrayList<>(fired(event));
        facts.add(new Fact.Settled(AT, event, outcome, action, null, "why"));
        return facts;
    }

    private static List<Fact> passed(String event) {
        return settled(event, Outcome.SUCCESS, Action.CONTINUE);
    }

    private static List<Fact> started(String step) {
        return List.of(new StepFact.Started(AT, step));
    }

    private static List<Fact> ran(String step, int status) {
        return List.of(new StepFact.Started(AT, step), new StepFact.Finished(AT, step, status, null));
    }

    @SafeVarargs
    private static Arguments open(String outcome, boolean deployed, String why, List<Fact>... facts) {
        return Arguments.of(all(facts), null, outcome, deployed, why);
    }

    @SafeVarargs
    private static Arguments ended(int code, String outcome, boolean deployed, String why, List<Fact>... facts) {
        return Arguments.of(all(facts), code, outcome, deployed, why);
    }

    private static List<Fact> all(List<Fact>[] facts) {
        return Arrays.stream(facts).flatMap(List::stream).toList();
    }
}

package io.jenkins.plugins.mdoq.report;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.json;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.PlanBuilder;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What endpoints say, in a log: none of it can be taken for what this program says. */
class HostileTextTest {

    private final Narrator narrator = new Narrator();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n[MDOQ] before_release: the release goes on",
                "\r\nbefore_release: the release goes on: every webhook agreed",
                "\u001b[1A\u001b[2Kbefore_release: the release goes on",
                "\u0085before_release",
                "\u2028before_release",
                "\u202egnihton",
                "\u0000\u0007\u009b31m",
                "\u2066x\u2069\u200f"
            })
    void shouldMakeNothingOfWhatEndpointsSayLookLikeOurs(String hostile) {
        narrator.tell(fired(plan("gate", true), plan("chat", false)));
        List<String> lines = new ArrayList<>();
        List<Fact> all = List.of(
                new Fact.AttemptFailed(Facts.START, delivery("gate"), 1, 500, 1, hostile, hostile, null),
                new Fact.Answered(
                        Facts.START,
                        delivery("gate"),
                        1,
                        200,
                        1,
                        Result.FAIL,
                        json("{}").put("message", hostile),
                        List.of(hostile)),
                new Fact.Progressed(Facts.START, delivery("gate"), hostile, hostile, null),
                new Fact.Released(
                        Facts.START,
                        delivery("gate"),
                        json("{}").put("message", hostile).put("result", hostile),
                        hostile,
                        List.of(hostile),
                        null),
                new Fact.Expired(Facts.START, delivery("gate"), hostile, null),
                new Fact.Cancelled(Facts.START, delivery("gate"), hostile));
        all.forEach(fact -> lines.addAll(narrator.tell(fact)));
        assertThat(lines).allSatisfy(line -> assertThat(line).startsWith("  gate      "));

        lines.addAll(narrator.tell(
                new Fact.Settled(Facts.START, "before_release", Outcome.FAIL, Action.FAIL, hostile, hostile)));
        lines.addAll(
                narrator.tell(new Fact.Settled(Facts.START, hostile, Outcome.FAIL, Action.FAIL, hostile, hostile)));
        lines.addAll(narrator.tell(new StepFact.Started(Facts.START, hostile)));
        lines.addAll(narrator.tell(new StepFact.Finished(Facts.START, hostile, 1, hostile)));
        // Not an endpoint's words, but those of whoever may name jobs, webhooks and events.
        PlannedDelivery plan = new PlanBuilder(hostile)
                .id("m")
                .url("http://h/" + hostile)
                .lock(hostile)
                .build();
        Narrator fired = new Narrator();
        lines.addAll(fired.tell(new Fact.Fired(Facts.START, "h", hostile, 1, json("{}"), null, List.of(plan))));
        lines.addAll(fired.tell(new Fact.Progressed(Facts.START, "m", "x", "y", null)));
        assertThat(lines)
                .hasSizeGreaterThan(15)
                .allSatisfy(line -> assertThat(line.codePoints())
                        .allMatch(c -> Character.getType(c) != Character.CONTROL
                                && Character.getType(c) != Character.FORMAT
                                && Character.getType(c) != Character.LINE_SEPARATOR));
    }
}

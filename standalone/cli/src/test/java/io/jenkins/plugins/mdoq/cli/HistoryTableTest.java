package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTableTest {

    private static final Instant T = Instant.parse("2026-08-01T10:00:00Z");

    @Test
    void shouldShowEachEntryInARow() {
        List<Fact> facts = new ArrayList<>();
        facts.add(fired(
                "before_release",
                plan("d1", "gate", "lock-1"),
                plan("d2", "slack", null),
                plan("d3", "judge", "lock-3")));
        facts.add(new Fact.Attempted(T, "d1", 1));
        facts.add(answered("d1", "{}", Result.SUCCESS, 1_234));
        facts.add(new Fact.Released(
                T.plusSeconds(302),
                "d1",
                object().put("result", "fail").put("stop_release", true).put("message", "freeze"),
                "x",
                List.of(),
                null));
        facts.add(new Fact.Attempted(T, "d2", 1));
        facts.add(new Fact.AttemptFailed(T, "d2", 1, 503, 40, "HTTP status 503 without a result", null, T));
        facts.add(new Fact.Attempted(T, "d2", 2));
        facts.add(new Fact.AttemptFailed(T, "d2", 2, null, 70, "the connection was refused", null, null));
        facts.add(new Fact.Attempted(T, "d3", 1));
        facts.add(new Fact.Settled(T, "before_release", Outcome.STOP, Action.STOP, "gate", "freeze"));
        facts.add(new Fact.Cancelled(T, "d3", "freeze"));

        assertThat(HistoryTable.lines(History.of(facts)))
                .containsExactly(
                        "TIME (UTC)           EVENT           WEBHOOK  TRIES  STATUS  TOOK   LOCK                     "
                                + " RESULT  FLAGS  VERDICT  MESSAGE",
                        "2026-08-01 10:00:00  before_release  gate     1      200     1.2 s  released after 5 min 2 s "
                                + " fail    stop   stop     freeze",
                        "2026-08-01 10:00:00  before_release  slack    2      -       70 ms  -                        "
                                + " fail    -      stop     the connection was refused",
                        "2026-08-01 10:00:00  before_release  judge    1      -       -      given up                 "
                                + " -       -      stop     freeze");
    }

    @Test
    void shouldShowThatNobodyListensAndWhatWasRun() {
        List<Fact> facts = List.of(
                fired("deployed"),
                new StepFact.Started(T, "release"),
                new StepFact.Started(T.plusSeconds(60), "release (rerun 1)"),
                new StepFact.Finished(T.plusSeconds(65), "release (rerun 1)", 127, "it could not be\nstarted"));

        assertThat(HistoryTable.lines(History.of(facts)))
                .containsExactly(
                        "TIME (UTC)           EVENT     WEBHOOK  TRIES  STATUS  TOOK  LOCK  RESULT  FLAGS  VERDICT "
                                + " MESSAGE",
                        "2026-08-01 10:00:00  deployed  -        -      -       -     -     -       -      waiting  no"
                                + " webhook listens",
                        "release: started at 2026-08-01 10:00:00, not finished",
                        "release (rerun 1): started at 2026-08-01 10:01:00, took 5.0 s, failed (127): it could not be"
                                + " started");
    }

    @Test
    void shouldBoundItsColumnsAndTheirCharacters() {
        List<Fact> facts = List.of(
                fired("e".repeat(100), plan("d1", "w".repeat(100), null)),
                answered("d1", "{\"message\":\"\\u001b[31m" + "m".repeat(5_000) + "\"}", Result.SUCCESS, 1));

        String row = HistoryTable.lines(History.of(facts)).get(1);
        assertThat(row)
                .contains(" " + "e".repeat(25) + "…  " + "w".repeat(23) + "…  ")
                .endsWith("  [31m" + "m".repeat(65) + "…")
                .doesNotContain("\u001b");
    }

    @Test
    void shouldReportDamage() {
        List<Fact> facts = List.of(new Fact.Attempted(T, "nobody", 1));

        assertThat(HistoryTable.lines(History.of(facts)))
                .last()
                .isEqualTo("damaged: a fact of the unknown delivery nobody was passed over");
    }

    private static Fact.Fired fired(String event, PlannedDelivery... plans) {
        return new Fact.Fired(T, event, event, 1, object(), null, List.of(plans));
    }

    private static PlannedDelivery plan(String id, String webhook, String lock) {
        return new PlannedDelivery(
                id,
                webhook,
                "http://127.0.0.1/",
                List.of("S"),
                60,
                3,
                false,
                lock,
                null,
                List.of(),
                OnFail.CONTINUE,
                OnDeliveryError.FAIL);
    }

    private static Fact.Answered answered(String id, String json, Result result, long millis) {
        try {
            ObjectNode data = (ObjectNode) new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
            return new Fact.Answered(T, id, 1, 200, millis, result, data, List.of());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.LOCK;
import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.NOW;
import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PlanBuilder;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryExportTest {

    private final HistoryViewFixture fixture = new HistoryViewFixture();

    private HistoryExport export(boolean over, boolean payload, String page) {
        Viewer viewer = new Viewer(false, payload ? (fired, plan) -> object().put("delivery", plan.id()) : null, NOW);
        return HistoryExport.of(History.of(fixture.facts), over, page, viewer);
    }

    private EntryExport entry(boolean over) {
        return export(over, true, null).events().get(0).entries().get(0);
    }

    @Test
    void shouldSayWhatAHeldLockWaitsFor() {
        fixture.firedWithLock();
        fixture.answered(
                Result.SUCCESS, object().put("message", "being\u202e looked at").put("ticket", "OPS-4711"));
        for (int i = 1; i <= 25; i++) {
            fixture.facts.add(new Fact.Progressed(START.plusSeconds(3 + i), "d1", "note " + i, "endpoint", null));
        }

        HistoryExport history = export(false, true, null);

        assertThat(history.over()).isFalse();
        assertThat(history.total()).isEqualTo(1);
        assertThat(history.events().get(0).outcome()).isNull();
        EntryExport entry = entry(false);
        assertThat(entry.state()).isEqualTo("waiting");
        assertThat(entry.held()).isTrue();
        assertThat(entry.reason()).isEqualTo("being  looked at");
        assertThat(entry.since()).isEqualTo("2026-08-01T10:00:00Z");
        assertThat(entry.until()).isEqualTo("2026-08-01T11:00:00Z");
        assertThat(entry.progressNotes()).isEqualTo(25);
        assertThat(entry.progress())
                .hasSize(20)
                .last()
                .extracting(NoteExport::message)
                .isEqualTo("note 25");
        assertThat(entry.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.status()).isEqualTo(200);
            assertThat(attempt.millis()).isEqualTo(1_990);
        });
        assertThat(entry.notes()).containsExactly("odd ity");
        assertThat(entry.answer().get("ticket").asText()).isEqualTo("OPS-4711");
        assertThat(history.toString()).doesNotContain(LOCK);
        assertThat(export(false, false, null).toString()).doesNotContain("\u202e");
        assertThat(entry(true).held()).as("nobody waits any more").isFalse();
    }

    @Test
    void shouldKeepWhatTravelledFromThoseWhoMayNotSeeIt() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object().put("ticket", "OPS-4711"));

        HistoryExport history = export(false, false, null);

        assertThat(history.events().get(0).entries().get(0).request()).isNull();
        assertThat(history.toString()).doesNotContain("OPS-4711");
    }

    @Test
    void shouldSayWhatCameOfIt() {
        fixture.firedWithLock();
        fixture.facts.add(new Fact.Released(
                START.plusSeconds(7),
                "d1",
                object().put("result", "fail").put("stop_release", true).put("message", "freeze"),
                "operator alice at 192.0.2.7",
                List.of(),
                null));
        fixture.settled(Outcome.STOP, Action.STOP);

        EventExport event = export(true, true, null).events().get(0);

        assertThat(event.outcome()).isEqualTo("stop");
        assertThat(event.action()).isEqualTo("stop");
        assertThat(event.decidedBy()).isEqualTo("gate");
        EntryExport entry = event.entries().get(0);
        assertThat(entry.state()).isEqualTo("stop");
        assertThat(entry.stopRelease()).isTrue();
        assertThat(entry.reason()).isEqualTo("freeze");
        assertThat(entry.releasedBy()).isEqualTo("operator alice at 192.0.2.7");
        assertThat(entry.lockClosed()).isEqualTo("2026-08-01T10:00:07Z");
    }

    @Test
    void shouldGiveOnePageAtATime() {
        for (int i = 1; i <= 45; i++) {
            String id = "d" + i;
            PlannedDelivery plan = HistoryViewFixture.plan("https://hooks.example.com/", null, null, OnFail.CONTINUE);
            PlannedDelivery other = new PlanBuilder(plan.webhook())
                    .id(id)
                    .url(plan.url())
                    .tries(1)
                    .onFail(plan.onFail())
                    .onDeliveryError(plan.onDeliveryError())
                    .onLockTimeout(plan.onLockTimeout())
                    .build();
            fixture.facts.add(new Fact.Fired(
                    START, "h" + i, "deployed", 7, object(), null, i == 45 ? List.of() : List.of(other)));
        }

        assertThat(export(true, true, null).events()).hasSize(20);
        HistoryExport last = export(true, true, "3");
        assertThat(last.pages()).isEqualTo(3);
        assertThat(last.total()).isEqualTo(45);
        assertThat(last.events()).extracting(EventExport::key).containsExactly("h41", "h42", "h43", "h44", "h45");
        assertThat(last.events().get(4).entries()).isEmpty();
        assertThat(export(true, true, "many").page()).isEqualTo(1);
        assertThat(export(true, true, "99").page()).isEqualTo(3);
    }

    @Test
    void shouldBecomeJsonUnderTheNamesOfItsParts() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object().put("ticket", "OPS-4711"));

        JsonNode json = new ObjectMapper().valueToTree(export(false, true, null));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("over", "state", "page", "pages", "total", "events", "damage");
        JsonNode entry = json.at("/events/0/entries/0");
        assertThat(entry.at("/answer/ticket").asText()).isEqualTo("OPS-4711");
        assertThat(entry.at("/attempts/0/status").intValue()).isEqualTo(200);
        assertThat(entry.get("release").isNull()).isTrue();
    }
}

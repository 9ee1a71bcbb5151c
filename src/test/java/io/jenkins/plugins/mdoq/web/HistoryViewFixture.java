package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PlanBuilder;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The page of a build that fired one event at one webhook, five minutes after it did. */
final class HistoryViewFixture {

    static final Instant START = Instant.parse("2026-08-01T10:00:00.250Z");
    static final Instant NOW = START.plusSeconds(300);
    static final String LOCK = "shop#7:gate:0123456789abcdefghijklmn";

    final List<Fact> facts = new ArrayList<>();

    static PlannedDelivery plan(String url, String lock, Duration until, OnFail onFail) {
        return new PlanBuilder("gate")
                .id("d1")
                .url(url)
                .secretIds("secret")
                .lock(lock)
                .deadline(until == null ? null : START.plus(until))
                .onFail(onFail)
                .build();
    }

    void fired(PlannedDelivery... plans) {
        facts.add(new Fact.Fired(START, "h1", "before_release", 7, object(), null, List.of(plans)));
    }

    void firedWithLock() {
        fired(plan("https://hooks.example.com/mdoq?token=hush", LOCK, Duration.ofHours(1), OnFail.CONTINUE));
        facts.add(new Fact.Attempted(START, "d1", 1));
    }

    void answered(Result result, ObjectNode data) {
        facts.add(new Fact.Answered(START.plusSeconds(2), "d1", 1, 200, 1_990, result, data, List.of("odd\u0007ity")));
    }

    void settled(Outcome outcome, Action action) {
        facts.add(new Fact.Settled(START.plusSeconds(9), "h1", outcome, action, "gate", "too late"));
    }

    HistoryView view(boolean over, boolean maySee) {
        return HistoryView.of(History.of(facts), "rollback", over, viewer(maySee));
    }

    static Viewer viewer(boolean maySee) {
        return new Viewer(maySee, maySee ? (fired, plan) -> object().put("delivery", plan.id()) : null, NOW);
    }

    SummaryView summary(boolean over) {
        return SummaryView.of(History.of(facts), view(over, false));
    }

    EntryView entry() {
        return view(false, true).events().get(0).entries().get(0);
    }
}

package io.jenkins.plugins.mdoq.report;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PlanBuilder;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Histories as releases write them, at the times that a test names: how a timeline is tested and looked at. */
final class RecordedHistory {

    static final Instant START = Instant.parse("2026-08-01T10:00:00Z");

    final List<Fact> facts = new ArrayList<>();
    private String event = "before_release";
    private Instant now = START;

    /**
     * A webhook as it is asked.
     *
     * @param blocking whether it gets a lock
     * @param deadline until when that is held at the most, since the firing, or null
     * @param heartbeat after how long without a sign it expires, or null
     */
    record Asked(String webhook, boolean blocking, Duration deadline, Duration heartbeat) {
        static Asked open(String webhook) {
            return new Asked(webhook, false, null, null);
        }

        static Asked blocking(String webhook) {
            return new Asked(webhook, true, null, null);
        }
    }

    /** Moves the time to as long after the start. */
    RecordedHistory at(Duration sinceStart) {
        now = START.plus(sinceStart);
        return this;
    }

    RecordedHistory at(long seconds) {
        return at(Duration.ofSeconds(seconds));
    }

    RecordedHistory at(long seconds, long millis) {
        return at(Duration.ofSeconds(seconds).plusMillis(millis));
    }

    Instant now() {
        return now;
    }

    RecordedHistory fire(String name, Asked... asked) {
        event = name;
        List<PlannedDelivery> plans = Arrays.stream(asked).map(this::plan).toList();
        return add(new Fact.Fired(now, name, name, 7, Facts.json("{'job':'shop/release'}"), null, plans));
    }

    private PlannedDelivery plan(Asked asked) {
        return new PlanBuilder(asked.webhook())
                .id(id(asked.webhook()))
                .url("https://middleware.example.com/mdoq")
                .secretIds("secret")
                .lock(asked.blocking() ? "shop/release#7:" + asked.webhook() + ":tokentokentokentoken" : null)
                .deadline(asked.deadline() == null ? null : now.plus(asked.deadline()))
                .heartbeatSeconds(
                        asked.heartbeat() == null ? null : asked.heartbeat().toSeconds())
                .build();
    }

    private String id(String webhook) {
        return "msg_" + event + "_" + webhook;
    }

    RecordedHistory attempt(String webhook, int number) {
        return add(new Fact.Attempted(now, id(webhook), number));
    }

    RecordedHistory failed(String webhook, int number, long millis, String error, Duration next) {
        return add(new Fact.AttemptFailed(
                now, id(webhook), number, null, millis, error, null, next == null ? null : now.plus(next)));
    }

    RecordedHistory answered(String webhook, int number, long millis, Result result, String data) {
        return add(new Fact.Answered(now, id(webhook), number, 200, millis, result, Facts.json(data), List.of()));
    }

    RecordedHistory progress(String webhook, String message) {
        return add(new Fact.Progressed(now, id(webhook), message, "endpoint at 192.0.2.7", null));
    }

    RecordedHistory released(String webhook, String data) {
        return add(new Fact.Released(now, id(webhook), Facts.json(data), "endpoint at 192.0.2.7", List.of(), null));
    }

    RecordedHistory expired(String webhook) {
        return add(new Fact.Expired(now, id(webhook), "the lock was not released in time", null));
    }

    RecordedHistory cancelled(String webhook, String reason) {
        return add(new Fact.Cancelled(now, id(webhook), reason));
    }

    /** An event that only tells a webhook what happened, and is answered. */
    RecordedHistory told(String name, String webhook, String data) {
        event = name;
        add(new Fact.Fired(
                now,
                name,
                name,
                7,
                Facts.json("{'job':'shop/release'}"),
                Facts.json(data),
                List.of(plan(Asked.open(webhook))),
                null,
                List.of(),
                true));
        attempt(webhook, 1);
        answered(webhook, 1, 0, Result.SUCCESS, "{}");
        return add(new Fact.Settled(now, event, Outcome.SUCCESS, Action.CONTINUE, null, "it only tells what happened"));
    }

    RecordedHistory verdict(Outcome outcome, Action action, String webhook, String reason) {
        return add(new Fact.Settled(now, event, outcome, action, webhook, reason));
    }

    RecordedHistory goesOn() {
        return verdict(Outcome.SUCCESS, Action.CONTINUE, null, "every webhook agreed");
    }

    RecordedHistory started(String step) {
        return add(new StepFact.Started(now, step));
    }

    RecordedHistory finished(String step, int status, String message) {
        return add(new StepFact.Finished(now, step, status, message));
    }

    private RecordedHistory add(Fact fact) {
        facts.add(fact);
        return this;
    }

    History history() {
        return History.of(facts);
    }

    /** A release that is asked for, held, carried out, refused in the end and rolled back. */
    static RecordedHistory rolledBack() {
        RecordedHistory story = new RecordedHistory();
        story.fire(
                "before_release", Asked.blocking("release-gate"), Asked.open("chat"), Asked.blocking("change-board"));
        story.attempt("release-gate", 1).attempt("chat", 1).attempt("change-board", 1);
        story.at(0, 132).answered("release-gate", 1, 132, Result.SUCCESS, "{}");
        story.at(2, 10).failed("chat", 1, 2_010, "the connection was refused", Duration.ofSeconds(12));
        story.at(4).answered("change-board", 1, 4_000, Result.SUCCESS, "{'message':'ticket CHG-2041 opened'}");
        story.at(14).attempt("chat", 2).at(14, 240).answered("chat", 2, 240, Result.SUCCESS, "{}");
        story.at(35).progress("release-gate", "regression tests: 64 of 256 passed");
        story.at(70).progress("release-gate", "regression tests: 128 of 256 passed");
        story.at(105).progress("release-gate", "regression tests: 192 of 256 passed");
        story.at(130).released("release-gate", "{'result':'success','message':'256 of 256 passed'}");
        story.at(190).released("change-board", "{'result':'success','message':'approved by the board'}");
        story.goesOn().at(191).started("release").at(320).finished("release", 0, null);
        story.at(321).fire("before_release_complete", Asked.blocking("release-gate"), Asked.open("chat"));
        story.attempt("release-gate", 1).attempt("chat", 1);
        story.at(321, 90).answered("release-gate", 1, 90, Result.SUCCESS, "{}");
        story.at(321, 300).answered("chat", 1, 300, Result.SUCCESS, "{}");
        story.at(350).progress("release-gate", "smoke test: home page is up");
        story.at(380).progress("release-gate", "smoke test: checkout is red");
        story.at(392)
                .released("release-gate", "{'result':'fail','rollback_release':true,'message':'checkout test is red'}");
        story.verdict(Outcome.ROLLBACK, Action.ROLLBACK, "release-gate", "checkout test is red");
        story.at(393).started("rollback").at(455).finished("rollback", 0, null);
        story.at(456).told("release_ended", "release-gate", "{'outcome':'rolled_back'}");
        return story;
    }

    /** A release that waits for one webhook, while another one is tried again and a third has agreed. */
    static RecordedHistory waiting() {
        RecordedHistory story = new RecordedHistory();
        story.fire(
                "before_release",
                new Asked("release-gate", true, Duration.ofMinutes(30), Duration.ofMinutes(10)),
                Asked.open("chat"),
                Asked.blocking("change-board"));
        story.attempt("release-gate", 1).attempt("chat", 1).attempt("change-board", 1);
        story.at(0, 132).answered("release-gate", 1, 132, Result.SUCCESS, "{}");
        story.at(1).answered("change-board", 1, 1_000, Result.SUCCESS, "{}");
        story.at(40).progress("release-gate", "regression tests: 64 of 256 passed");
        story.at(60).failed("chat", 1, 60_000, "no answer within 60 s", Duration.ofSeconds(240));
        story.at(90).released("change-board", "{'result':'success'}");
        story.at(120).progress("release-gate", "regression tests: 128 of 256 passed");
        return story.at(205);
    }

    /** A lock that is held for more than three days between minutes of work. */
    static RecordedHistory longWait() {
        RecordedHistory story = new RecordedHistory();
        story.fire("before_release", Asked.blocking("release-gate"), Asked.open("chat"));
        story.attempt("release-gate", 1).attempt("chat", 1);
        story.at(0, 200).answered("chat", 1, 200, Result.SUCCESS, "{}");
        story.at(5).failed("release-gate", 1, 5_000, "the connection was reset", Duration.ofSeconds(20));
        story.at(25).attempt("release-gate", 2).at(26).answered("release-gate", 2, 1_000, Result.SUCCESS, "{}");
        long release = Duration.ofDays(3).plusHours(4).toSeconds();
        for (int i = 1; i <= 1_000; i++) {
            story.at(i * 200L).progress("release-gate", "note " + i);
        }
        story.at(release).released("release-gate", "{'result':'success'}").goesOn();
        story.at(release + 240)
                .fire("before_release_complete", Asked.open("release-gate"), Asked.open("chat"))
                .attempt("release-gate", 1)
                .attempt("chat", 1);
        story.at(release + 241).answered("release-gate", 1, 1_000, Result.SUCCESS, "{}");
        story.at(release + 243).answered("chat", 1, 3_000, Result.SUCCESS, "{}").goesOn();
        return story;
    }

    /** A release that one webhook stops while the lock of another one is held, and that of a third has expired. */
    static RecordedHistory stopped() {
        RecordedHistory story = new RecordedHistory();
        story.fire("before_release", Asked.blocking("gate"), Asked.blocking("board"), Asked.blocking("late"));
        story.attempt("gate", 1).attempt("board", 1).attempt("late", 1);
        story.at(1).answered("gate", 1, 1_000, Result.SUCCESS, "{}");
        story.at(2).answered("board", 1, 2_000, Result.SUCCESS, "{}");
        story.at(3).answered("late", 1, 3_000, Result.SUCCESS, "{}");
        story.at(60).expired("late");
        story.at(95).released("gate", "{'result':'fail','stop_release':true,'message':'release freeze until Monday'}");
        story.verdict(Outcome.STOP, Action.STOP, "gate", "release freeze until Monday");
        story.cancelled("board", "the release was stopped");
        story.at(96).told("before_release_cancelled", "board", "{'reason':'release freeze until Monday'}");
        return story;
    }

    /** Names and messages that try to be something else. */
    static RecordedHistory hostile() {
        String bad = "</svg><script>alert(1)</script>\u202e'\"&\u0000\u001b[31m\uffff<!-- ]]>";
        RecordedHistory story = new RecordedHistory();
        story.fire(bad, Asked.blocking(bad + "1"), Asked.open("\u05e9\u05dc\u05d5\u05dd \u4f60\u597d \ud83d\udea2"));
        story.attempt(bad + "1", 1);
        story.at(1).failed(bad + "1", 1, 1_000, bad, Duration.ofSeconds(1));
        story.at(2).attempt(bad + "1", 2);
        story.at(3).answered(bad + "1", 2, 1_000, Result.SUCCESS, "{}");
        story.at(4).progress(bad + "1", bad + "x".repeat(1024 * 1024));
        story.at(5).progress(bad + "1", "one\u2028two\r\nthree");
        story.at(6).cancelled(bad + "1", bad);
        story.verdict(Outcome.CANCELLED, Action.STOP, bad, bad);
        story.started(bad).at(7).finished(bad, 3, bad);
        return story;
    }

    /** A hundred webhooks. */
    static RecordedHistory crowd() {
        RecordedHistory story = new RecordedHistory();
        Asked[] asked = new Asked[100];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = Asked.blocking("webhook-" + i);
        }
        story.fire("before_release", asked);
        for (int i = 0; i < asked.length; i++) {
            story.at(i).attempt("webhook-" + i, 1);
            story.at(i + 1).answered("webhook-" + i, 1, 900, Result.SUCCESS, "{}");
        }
        for (int i = 0; i < asked.length; i++) {
            story.at(120 + i).released("webhook-" + i, "{'result':'success'}");
        }
        return story.goesOn();
    }
}

package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.time.Duration;

/** What the endpoints do, however often they are asked, in a life that is cut short anywhere. */
enum CrashEndpoints {
    /** The gate's lock is released after the answer, with a result that stops the release; the other fails barely. */
    STOP_BY_RELEASE(
            Outcome.STOP,
            "{'message':'queued'}",
            "{'result':'fail','stop_release':true,'message':'no'}",
            false,
            "{'result':'fail'}"),
    /** The gate's lock is released before the answer and without a result. */
    EARLY_RELEASE(Outcome.SUCCESS, "{'result':'success'}", "{'message':'done'}", true, "{}"),
    /** The other one has it all rolled back, while the gate holds its lock and never releases it. */
    ROLLBACK_WHILE_HELD(
            Outcome.ROLLBACK, "{}", null, false, "{'result':'fail','rollback_release':'1','message':'undo'}"),
    /** The gate reports once and then never again: its heartbeat stops the release. */
    FALLS_SILENT(Outcome.STOP, "{'message':'queued'}", null, false, "{}"),
    /** The gate reports progress for ever, and never releases its lock: its timeout stops the release. */
    NEVER_RELEASES(Outcome.STOP, "{'message':'queued'}", null, false, "{}");

    final Outcome outcome;
    private final String gateAnswer;
    private final String gateRelease;
    private final boolean releasesEarly;
    private final String otherAnswer;

    CrashEndpoints(Outcome outcome, String gateAnswer, String gateRelease, boolean releasesEarly, String otherAnswer) {
        this.outcome = outcome;
        this.gateAnswer = gateAnswer;
        this.gateRelease = gateRelease;
        this.releasesEarly = releasesEarly;
        this.otherAnswer = otherAnswer;
    }

    /**
     * The endpoints do what they do, until there is a verdict and nobody is asked any more.
     *
     * @param failFirst whether the first attempt at each of them fails
     */
    void play(EngineFixture fixture, EventRun run, boolean failFirst) {
        fixture.settle();
        for (int round = 0; round < 20; round++) {
            for (FakeHttp.Exchange request : fixture.http.exchanges()) {
                if (request.inFlight()) {
                    reply(
                            fixture,
                            request,
                            failFirst
                                    && request
                                            == fixture.requests(request.webhook())
                                                    .get(0));
                    fixture.settle();
                }
            }
            EventHistory event = fixture.history();
            DeliveryHistory gate = event.entries().iterator().next();
            String lock = gate.plan().lock();
            if (gate.held() && gate.answer() != null && gateRelease != null) {
                fixture.call("log", "gate", lock, "{'message':'halfway'}");
                assertThat(fixture.call("release", "gate", lock, gateRelease).status())
                        .isEqualTo(200);
            } else if (this == NEVER_RELEASES
                    && gate.held()
                    && gate.answer() != null
                    && !Duration.between(gate.lastSign(), fixture.clock.instant())
                            .minusSeconds(9)
                            .isNegative()) {
                fixture.call("log", "gate", lock, "{'message':'at work'}");
            } else if (gate.release() != null) {
                // The endpoint does not know whether its release arrived: asking again is answered the same.
                assertThat(fixture.call("release", "gate", lock, gateRelease).status())
                        .isEqualTo(200);
            }
            if (run.verdict().isDone() && run.notices().isDone()) {
                return;
            }
            fixture.advance(Duration.ofSeconds(3));
        }
        throw new AssertionError("no verdict: " + fixture.history().entries());
    }

    private void reply(EngineFixture fixture, FakeHttp.Exchange request, boolean fail) {
        if (request.text("event").endsWith("_cancelled")) {
            request.answer(200, "");
        } else if (fail && request.webhook().equals("gate")) {
            request.answer(503, "down");
        } else if (fail) {
            request.breakOff(new IOException("reset"));
        } else if (request.webhook().equals("gate")) {
            if (releasesEarly) {
                assertThat(fixture.call("release", "gate", request.text("lock"), gateRelease)
                                .status())
                        .isEqualTo(200);
            }
            request.answer(200, gateAnswer);
        } else {
            request.answer(200, otherAnswer);
        }
    }
}

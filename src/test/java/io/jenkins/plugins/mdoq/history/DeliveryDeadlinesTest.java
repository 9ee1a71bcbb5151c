package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When the lock of a delivery expires: its timeout, its heartbeat and the more time that was given. */
class DeliveryDeadlinesTest {

    private final Facts facts = new Facts();

    private static DeliveryHistory beating(Long seconds, boolean blocking, Fact... what) {
        PlannedDelivery plan =
                plan("gate", blocking, OnFail.CONTINUE, OnDeliveryError.FAIL, seconds, OnLockTimeout.FAIL);
        return Facts.eventHistory(fired(plan), List.of(what)).entry(delivery("gate"));
    }

    private static Instant after(long seconds) {
        return Facts.START.plusSeconds(seconds);
    }

    @Test
    @DisplayName("protocol: heartbeat — counted from the last sign, or from when the endpoint is to be asked again")
    void shouldCountTheHeartbeatFromTheLastSign() {
        assertThat(beating(null, true).heartbeatDeadline()).isNull();
        assertThat(beating(30L, false).heartbeatDeadline()).isNull();
        assertThat(beating(30L, true).heartbeatDeadline()).isEqualTo(after(30));
        assertThat(beating(30L, true).nextDeadline()).isEqualTo(after(30));

        Fact attempt = facts.attempt("gate", 1);
        Fact failure = facts.failure("gate", 1, false);
        Fact answer = facts.answer("gate", Result.SUCCESS, "{}");
        Fact first = facts.progress("gate", "first");
        Fact second = facts.progress("gate", "second");
        assertThat(beating(30L, true, attempt).lastSign()).isEqualTo(after(1));
        assertThat(beating(30L, true, attempt, failure).lastSign())
                .as("the time of the next attempt")
                .isEqualTo(after(3));
        assertThat(beating(30L, true, attempt, answer).lastSign()).isEqualTo(after(3));
        assertThat(beating(30L, true, attempt, first, second).lastSign()).isEqualTo(after(5));
        assertThat(beating(30L, true, attempt, new Fact.Beat(after(9), delivery("gate")))
                        .lastSign())
                .isEqualTo(after(9));
        Fact busy = new Fact.AttemptFailed(after(2), delivery("gate"), 1, 503, 20, "busy", null, after(60));
        assertThat(beating(30L, true, attempt, busy).lastSign()).isEqualTo(after(60));
        assertThat(beating(30L, true, attempt, busy, new Fact.Attempted(after(7), delivery("gate"), 2))
                        .lastSign())
                .as("asked again before its time")
                .isEqualTo(after(7));
    }

    @Test
    @DisplayName("protocol: more time — neither deadline comes before the time that was given")
    void shouldNotEndBeforeTheTimeThatWasGiven() {
        Fact shorter = new Fact.Extended(after(1), delivery("gate"), after(20), "operator ada", null);
        Fact longer = new Fact.Extended(after(2), delivery("gate"), after(90), "operator ada", "lunch");

        assertThat(beating(30L, true, shorter).heartbeatDeadline()).isEqualTo(after(30));
        assertThat(beating(30L, true, longer, shorter).heartbeatDeadline()).isEqualTo(after(90));
        assertThat(beating(30L, true, longer, shorter).extensions())
                .containsExactly((Fact.Extended) longer, (Fact.Extended) shorter);
        assertThat(beating(null, true, longer).deadline()).as("none stays none").isNull();
        assertThat(beating(null, true, longer).nextDeadline()).isNull();

        assertThat(ending(after(60)).deadline()).isEqualTo(after(60));
        assertThat(ending(after(60), shorter).deadline()).isEqualTo(after(60));
        assertThat(ending(after(60), longer).deadline()).isEqualTo(after(90));
        assertThat(ending(after(60), longer).nextDeadline()).isEqualTo(after(90));
        assertThat(ending(after(60), longer).firedAt()).isEqualTo(Facts.START);
    }

    private static DeliveryHistory ending(Instant deadline, Fact... what) {
        PlannedDelivery plan = new PlanBuilder("gate")
                .lock(Facts.lock("gate"))
                .deadline(deadline)
                .build();
        return Facts.eventHistory(fired(plan), List.of(what)).entry(delivery("gate"));
    }
}

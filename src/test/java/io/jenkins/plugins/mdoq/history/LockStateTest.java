package io.jenkins.plugins.mdoq.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("protocol: blocking — how things stand with a lock")
class LockStateTest {

    private final Facts facts = new Facts();

    private static LockState state(boolean blocking, Fact... facts) {
        return LockState.of(Facts.eventHistory(Facts.fired(Facts.plan("gate", blocking)), List.of(facts))
                .entry(Facts.delivery("gate")));
    }

    @Test
    void shouldHaveNoStateWithoutALock() {
        assertThat(state(false, facts.answer("gate", Result.SUCCESS, "{}"))).isNull();
    }

    @Test
    void shouldBeHeldUntilSomethingEndsIt() {
        assertThat(state(true)).isEqualTo(LockState.HELD);
        assertThat(state(true, facts.answer("gate", Result.SUCCESS, "{}"))).isEqualTo(LockState.HELD);
        assertThat(state(true, facts.failure("gate", 1, false))).isEqualTo(LockState.HELD);
    }

    @Test
    void shouldBeClosedWhereNothingWaitsForIt() {
        assertThat(state(true, facts.failure("gate", 1, true))).isEqualTo(LockState.CLOSED);
        assertThat(state(true, facts.answer("gate", Result.FAIL, "{'stop_release':true}")))
                .isEqualTo(LockState.CLOSED);
    }

    @Test
    void shouldNameWhatEndedIt() {
        assertThat(state(true, facts.expiry("gate"))).isEqualTo(LockState.EXPIRED);
        assertThat(state(true, facts.cancellation("gate", "aborted"))).isEqualTo(LockState.GIVEN_UP);
        assertThat(state(true, facts.release("gate", "{}"))).isEqualTo(LockState.RELEASED);
    }

    @Test
    void shouldNameTheReleaseBeforeTheExpiryBeforeTheCancellation() {
        Fact.Cancelled cancellation = facts.cancellation("gate", "aborted");
        Fact.Expired expiry = facts.expiry("gate");

        assertThat(state(true, cancellation, expiry)).isEqualTo(LockState.EXPIRED);
        assertThat(state(true, cancellation, expiry, facts.release("gate", "{}")))
                .isEqualTo(LockState.RELEASED);
    }
}

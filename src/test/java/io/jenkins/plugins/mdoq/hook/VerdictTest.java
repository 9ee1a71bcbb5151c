package io.jenkins.plugins.mdoq.hook;

import static io.jenkins.plugins.mdoq.history.Facts.eventHistory;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocol: "history decides", "a bare fail", "delivery error", "both flags", "several webhooks". */
class VerdictTest {

    private final Facts facts = new Facts();

    private Verdict verdict(OnFail onFail, OnDeliveryError onDeliveryError, Fact... what) {
        EventHistory event = eventHistory(fired(plan("gate", true, onFail, onDeliveryError)), List.of(what));
        assertThat(event.decided()).isTrue();
        return Verdict.of(event);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, false, false, CONTINUE, SUCCESS,  CONTINUE",
        "SUCCESS, false, false, FAIL,     SUCCESS,  CONTINUE",
        "SUCCESS, true,  true,  FAIL,     SUCCESS,  CONTINUE",
        "FAIL,    false, false, CONTINUE, FAIL,     CONTINUE",
        "FAIL,    false, false, UNSTABLE, FAIL,     UNSTABLE",
        "FAIL,    false, false, FAIL,     FAIL,     FAIL",
        "FAIL,    true,  false, CONTINUE, STOP,     STOP",
        "FAIL,    true,  false, FAIL,     STOP,     STOP",
        "FAIL,    false, true,  CONTINUE, ROLLBACK, ROLLBACK",
        "FAIL,    false, true,  FAIL,     ROLLBACK, ROLLBACK",
        "FAIL,    true,  true,  UNSTABLE, ROLLBACK, ROLLBACK"
    })
    @DisplayName("protocol: a bare fail — cancels nothing unless the event is set so")
    void shouldFollowTheReleasedHistoryAndTheSettingForABareFail(
            Result result, boolean stop, boolean rollback, OnFail onFail, Outcome outcome, Action action) {
        for (OnDeliveryError other : OnDeliveryError.values()) {
            Verdict verdict = verdict(
                    onFail,
                    other,
                    facts.answer("gate", Result.SUCCESS, "{}"),
                    facts.release(
                            "gate",
                            "{'result':'" + result.word() + "','stop_release':" + stop + ",'rollback_release':"
                                    + rollback + ",'message':'why'}"));

            assertThat(verdict.outcome()).isEqualTo(outcome);
            assertThat(verdict.action()).isEqualTo(action);
            assertThat(verdict.webhook()).isEqualTo(outcome == Outcome.SUCCESS ? null : "gate");
            assertThat(verdict.reason()).isEqualTo(outcome == Outcome.SUCCESS ? "every webhook agreed" : "why");
        }
    }

    @ParameterizedTest
    @CsvSource({"FAIL, FAIL", "CONTINUE, CONTINUE"})
    @DisplayName("protocol: delivery error — fails by default, per event it can go on")
    void shouldFollowItsSettingOnADeliveryError(OnDeliveryError setting, Action action) {
        for (OnFail other : OnFail.values()) {
            Verdict verdict = verdict(other, setting, facts.failure("gate", 1, true));

            assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(verdict.action()).isEqualTo(action);
            assertThat(verdict.reason()).isEqualTo("HTTP status 503 without a result");
        }
    }

    @Test
    void shouldGoByTheExpiryOfALockThatExpiredBeforeTheLastTryFailed() {
        Verdict verdict = verdict(
                OnFail.UNSTABLE, OnDeliveryError.CONTINUE, facts.expiry("gate"), facts.failure("gate", 1, true));

        assertThat(verdict.action()).isEqualTo(Action.FAIL);
        assertThat(verdict.reason()).startsWith("the lock was not released by ");
    }

    @Test
    void shouldGoByTheDeliveryErrorOfALockThatExpiredAfterwards() {
        Verdict verdict =
                verdict(OnFail.CONTINUE, OnDeliveryError.FAIL, facts.failure("gate", 1, true), facts.expiry("gate"));

        assertThat(verdict.action()).isEqualTo(Action.FAIL);
        assertThat(verdict.reason()).isEqualTo("HTTP status 503 without a result");
    }

    private Verdict expired(OnFail onFail, OnLockTimeout setting, String answer) {
        Result result = answer.contains("'fail'") ? Result.FAIL : Result.SUCCESS;
        EventHistory event = eventHistory(
                fired(plan("gate", true, onFail, OnDeliveryError.CONTINUE, 90L, setting)),
                List.of(facts.answer("gate", result, answer), facts.expiry("gate")));
        assertThat(event.decided()).isTrue();
        return Verdict.of(event);
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL, FAIL, FAIL",
        "STOP, STOP, STOP",
        "ROLLBACK, ROLLBACK, ROLLBACK",
        "UNSTABLE, FAIL, UNSTABLE",
        "CONTINUE, FAIL, CONTINUE"
    })
    @DisplayName("protocol: lock timeout — the setting decides, whatever a bare fail would do")
    void shouldFollowItsSettingOnALockThatExpired(OnLockTimeout setting, Outcome outcome, Action action) {
        for (OnFail other : OnFail.values()) {
            Verdict verdict = expired(other, setting, "{'message':'queued'}");

            assertThat(verdict.outcome()).isEqualTo(outcome);
            assertThat(verdict.action()).isEqualTo(action);
            assertThat(verdict.webhook()).isEqualTo("gate");
            assertThat(verdict.reason()).startsWith("the lock was not released by");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CONTINUE, {'stop_release':true},     STOP",
        "UNSTABLE, {'rollback_release':'1'},  ROLLBACK",
        "STOP,     {'rollback_release':true}, ROLLBACK",
        "ROLLBACK, {'stop_release':true},     ROLLBACK",
        "FAIL,     {'stop_release':false},    FAIL"
    })
    @DisplayName("protocol: lock timeout — flags that the answer carried count")
    void shouldFollowWhatTheEndpointSaidOfItsOwnSilenceIfThatIsMoreSevere(
            OnLockTimeout setting, String answer, Action action) {
        Verdict verdict = expired(OnFail.CONTINUE, setting, answer);

        assertThat(verdict.action()).isEqualTo(action);
        assertThat(verdict.reason()).startsWith("the lock was not released by");
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL, CONTINUE, FAIL",
        "CONTINUE, FAIL, FAIL",
        "CONTINUE, CONTINUE, CONTINUE",
        "UNSTABLE, CONTINUE, UNSTABLE"
    })
    void shouldGoByTheMoreSevereOfABareFailAndAnExpiry(OnFail onFail, OnLockTimeout setting, Action action) {
        assertThat(expired(onFail, setting, "{'result':'fail'}").action()).isEqualTo(action);
    }

    @Test
    @DisplayName(
            "protocol: several webhooks on one event — a lock whose expiry ends the release does not wait for the others")
    void shouldNotWaitForOtherLocksOnceAnExpiryEndsTheRelease() {
        for (OnLockTimeout setting : OnLockTimeout.values()) {
            EventHistory event = eventHistory(
                    fired(
                            plan("gate", true, OnFail.CONTINUE, OnDeliveryError.FAIL, null, setting),
                            plan("other", true)),
                    List.of(
                            facts.answer("gate", Result.SUCCESS, "{}"),
                            facts.answer("other", Result.SUCCESS, "{}"),
                            facts.expiry("gate")));

            assertThat(event.decided())
                    .as(setting.name())
                    .isEqualTo(setting == OnLockTimeout.STOP
                            || setting == OnLockTimeout.ROLLBACK
                            || setting == OnLockTimeout.FAIL);
        }
    }

    @Test
    void shouldTreatAResultInTheReleaseAsAFailAndNotAsADeliveryError() {
        Verdict verdict = verdict(
                OnFail.UNSTABLE,
                OnDeliveryError.FAIL,
                facts.release("gate", "{'result':'fail'}"),
                facts.failure("gate", 1, true));

        assertThat(verdict.action()).isEqualTo(Action.UNSTABLE);
    }

    @Test
    void shouldGoOnWhereNoWebhookListens() {
        EventHistory event = eventHistory(fired(), List.of());

        assertThat(event.decided()).isTrue();
        assertThat(Verdict.of(event))
                .isEqualTo(new Verdict(Outcome.SUCCESS, Action.CONTINUE, null, "no webhook listens"));
    }

    @Test
    void shouldTakeTheMoreSevereActionOfTwoBareFails() {
        EventHistory event = eventHistory(
                fired(
                        plan("mild", false, OnFail.CONTINUE, OnDeliveryError.FAIL),
                        plan("grave", false, OnFail.FAIL, OnDeliveryError.FAIL),
                        plan("error", false, OnFail.FAIL, OnDeliveryError.CONTINUE)),
                List.of(
                        facts.answer("mild", Result.FAIL, "{'message':'mild'}"),
                        facts.answer("grave", Result.FAIL, "{'message':'grave'}"),
                        facts.failure("error", 3, true)));

        assertThat(Verdict.of(event)).isEqualTo(new Verdict(Outcome.FAIL, Action.FAIL, "grave", "grave"));
    }

    @Test
    @DisplayName("protocol: several webhooks on one event — the most severe verdict wins")
    void shouldLetARollbackPassBeforeAStopAndAStopBeforeAFail() {
        Fact stop = facts.answer("stop", Result.FAIL, "{'stop_release':true,'message':'stop'}");
        Fact fail = facts.answer("fail", Result.FAIL, "{}");
        Fact rollback = facts.answer("rollback", Result.FAIL, "{'rollback_release':true,'message':'back'}");
        Fact.Fired fired = fired(
                plan("fail", false, OnFail.FAIL, OnDeliveryError.FAIL), plan("stop", false), plan("rollback", true));

        assertThat(eventHistory(fired, List.of(fail, stop)).decided())
                .as("one is still being asked")
                .isFalse();
        assertThat(Verdict.of(eventHistory(fired, List.of(fail, stop, facts.failure("rollback", 1, true)))))
                .isEqualTo(new Verdict(Outcome.STOP, Action.STOP, "stop", "stop"));
        assertThat(Verdict.of(eventHistory(fired, List.of(fail, stop, rollback))))
                .isEqualTo(new Verdict(Outcome.ROLLBACK, Action.ROLLBACK, "rollback", "back"));
    }

    @Test
    void shouldNotWaitForTheLocksOfOthersOnceOneEndsTheRelease() {
        Fact.Fired fired = fired(plan("gate", true), plan("chat", false));
        Fact held = facts.answer("gate", Result.FAIL, "{'message':'held and failing'}");

        assertThat(eventHistory(fired, List.of(held, facts.answer("chat", Result.FAIL, "{}")))
                        .decided())
                .isFalse();
        EventHistory stopped =
                eventHistory(fired, List.of(held, facts.answer("chat", Result.FAIL, "{'stop_release':true}")));
        assertThat(stopped.decided()).isTrue();
        assertThat(Verdict.of(stopped).webhook()).isEqualTo("chat");
    }

    @Test
    void shouldLetNothingPassThatWasGivenUpWithoutAResult() {
        EventHistory event = eventHistory(fired(plan("gate", true)), List.of(facts.cancellation("gate", "aborted")));

        assertThat(Verdict.of(event))
                .isEqualTo(new Verdict(Outcome.CANCELLED, Action.STOP, null, "no webhook came to a result"));
    }

    @Test
    void shouldNameTheFirstOfTwoThatAreAsGrave() {
        EventHistory event = eventHistory(
                fired(plan("one", false), plan("two", false)),
                List.of(
                        facts.answer("two", Result.FAIL, "{'message':'two'}"),
                        facts.answer("one", Result.FAIL, "{'message':'one'}")));

        assertThat(Verdict.of(event)).isEqualTo(new Verdict(Outcome.FAIL, Action.CONTINUE, "one", "one"));
    }
}

package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.entry;
import static io.jenkins.plugins.mdoq.history.Facts.fired;
import static io.jenkins.plugins.mdoq.history.Facts.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a delivery whose lock expired, by its setting and by what the endpoint said. */
class ExpiredDeliveryTest {

    private final Facts facts = new Facts();

    @Test
    void shouldFailAnEntryWhoseLockExpired() {
        Fact.Expired expiry = facts.expiry("gate");
        DeliveryHistory entry = entry(true, facts.answer("gate", Result.SUCCESS, "{'message':'queued'}"), expiry);

        assertThat(entry.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(entry.result()).isEqualTo(Result.FAIL);
        assertThat(entry.state().closed()).isTrue();
        assertThat(entry.deliveryError()).isNull();
        assertThat(entry.reason()).isEqualTo(expiry.reason());
    }

    /** What an entry says that expired, whose endpoint may have answered before. */
    private Action expired(OnFail onFail, OnLockTimeout onLockTimeout, Fact... before) {
        List<Fact> all = new ArrayList<>(List.of(before));
        all.add(facts.expiry("gate"));
        PlannedDelivery plan = plan("gate", true, onFail, OnDeliveryError.CONTINUE, null, onLockTimeout);
        DeliveryHistory entry = Facts.eventHistory(fired(plan), all).entry(delivery("gate"));
        assertThat(entry.state()).isEqualTo(DeliveryState.EXPIRED);
        return entry.action();
    }

    @Test
    @DisplayName("protocol: lock timeout — its setting or what the endpoint said beforehand, whichever is more severe")
    void shouldDoTheMoreSevereOfExpiryAndAnswer() {
        Fact bare = facts.answer("gate", Result.FAIL, "{}");
        Fact good = facts.answer("gate", Result.SUCCESS, "{}");

        assertThat(expired(OnFail.FAIL, OnLockTimeout.CONTINUE)).isEqualTo(Action.CONTINUE);
        assertThat(expired(OnFail.FAIL, OnLockTimeout.CONTINUE, good)).isEqualTo(Action.CONTINUE);
        assertThat(expired(OnFail.FAIL, OnLockTimeout.CONTINUE, bare)).isEqualTo(Action.FAIL);
        assertThat(expired(OnFail.CONTINUE, OnLockTimeout.UNSTABLE, bare)).isEqualTo(Action.UNSTABLE);
        assertThat(expired(OnFail.CONTINUE, OnLockTimeout.STOP, bare)).isEqualTo(Action.STOP);
        assertThat(expired(OnFail.CONTINUE, OnLockTimeout.ROLLBACK, good)).isEqualTo(Action.ROLLBACK);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "CONTINUE, {}, FAIL",
                "STOP, {}, STOP",
                "STOP, {'stop_release':true}, STOP",
                "STOP, {'rollback_release':true}, ROLLBACK",
                "ROLLBACK, {'stop_release':true}, ROLLBACK"
            })
    void shouldComeToTheMoreSevereOfExpiryAndFlags(OnLockTimeout setting, String data, Outcome outcome) {
        PlannedDelivery plan = plan("gate", true, OnFail.CONTINUE, OnDeliveryError.FAIL, null, setting);

        assertThat(Facts.eventHistory(
                                fired(plan), List.of(facts.answer("gate", Result.FAIL, data), facts.expiry("gate")))
                        .entry(delivery("gate"))
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void shouldLetAReleaseWithAResultPassBeforeALaterExpiry() {
        PlannedDelivery plan = plan("gate", true, OnFail.UNSTABLE, OnDeliveryError.FAIL, null, OnLockTimeout.ROLLBACK);
        DeliveryHistory entry = Facts.eventHistory(
                        fired(plan), List.of(facts.release("gate", "{'result':'fail'}"), facts.expiry("gate")))
                .entry(delivery("gate"));

        assertThat(entry.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(entry.action()).isEqualTo(Action.UNSTABLE);
        assertThat(entry.state()).isEqualTo(DeliveryState.RELEASED);
    }

    @Test
    void shouldGiveTheAnswerThatDecidedAsTheReasonOfAnExpiredEntry() {
        Fact.Expired expiry = facts.expiry("gate");

        assertThat(entry(true, facts.answer("gate", Result.FAIL, "{'message':'no','stop_release':true}"), expiry)
                        .reason())
                .isEqualTo("no");
        assertThat(entry(true, facts.answer("gate", Result.FAIL, "{'message':'no'}"), expiry)
                        .reason())
                .isEqualTo(expiry.reason());
        assertThat(entry(true, facts.answer("gate", Result.SUCCESS, "{'message':'no','stop_release':true}"), expiry)
                        .reason())
                .isEqualTo(expiry.reason());
        assertThat(entry(true, expiry).reason()).isEqualTo(expiry.reason());
    }
}

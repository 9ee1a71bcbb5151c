package io.jenkins.plugins.mdoq.history;

import static io.jenkins.plugins.mdoq.history.Facts.delivery;
import static io.jenkins.plugins.mdoq.history.Facts.entry;
import static io.jenkins.plugins.mdoq.history.Facts.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol: "history decides", "both flags", "truth of the flags", "the lock API: release". */
class DeliveryHistoryTest {

    private final Facts facts = new Facts();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SUCCESS | {}                                                  | SUCCESS",
                "SUCCESS | {'stop_release':true}                               | SUCCESS",
                "SUCCESS | {'rollback_release':true,'stop_release':true}       | SUCCESS",
                "FAIL    | {}                                                  | FAIL",
                "FAIL    | {'stop_release':false}                              | FAIL",
                "FAIL    | {'stop_release':true}                               | STOP",
                "FAIL    | {'stop_release':'true'}                             | STOP",
                "FAIL    | {'stop_release':1}                                  | STOP",
                "FAIL    | {'stop_release':'1'}                                | STOP",
                "FAIL    | {'stop_release':'yes'}                              | FAIL",
                "FAIL    | {'stop_release':'TRUE'}                             | FAIL",
                "FAIL    | {'stop_release':2}                                  | FAIL",
                "FAIL    | {'stop_release':1.0}                                | FAIL",
                "FAIL    | {'stop_release':[true]}                             | FAIL",
                "FAIL    | {'stop_release':null}                               | FAIL",
                "FAIL    | {'rollback_release':true}                           | ROLLBACK",
                "FAIL    | {'rollback_release':true,'stop_release':true}       | ROLLBACK",
                "FAIL    | {'rollback_release':false,'stop_release':true}      | STOP",
                "FAIL    | {'rollback_release':'1','stop_release':false}       | ROLLBACK",
            })
    @DisplayName("protocol: Cancel release, Rollback release, both flags — fail and a flag that is true; rollback wins")
    void shouldReadTheOutcomeFromResultAndFlags(Result result, String data, Outcome outcome) {
        DeliveryHistory answered = entry(false, facts.answer("gate", result, data));
        assertThat(answered.outcome()).isEqualTo(outcome);
        assertThat(answered.state().closed()).isTrue();

        DeliveryHistory released = entry(
                true,
                facts.answer("gate", Result.SUCCESS, "{}"),
                facts.release(
                        "gate",
                        data.replace("}", (data.length() > 2 ? "," : "") + "'result':'" + result.word() + "'}")));
        assertThat(released.outcome()).isEqualTo(outcome);
        assertThat(released.state().closed()).isTrue();
    }

    /** The release's fields are laid over the answer's, whichever came first. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SUCCESS | {}                                       | {}                                         | SUCCESS",
                "FAIL    | {}                                       | {}                                         | FAIL",
                "FAIL    | {}                                       | {'result':'success'}                       | SUCCESS",
                "FAIL    | {'stop_release':true}                    | {'result':'success'}                       | SUCCESS",
                "SUCCESS | {}                                       | {'result':'fail'}                          | FAIL",
                "SUCCESS | {}                                       | {'result':'FAIL','stop_release':1}         | STOP",
                "SUCCESS | {'stop_release':true}                    | {'result':'fail'}                          | STOP",
                "FAIL    | {}                                       | {'stop_release':true}                      | STOP",
                "FAIL    | {'message':'m'}                          | {'rollback_release':true}                  | ROLLBACK",
                "SUCCESS | {'rollback_release':true}                | {'result':'fail','rollback_release':false} | FAIL",
                "SUCCESS | {'rollback_release':true}                | {'result':'fail','stop_release':true}      | ROLLBACK",
                "SUCCESS | {}                                       | {'result':null}                            | SUCCESS",
            })
    @DisplayName("protocol: history decides — the release's data is laid over the answer's")
    void shouldLayTheReleaseOverTheAnswerInEitherOrder(
            Result result, String answered, String released, Outcome outcome) {
        Fact.Answered answer = facts.answer("gate", result, answered);
        Fact.Released release = facts.release("gate", released);

        for (DeliveryHistory entry : List.of(entry(true, answer, release), entry(true, release, answer))) {
            assertThat(entry.outcome()).isEqualTo(outcome);
            assertThat(entry.state().closed()).isTrue();
            assertThat(entry.held()).isFalse();
            assertThat(entry.data()).isEqualTo(json(answered).setAll(json(released)));
        }
    }

    @Test
    void shouldHaveNoOutcomeBeforeThereIsAnAnswer() {
        for (DeliveryHistory entry : List.of(
                entry(true),
                entry(true, facts.attempt("gate", 1)),
                entry(true, facts.attempt("gate", 1), facts.failure("gate", 1, false)),
                entry(true, facts.progress("gate", "halfway")))) {
            assertThat(entry.outcome()).isNull();
            assertThat(entry.result()).isNull();
            assertThat(entry.state().sending()).isTrue();
            assertThat(entry.state().closed()).isFalse();
            assertThat(entry.held()).isTrue();
        }
    }

    @Test
    void shouldWaitForTheAnswerWhenTheLockWasReleasedWithoutAResult() {
        DeliveryHistory entry = entry(true, facts.attempt("gate", 1), facts.release("gate", "{'message':'done'}"));

        assertThat(entry.held()).isFalse();
        assertThat(entry.state().sending()).isTrue();
        assertThat(entry.state().closed()).isFalse();
        assertThat(entry.outcome()).isNull();
    }

    @Test
    void shouldNotWaitForTheLockOfAnAnswerThatEndsTheRelease() {
        for (String flag : List.of("stop_release", "rollback_release")) {
            DeliveryHistory entry = entry(true, facts.answer("gate", Result.FAIL, "{'" + flag + "':true}"));
            assertThat(entry.state().closed()).isTrue();
            assertThat(entry.held()).isFalse();
        }
        DeliveryHistory bare = entry(true, facts.answer("gate", Result.FAIL, "{}"));
        assertThat(bare.state().closed()).isFalse();
        assertThat(bare.held()).isTrue();
    }

    @Test
    void shouldFailAnEntryThatCouldNotBeDelivered() {
        DeliveryHistory entry = entry(
                true,
                facts.release("gate", "{'message':'done'}"),
                facts.failure("gate", 1, false),
                facts.failure("gate", 2, true));

        assertThat(entry.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(entry.state().closed()).isTrue();
        assertThat(entry.deliveryError()).isEqualTo("HTTP status 503 without a result");
        assertThat(entry.reason()).isEqualTo("HTTP status 503 without a result");
    }

    @Test
    void shouldPutTheReleasesOwnResultOverAFailedDelivery() {
        Fact failure = facts.failure("gate", 1, true);
        Fact release = facts.release("gate", "{'result':'success','message':'all fine'}");

        for (DeliveryHistory entry : List.of(entry(true, failure, release), entry(true, release, failure))) {
            assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(entry.deliveryError()).isNull();
            assertThat(entry.reason()).isEqualTo("all fine");
        }
    }

    @Test
    void shouldKeepTheFirstOfTwo() {
        DeliveryHistory entry = entry(
                true,
                facts.answer("gate", Result.SUCCESS, "{'n':1}"),
                facts.release("gate", "{'m':1}"),
                facts.cancellation("gate", "first"),
                facts.answer("gate", Result.FAIL, "{'n':2,'rollback_release':true}"),
                facts.release("gate", "{'m':2,'result':'fail'}"),
                facts.cancellation("gate", "second"));

        assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(entry.data()).isEqualTo(json("{'n':1,'m':1}"));
        assertThat(entry.cancellation().reason()).isEqualTo("first");
    }

    @Test
    void shouldSayWhyTheProcessGaveItUp() {
        DeliveryHistory entry = entry(
                true,
                facts.answer("gate", Result.SUCCESS, "{'message':'queued'}"),
                facts.cancellation("gate", "aborted by admin"));

        assertThat(entry.reason()).isEqualTo("aborted by admin");
        assertThat(entry.state().closed()).isTrue();
        assertThat(entry.held()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'message':''}",
                "{'message':' '}",
                "{'message':7}",
                "{'message':null}",
                "{'message':['m']}"
            })
    void shouldSayThatNoReasonWasGiven(String data) {
        assertThat(entry(false, facts.answer("gate", Result.FAIL, data)).reason())
                .isEqualTo("no reason given");
    }

    @Test
    void shouldCountAttemptsAndKeepFailures() {
        DeliveryHistory entry = entry(
                false,
                facts.attempt("gate", 1),
                facts.failure("gate", 1, false),
                facts.attempt("gate", 2),
                facts.failure("gate", 2, false));

        assertThat(entry.attempts()).isEqualTo(2);
        assertThat(entry.failures()).hasSize(2);
        assertThat(entry.lastFailure().number()).isEqualTo(2);
        assertThat(entry.state().sending()).isTrue();
    }

    @Test
    void shouldNameWhatCameWhileNobodyListened() {
        Fact.Progressed seen = facts.progress("gate", "seen");
        Fact.Progressed missed = new Fact.Progressed(Facts.START, delivery("gate"), "missed", "endpoint", true);
        Fact.Released release =
                new Fact.Released(Facts.START, delivery("gate"), json("{}"), "endpoint", List.of(), true);

        assertThat(List.of(seen, missed, release)).filteredOn(Fact::wasUnseen).containsExactly(missed, release);
    }

    @Test
    void shouldNameTheStatusOfTheAnswerElseOfTheLastFailure() {
        assertThat(entry(false).status()).isNull();
        assertThat(entry(false, facts.failure("gate", 1, false)).status()).isEqualTo(503);
        assertThat(entry(false, facts.failure("gate", 1, false), facts.answer("gate", Result.SUCCESS, "{}"))
                        .status())
                .isEqualTo(200);
        assertThat(entry(
                                false,
                                facts.failure("gate", 1, false),
                                new Fact.AttemptFailed(Facts.START, delivery("gate"), 2, null, 5, "reset", null, null))
                        .status())
                .isNull();
    }

    @Test
    void shouldDoWhatItsSettingSays() {
        assertThat(entry(false).action()).isNull();
        assertThat(entry(false, facts.answer("gate", Result.SUCCESS, "{}")).action())
                .isEqualTo(Action.CONTINUE);
        assertThat(entry(false, facts.answer("gate", Result.FAIL, "{}")).action())
                .isEqualTo(Action.CONTINUE);
        assertThat(entry(false, facts.failure("gate", 1, true)).action()).isEqualTo(Action.FAIL);
    }

    @Test
    void shouldNameTheOperatorWhoDecided() {
        assertThat(entry(true).decidedFor()).isNull();
        assertThat(entry(true, facts.release("gate", "{'result':'success'}")).decidedFor())
                .isNull();
        assertThat(entry(true, releasedByAda("{'result':'success'}")).decidedFor())
                .isEqualTo("operator ada");
        assertThat(entry(true, releasedByAda("{}")).decidedFor())
                .as("the endpoint's own answer decides")
                .isNull();
    }

    private static Fact releasedByAda(String data) {
        return new Fact.Released(Facts.START, delivery("gate"), json(data), "operator ada", List.of(), null, "ada");
    }

    @Test
    void shouldSayWhetherARequestIsStillToBeMade() {
        assertThat(entry(true, facts.answer("gate", Result.SUCCESS, "{}")).state())
                .isEqualTo(DeliveryState.WAITING);
        assertThat(DeliveryState.WAITING.sending()).isFalse();
        assertThat(DeliveryState.SENDING.sending()).isTrue();
        assertThat(DeliveryState.RELEASED_UNANSWERED.word()).isEqualTo("released_unanswered");
    }
}

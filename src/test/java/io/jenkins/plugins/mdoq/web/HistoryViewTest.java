package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.LOCK;
import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryViewTest {

    private final HistoryViewFixture fixture = new HistoryViewFixture();

    @Test
    void shouldShowTheHostAlone() {
        fixture.firedWithLock();

        assertThat(fixture.entry().host()).isEqualTo("hooks.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/x, 127.0.0.1:8080",
        "http://[::1]:81/, [::1]:81",
        "no url at all, -",
        "mailto:x, -"
    })
    void shouldShowTheHostOfAnyUrl(String url, String host) {
        fixture.fired(HistoryViewFixture.plan(url, null, null, OnFail.CONTINUE));

        assertThat(fixture.entry().host()).isEqualTo(host);
    }

    @Test
    void shouldShowEveryAttempt() {
        fixture.firedWithLock();
        fixture.facts.add(new Fact.AttemptFailed(
                START.plusSeconds(1),
                "d1",
                1,
                503,
                900,
                "answered 503",
                "down\nfor\u0000 repair",
                START.plusSeconds(5)));
        fixture.facts.add(new Fact.Attempted(START.plusSeconds(5), "d1", 2));
        fixture.facts.add(new Fact.AttemptFailed(
                START.plusSeconds(6), "d1", 2, null, 60_000, "no answer within 60 s", null, START.plusSeconds(400)));
        fixture.facts.add(new Fact.Attempted(START.plusSeconds(400), "d1", 3));

        assertThat(fixture.entry().attempts())
                .containsExactly(
                        new AttemptView(
                                1,
                                "503",
                                "900 ms",
                                "answered 503",
                                "down\nfor  repair",
                                new TimeView("2026-08-01T10:00:05Z", "4 min 55 s ago")),
                        new AttemptView(
                                2,
                                "-",
                                "1 min 0 s",
                                "no answer within 60 s",
                                null,
                                new TimeView("2026-08-01T10:06:40Z", "in 1 min 40 s")),
                        new AttemptView(3, "-", "", "under way", null, null));
    }

    @Test
    void shouldCallADeliveryErrorOne() {
        fixture.fired(HistoryViewFixture.plan("https://hooks.example.com/", null, null, OnFail.CONTINUE));
        fixture.facts.add(new Fact.Attempted(START, "d1", 1));
        fixture.facts.add(new Fact.AttemptFailed(
                START.plusSeconds(3), "d1", 1, 301, 3_000, "redirects are not followed", null, null));

        EntryView entry = fixture.entry();

        assertThat(entry.state()).isEqualTo(new StateView("error", Tone.BAD));
        assertThat(entry.status()).isEqualTo("301");
        assertThat(entry.message()).isEqualTo("redirects are not followed");
        assertThat(entry.took()).isEqualTo("3.0 s");
        assertThat(entry.lock()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "CONTINUE, the release goes on with a warning",
        "UNSTABLE, the release goes on as unstable",
        "FAIL, the release fails"
    })
    void shouldSayWhatABareFailDoes(OnFail onFail, String text) {
        fixture.fired(HistoryViewFixture.plan("https://hooks.example.com/", LOCK, null, onFail));

        assertThat(fixture.entry().lock().bareFail()).isEqualTo(text);
    }

    @Test
    void shouldNotPutTheWordsOfOneWebhookIntoTheMouthOfAnother() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object().put("message", "being looked at"));
        fixture.facts.add(new Fact.Settled(
                START.plusSeconds(9), "h1", Outcome.STOP, Action.STOP, "tests", "checkout test is red"));
        fixture.facts.add(new Fact.Cancelled(START.plusSeconds(9), "d1", "checkout test is red"));

        EntryView entry = fixture.entry();

        assertThat(entry.state()).isEqualTo(new StateView("cancelled", Tone.PLAIN));
        assertThat(entry.message()).isEqualTo("Not waited for any longer, since tests had decided.");
    }

    @Test
    void shouldNameTheOperatorWhoDecidedInThePlaceOfTheWebhook() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object());
        fixture.facts.add(new Fact.Settled(
                START.plusSeconds(9),
                "h1",
                Outcome.ROLLBACK,
                Action.ROLLBACK,
                "gate",
                "wrong version",
                "operator ada"));

        HistoryView view = fixture.view(false, false);
        assertThat(view.events().get(0).decision()).isEqualTo("Decided by operator ada: wrong version");
        assertThat(view.rollback().text()).isEqualTo("A rollback was asked for by operator ada; it has not begun yet.");
    }

    @Test
    void shouldSayThatItIsSendingAndThatItIsTryingAgain() {
        fixture.firedWithLock();
        assertThat(fixture.entry().state()).isEqualTo(new StateView("sending", Tone.DOUBTFUL));

        fixture.facts.add(new Fact.AttemptFailed(
                START.plusSeconds(1), "d1", 1, 503, 900, "answered 503", null, START.plusSeconds(900)));
        assertThat(fixture.entry().state().text()).isEqualTo("retrying");
    }

    @Test
    void shouldShowTheNewestProgressFirst() {
        fixture.firedWithLock();
        for (int i = 1; i <= 3; i++) {
            fixture.facts.add(new Fact.Progressed(START.plusSeconds(i), "d1", "note " + i, "endpoint", null));
        }

        assertThat(fixture.entry().progress()).extracting(NoteView::text).containsExactly("note 3", "note 2", "note 1");
        assertThat(fixture.entry().latest().text()).isEqualTo("note 3");
    }

    @Test
    void shouldShowWhatTravelledToThoseWhoMaySeeIt() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object().put("ticket", "OPS-4711\u202e"));

        assertThat(fixture.entry().payload())
                .isEqualTo(new PayloadView(
                        "{\n  \"delivery\" : \"d1\"\n}", "{\n  \"ticket\" : \"OPS-4711\\u202e\"\n}", null));
    }

    @Test
    void shouldShowNothingOfWhatTravelledToOthers() {
        fixture.firedWithLock();
        fixture.facts.add(new Fact.AttemptFailed(
                START.plusSeconds(1), "d1", 1, 503, 900, "answered 503", "OPS-4711", START.plusSeconds(5)));
        fixture.answered(Result.SUCCESS, object().put("ticket", "OPS-4711"));

        assertThat(fixture.view(false, false).toString())
                .doesNotContain("OPS-4711")
                .contains("answered 503");
    }

    @Test
    void shouldShowWhatWasSentAgainAndGoOnAskingWhileItIsUnderWay() {
        fixture.fired(HistoryViewFixture.plan("https://hooks.example.com/mdoq", null, null, OnFail.CONTINUE));
        fixture.answered(Result.SUCCESS, object());
        assertThat(fixture.entry().again().possible()).isFalse();
        fixture.settled(Outcome.SUCCESS, Action.CONTINUE);
        assertThat(fixture.entry().again()).isEqualTo(new AgainView(true, false, List.of()));
        fixture.facts.add(new Fact.SentAgain(HistoryViewFixture.NOW.minusSeconds(3), "d1", 1, "operator ali\u0007ce"));

        HistoryView view = fixture.view(true, true);

        AgainView again = view.events().get(0).entries().get(0).again();
        assertThat(again.possible()).isFalse();
        assertThat(again.times()).singleElement().satisfies(sent -> {
            assertThat(sent.by()).isEqualTo("operator ali ce");
            assertThat(sent.what()).isEqualTo("under way");
        });
        assertThat(view.still()).isFalse();
        assertThat(view.over()).isTrue();

        fixture.facts.add(new Fact.RepliedAgain(
                HistoryViewFixture.NOW, "d1", 1, 200, 45, null, null, object().put("ticket", "OPS-4711"), List.of()));
        assertThat(fixture.view(true, true).still()).isTrue();
        assertThat(fixture.entry().again().times().get(0).what()).isEqualTo("answered 200 in 45 ms");
        assertThat(fixture.entry().again().times().get(0).body()).contains("OPS-4711");
        assertThat(fixture.view(true, false).toString()).doesNotContain("OPS-4711");
    }
}

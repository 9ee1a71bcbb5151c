package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryViewTest {

    private static final Instant T0 = Instant.parse("2026-08-01T10:00:00.250Z");
    private static final Instant NOW = T0.plusSeconds(300);
    private static final String LOCK = "shop#7:gate:0123456789abcdefghijklmn";

    private final List<Fact> facts = new ArrayList<>();

    private static PlannedDelivery plan(String url, String lock, Duration until, OnFail onFail) {
        return new PlannedDelivery(
                "d1",
                "gate",
                url,
                List.of("secret"),
                60,
                3,
                false,
                lock,
                until == null ? null : T0.plus(until),
                List.of(),
                onFail,
                OnDeliveryError.FAIL);
    }

    private void fired(PlannedDelivery... plans) {
        facts.add(new Fact.Fired(T0, "h1", "before_release", 7, object(), null, List.of(plans)));
    }

    private void firedWithLock() {
        fired(plan("https://hooks.example.com/mdoq?token=hush", LOCK, Duration.ofHours(1), OnFail.CONTINUE));
        facts.add(new Fact.Attempted(T0, "d1", 1));
    }

    private void answered(Result result, ObjectNode data) {
        facts.add(new Fact.Answered(T0.plusSeconds(2), "d1", 1, 200, 1_990, result, data, List.of("odd\u0007ity")));
    }

    private void settled(Outcome outcome, Action action) {
        facts.add(new Fact.Settled(T0.plusSeconds(9), "h1", outcome, action, "gate", "too late"));
    }

    private HistoryView view(boolean over, boolean maySee) {
        return HistoryView.of(History.of(facts), "rollback", over, maySee, NOW);
    }

    private EntryView entry() {
        return view(false, true).events().get(0).entries().get(0);
    }

    @Test
    void shouldShowAHeldLockWithItsDeadline() {
        firedWithLock();
        answered(Result.SUCCESS, object());

        HistoryView view = view(false, true);

        assertThat(view.held()).singleElement().satisfies(entry -> {
            assertThat(entry.webhook()).isEqualTo("gate");
            assertThat(entry.event()).isEqualTo("before_release");
            assertThat(entry.took()).isEqualTo("5 min 0 s so far");
            assertThat(entry.lock().state().text()).isEqualTo("held");
            assertThat(entry.lock().value()).isEqualTo(LOCK);
            assertThat(entry.lock().deadline()).isEqualTo(new TimeView("2026-08-01T11:00:00Z", "in 55 min 0 s"));
        });
        assertThat(view.events().get(0).verdict()).isEqualTo(new StateView("waiting for the verdict", Tone.PLAIN));
    }

    @Test
    void shouldShowTheHostAlone() {
        firedWithLock();

        assertThat(entry().host()).isEqualTo("hooks.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/x, 127.0.0.1:8080",
        "http://[::1]:81/, [::1]:81",
        "no url at all, -",
        "mailto:x, -"
    })
    void shouldShowTheHostOfAnyUrl(String url, String host) {
        fired(plan(url, null, null, OnFail.CONTINUE));

        assertThat(entry().host()).isEqualTo(host);
    }

    @Test
    void shouldKeepTheValueFromThoseWhoMayNotRelease() {
        firedWithLock();

        HistoryView view = view(false, false);

        assertThat(view.held()).hasSize(1);
        assertThat(view.toString()).doesNotContain(LOCK);
    }

    @Test
    void shouldNotCallALockHeldThatNobodyWaitsFor() {
        firedWithLock();

        HistoryView view = view(true, true);

        assertThat(view.held()).isEmpty();
        assertThat(view.events().get(0).entries().get(0).lock().state().text()).isEqualTo("no longer waited for");
        assertThat(view.events().get(0).verdict().text()).isEqualTo("the build ended without a verdict");
    }

    @Test
    void shouldShowWhoReleasedALock() {
        firedWithLock();
        answered(Result.SUCCESS, object());
        facts.add(new Fact.Released(
                T0.plusSeconds(8),
                "d1",
                object().put("result", "fail").put("stop_release", true).put("message", "two\nlines\u202e"),
                "operator alice",
                List.of(),
                null));
        settled(Outcome.STOP, Action.STOP);

        HistoryView view = view(true, false);
        EntryView entry = view.events().get(0).entries().get(0);

        assertThat(entry.lock().state()).isEqualTo(new StateView("released", Tone.GOOD));
        assertThat(entry.lock().releasedBy()).isEqualTo("operator alice");
        assertThat(entry.lock().ended().iso()).isEqualTo("2026-08-01T10:00:08Z");
        assertThat(entry.result()).isEqualTo("fail");
        assertThat(entry.flags()).containsExactly("stop_release");
        assertThat(entry.outcome()).isEqualTo(new StateView("stop", Tone.BAD));
        assertThat(entry.message()).isEqualTo("two\nlines");
        assertThat(entry.took()).isEqualTo("8.0 s");
        assertThat(entry.notes()).containsExactly("odd ity");
        assertThat(view.events().get(0).verdict()).isEqualTo(new StateView("the release is stopped", Tone.BAD));
        assertThat(view.events().get(0).decidedBy()).isEqualTo("gate");
        assertThat(view.events().get(0).reason()).isEqualTo("too late");
    }

    @Test
    void shouldShowEveryAttempt() {
        firedWithLock();
        facts.add(new Fact.AttemptFailed(
                T0.plusSeconds(1), "d1", 1, 503, 900, "answered 503", "down\nfor\u0000 repair", T0.plusSeconds(5)));
        facts.add(new Fact.Attempted(T0.plusSeconds(5), "d1", 2));
        facts.add(new Fact.AttemptFailed(
                T0.plusSeconds(6), "d1", 2, null, 60_000, "no answer within 60 s", null, T0.plusSeconds(400)));
        facts.add(new Fact.Attempted(T0.plusSeconds(400), "d1", 3));

        assertThat(entry().attempts())
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
        fired(plan("https://hooks.example.com/", null, null, OnFail.CONTINUE));
        facts.add(new Fact.Attempted(T0, "d1", 1));
        facts.add(new Fact.AttemptFailed(
                T0.plusSeconds(3), "d1", 1, 301, 3_000, "redirects are not followed", null, null));

        EntryView entry = entry();

        assertThat(entry.outcome().text()).isEqualTo("delivery error");
        assertThat(entry.status()).isEqualTo("301");
        assertThat(entry.message()).isEqualTo("redirects are not followed");
        assertThat(entry.took()).isEqualTo("3.0 s");
        assertThat(entry.lock()).isNull();
    }

    @Test
    void shouldShowProgressAndWhatTheEndpointWasTold() {
        firedWithLock();
        facts.add(new Fact.Progressed(T0.plusSeconds(60), "d1", "half\u001b[31mway", "endpoint at 192.0.2.1", null));
        facts.add(new Fact.Cancelled(T0.plusSeconds(61), "d1", "the build was aborted"));
        facts.add(new Fact.Noticed(T0.plusSeconds(62), "d1", "release_aborted", 200, null));
        facts.add(new Fact.Noticed(T0.plusSeconds(63), "d1", "release_aborted", null, "refused"));

        EntryView entry = entry();

        assertThat(entry.progress())
                .containsExactly(new NoteView(
                        new TimeView("2026-08-01T10:01:00Z", "4 min 0 s ago"),
                        "endpoint at 192.0.2.1",
                        "half [31mway"));
        assertThat(entry.told()).extracting(NoteView::text).containsExactly("answered 200", "refused");
        assertThat(entry.lock().state().text()).isEqualTo("given up");
        assertThat(entry.outcome().text()).isEqualTo("cancelled");
        assertThat(entry.message()).isEqualTo("the build was aborted");
        assertThat(entry.attempts().get(0).what()).isEqualTo("no answer was waited for");
    }

    @Test
    void shouldShowAnExpiredLock() {
        firedWithLock();
        answered(Result.SUCCESS, object());
        facts.add(new Fact.Expired(T0.plusSeconds(100), "d1", "the lock was not released in time"));

        EntryView entry = entry();

        assertThat(entry.lock().state()).isEqualTo(new StateView("expired", Tone.BAD));
        assertThat(entry.result()).isEqualTo("fail");
        assertThat(entry.message()).isEqualTo("the lock was not released in time");
        assertThat(entry.took()).isEqualTo("1 min 40 s");
    }

    @ParameterizedTest
    @CsvSource({
        "CONTINUE, the release goes on with a warning",
        "UNSTABLE, the release goes on as unstable",
        "FAIL, the release fails"
    })
    void shouldSayWhatABareFailDoes(OnFail onFail, String text) {
        fired(plan("https://hooks.example.com/", LOCK, null, onFail));

        assertThat(entry().lock().bareFail()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, CONTINUE, GOOD",
        "FAIL, CONTINUE, DOUBTFUL",
        "FAIL, UNSTABLE, DOUBTFUL",
        "FAIL, FAIL, BAD",
        "STOP, STOP, BAD",
        "ROLLBACK, ROLLBACK, BAD",
        "CANCELLED, STOP, PLAIN"
    })
    void shouldToneTheVerdict(Outcome outcome, Action action, Tone tone) {
        firedWithLock();
        settled(outcome, action);

        assertThat(view(true, false).events().get(0).verdict().tone()).isEqualTo(tone);
    }

    @Test
    void shouldSayNothingOfARollbackThatNobodyAskedFor() {
        firedWithLock();

        assertThat(view(false, false).rollback()).isNull();
    }

    @Test
    void shouldFollowTheRollback() {
        firedWithLock();
        settled(Outcome.ROLLBACK, Action.ROLLBACK);
        assertThat(view(false, false).rollback().text())
                .isEqualTo("A rollback was asked for by gate; it has not begun yet.");
        assertThat(view(true, false).rollback())
                .isEqualTo(new StateView(
                        "A rollback was asked for by gate, but the build ended without one: no mdoqRollback ran.",
                        Tone.BAD));

        facts.add(new StepFact.Started(T0.plusSeconds(10), "rollback"));
        assertThat(view(false, false).rollback().text()).isEqualTo("The release is being rolled back.");
        assertThat(view(true, false).rollback().tone()).isEqualTo(Tone.BAD);

        facts.add(new StepFact.Finished(T0.plusSeconds(14), "rollback", 0, null));
        assertThat(view(true, false).rollback())
                .isEqualTo(new StateView("The release was rolled back in 4.0 s.", Tone.GOOD));
    }

    @Test
    void shouldShowARollbackThatFailed() {
        facts.add(new StepFact.Started(T0, "rollback"));
        facts.add(new StepFact.Finished(T0, "rollback", 1, "script returned exit code 2"));

        assertThat(view(true, false).rollback())
                .isEqualTo(new StateView("The rollback failed: script returned exit code 2", Tone.BAD));
    }

    @Test
    void shouldShowDamage() {
        facts.add(new Fact.Attempted(T0, "stray\u0000", 1));

        assertThat(view(true, false).damage()).containsExactly("a fact of the unknown delivery stray  was passed over");
    }
}

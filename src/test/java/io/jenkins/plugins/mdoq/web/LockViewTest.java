package io.jenkins.plugins.mdoq.web;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.LOCK;
import static io.jenkins.plugins.mdoq.web.HistoryViewFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the history page shows of a lock: how it stands, who ended it, and who was refused. */
class LockViewTest {

    private final HistoryViewFixture fixture = new HistoryViewFixture();

    @Test
    void shouldShowAHeldLockWithItsDeadline() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object());

        HistoryView view = fixture.view(false, true);

        assertThat(view.held()).singleElement().satisfies(entry -> {
            assertThat(entry.webhook()).isEqualTo("gate");
            assertThat(entry.event()).isEqualTo("before_release");
            assertThat(entry.state()).isEqualTo(new StateView("waiting", Tone.DOUBTFUL));
            assertThat(entry.took()).isEqualTo("2.0 s");
            assertThat(entry.lock().lasted()).isEqualTo("5 min 0 s");
            assertThat(entry.lock().state().text()).isEqualTo("held");
            assertThat(entry.lock().value()).isEqualTo(LOCK);
            assertThat(entry.lock().deadline()).isEqualTo(new TimeView("2026-08-01T11:00:00Z", "in 55 min 0 s"));
        });
        assertThat(view.events().get(0).verdict()).isEqualTo(new StateView("waiting for the verdict", Tone.DOUBTFUL));
    }

    @Test
    void shouldKeepTheValueFromThoseWhoMayNotRelease() {
        fixture.firedWithLock();

        HistoryView view = fixture.view(false, false);

        assertThat(view.held()).hasSize(1);
        assertThat(view.toString()).doesNotContain(LOCK);
    }

    @Test
    void shouldNotCallALockHeldThatNobodyWaitsFor() {
        fixture.firedWithLock();

        HistoryView view = fixture.view(true, true);

        assertThat(view.held()).isEmpty();
        EntryView entry = view.events().get(0).entries().get(0);
        assertThat(entry.state()).isEqualTo(new StateView("abandoned", Tone.PLAIN));
        assertThat(entry.lock().state().text()).isEqualTo("no longer waited for");
        assertThat(entry.lock().lasted()).isEmpty();
        assertThat(view.events().get(0).verdict().text()).isEqualTo("the build ended without a verdict");
    }

    @Test
    void shouldShowRefusedCallsOnceForEachStatusWithTheirCount() {
        fixture.firedWithLock();
        refused(10, 403, 1, "not among the addresses; add it");
        refused(20, 401, 1, "the secret is\u202e wrong");
        refused(30, 403, 10, "not among the addresses; add it");

        EntryView entry = fixture.entry();

        assertThat(entry.refusals())
                .containsExactly(
                        new RefusalView(
                                TimeView.of(START.plusSeconds(30), HistoryViewFixture.NOW),
                                "release from 192.0.2.7 was answered 403",
                                "10 times or more",
                                "not among the addresses; add it"),
                        new RefusalView(
                                TimeView.of(START.plusSeconds(20), HistoryViewFixture.NOW),
                                "release from 192.0.2.7 was answered 401",
                                "",
                                "the secret is  wrong"));
        assertThat(entry.notes()).isEmpty();
        assertThat(entry.state().text()).isEqualTo("sending");
    }

    private void refused(int second, int status, int count, String reason) {
        fixture.facts.add(
                new Fact.Refused(START.plusSeconds(second), "d1", "release", status, reason, "192.0.2.7", count, null));
    }

    @Test
    void shouldShowWhoReleasedALock() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object());
        fixture.facts.add(new Fact.Released(
                START.plusSeconds(8),
                "d1",
                object().put("result", "fail").put("stop_release", true).put("message", "two\nlines\u202e"),
                "operator alice",
                List.of(),
                null));
        fixture.settled(Outcome.STOP, Action.STOP);

        HistoryView view = fixture.view(true, false);
        EntryView entry = view.events().get(0).entries().get(0);

        assertThat(entry.lock().state()).isEqualTo(new StateView("released", Tone.PLAIN));
        assertThat(entry.lock().releasedBy()).isEqualTo("operator alice");
        assertThat(entry.lock().description()).isEqualTo("released by operator alice");
        assertThat(entry.lock().ended().iso()).isEqualTo("2026-08-01T10:00:08Z");
        assertThat(entry.result()).isEqualTo("fail");
        assertThat(entry.flags()).containsExactly("stop_release");
        assertThat(entry.state()).isEqualTo(new StateView("stop", Tone.BAD));
        assertThat(entry.message()).isEqualTo("two\nlines");
        assertThat(entry.took()).isEqualTo("2.0 s");
        assertThat(entry.lock().lasted()).isEqualTo("8.0 s");
        assertThat(entry.notes()).containsExactly("odd ity");
        assertThat(view.events().get(0).verdict()).isEqualTo(new StateView("the release is stopped", Tone.BAD));
        assertThat(view.events().get(0).decision()).isEqualTo("Decided by gate: too late");
    }

    @Test
    void shouldShowProgressAndThatTheLockWasGivenUp() {
        fixture.firedWithLock();
        fixture.facts.add(
                new Fact.Progressed(START.plusSeconds(60), "d1", "half\u001b[31mway", "endpoint at 192.0.2.1", null));
        fixture.facts.add(new Fact.Cancelled(START.plusSeconds(61), "d1", "the build was aborted"));

        EntryView entry = fixture.entry();

        assertThat(entry.progress())
                .containsExactly(new NoteView(
                        new TimeView("2026-08-01T10:01:00Z", "4 min 0 s ago"),
                        "endpoint at 192.0.2.1",
                        "half [31mway"));
        assertThat(entry.lock().state().text()).isEqualTo("given up");
        assertThat(entry.state()).isEqualTo(new StateView("cancelled", Tone.PLAIN));
        assertThat(entry.message()).isEqualTo("the build was aborted");
        assertThat(entry.attempts().get(0).what()).isEqualTo("no answer was waited for");
    }

    @Test
    void shouldShowAnExpiredLock() {
        fixture.firedWithLock();
        fixture.answered(Result.SUCCESS, object());
        fixture.facts.add(new Fact.Expired(START.plusSeconds(100), "d1", "the lock was not released in time", null));

        EntryView entry = fixture.entry();

        assertThat(entry.lock().state()).isEqualTo(new StateView("expired", Tone.BAD));
        assertThat(entry.state()).isEqualTo(new StateView("expired", Tone.BAD));
        assertThat(entry.result()).isEqualTo("fail");
        assertThat(entry.message()).isEqualTo("the lock was not released in time");
        assertThat(entry.took()).isEqualTo("2.0 s");
        assertThat(entry.lock().lasted()).isEqualTo("1 min 40 s");
    }

    @Test
    void shouldSayWhyTheProcessItselfGaveALockUp() {
        fixture.firedWithLock();
        fixture.facts.add(new Fact.Settled(
                START.plusSeconds(9), "h1", Outcome.CANCELLED, Action.STOP, null, "the build was aborted"));
        fixture.facts.add(new Fact.Cancelled(START.plusSeconds(9), "d1", "the build was aborted"));

        assertThat(fixture.entry().message()).isEqualTo("the build was aborted");
    }
}

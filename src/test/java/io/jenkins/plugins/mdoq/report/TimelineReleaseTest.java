package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.report.RecordedHistory.Asked;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What a timeline says of the release itself: its waits, its own work and its rollback. */
class TimelineReleaseTest {

    private static Timeline of(RecordedHistory story, boolean running) {
        return Timeline.of(story.history(), story.now(), running);
    }

    private static Timeline.Track release(RecordedHistory story, boolean running) {
        return of(story, running).lanes().get(0).tracks().get(0);
    }

    private static Tuple lasting(Timeline.Span span) {
        return tuple(span.kind(), span.open(), span.label(), span.text());
    }

    private static RecordedHistory agreed() {
        return new RecordedHistory()
                .fire("before_release", Asked.open("gate"))
                .at(1)
                .goesOn();
    }

    private static List<String> rows(RecordedHistory story, boolean running) {
        return of(story, running).rows().stream().map(Timeline.Row::text).toList();
    }

    @Test
    void shouldSayHowLongTheReleaseCommandWorksOrWorked() {
        RecordedHistory story = agreed().started("release").at(61);

        assertThat(release(story, true).spans())
                .last()
                .extracting(TimelineReleaseTest::lasting)
                .isEqualTo(tuple(
                        Timeline.SpanKind.WORK,
                        true,
                        "release 1 min 0 s",
                        "2026-08-01 10:00:01 UTC: release: at work for 1 min 0 s so far"));
        assertThat(release(story, false).spans())
                .last()
                .extracting(TimelineReleaseTest::lasting)
                .isEqualTo(tuple(
                        Timeline.SpanKind.WORK,
                        true,
                        "release 0 ms",
                        "2026-08-01 10:00:01 UTC: release: not finished"));
        assertThat(rows(story, true))
                .containsExactly(
                        "before_release: fired",
                        "before_release: the release goes on: every webhook agreed",
                        "release: started");

        story.finished("release", 3, "no\nspace").at(90);
        Timeline.Track release = release(story, false);
        assertThat(release.spans())
                .last()
                .extracting(TimelineReleaseTest::lasting)
                .isEqualTo(tuple(
                        Timeline.SpanKind.WORK,
                        false,
                        "release 1 min 0 s",
                        "2026-08-01 10:00:01 UTC: release: failed (3) after 1 min 0 s: no space"));
        assertThat(release.marks())
                .last()
                .isEqualTo(new Timeline.Mark(
                        Timeline.MarkKind.FAIL,
                        RecordedHistory.START.plusSeconds(61),
                        "failed",
                        "2026-08-01 10:01:01 UTC: release: failed (3) after 1 min 0 s: no space"));
        assertThat(rows(story, false)).last().isEqualTo("release: failed (3) after 1 min 0 s: no space");
        assertThat(of(story, false).end()).isEqualTo(RecordedHistory.START.plusSeconds(61));
    }

    @Test
    void shouldLabelACommandThatSucceededAsDone() {
        assertThat(release(agreed().started("release").finished("release", 0, null), false)
                        .marks())
                .last()
                .extracting(Timeline.Mark::kind, Timeline.Mark::label)
                .containsExactly(Timeline.MarkKind.SUCCESS, "done");
    }

    /** A build writes its rollback down, and of its own work nothing. */
    @Test
    void shouldShowTheWorkOfABuildBesideItsRollback() {
        RecordedHistory story = agreed().at(61).fire("before_release_complete", Asked.open("gate"));
        story.at(62).verdict(Outcome.ROLLBACK, Action.ROLLBACK, "gate", "red").started("rollback");
        story.at(70).finished("rollback", 0, null);

        assertThat(release(story, false).spans())
                .extracting(TimelineReleaseTest::lasting)
                .contains(
                        tuple(
                                Timeline.SpanKind.WORK,
                                false,
                                "release 1 min 0 s",
                                "2026-08-01 10:00:01 UTC: release at work for 1 min 0 s, from the one event to"
                                        + " the other"),
                        tuple(
                                Timeline.SpanKind.ROLLBACK,
                                false,
                                "rollback 8.0 s",
                                "2026-08-01 10:01:02 UTC: rollback: done after 8.0 s"));
    }

    @Test
    void shouldTakeAReleaseThatGoesOnAsUnstableForOneAtWorkAndNoOther() {
        for (Action action : Action.values()) {
            RecordedHistory story = new RecordedHistory()
                    .fire("before_release", Asked.open("gate"))
                    .verdict(Outcome.FAIL, action, "gate", "slow")
                    .at(9);
            boolean goesOn = action == Action.CONTINUE || action == Action.UNSTABLE;

            assertThat(release(story, true).spans())
                    .filteredOn(span -> span.kind() == Timeline.SpanKind.WORK)
                    .as(action.name())
                    .hasSize(goesOn ? 1 : 0);
        }
    }

    @Test
    void shouldSayNothingOfTheStartOfAStepThatIsLost() {
        assertThat(rows(new RecordedHistory().at(5).finished("rollback", 1, "its start is lost"), false))
                .containsExactly("rollback: failed (1) after 0 ms: its start is lost");
    }

    @Test
    void shouldSayWhenItWasDecidedThatTheReleaseFails() {
        RecordedHistory story = RecordedHistory.waiting();
        story.facts.add(
                new Fact.Failing(story.now(), "before_release", "change-board", "no ticket", List.of("release-gate")));

        assertThat(of(story, true).rows())
                .extracting(Timeline.Row::since, Timeline.Row::lane, Timeline.Row::text)
                .contains(tuple(
                        "+3 min 25 s",
                        "Release",
                        "before_release: the release will fail, decided by change-board: no ticket; still waits for"
                                + " release-gate, as a rollback may be asked for until then"));
    }

    @Test
    void shouldSayOfAnEventThatNobodyHeardOfThatNobodyListened() {
        assertThat(rows(new RecordedHistory().fire("deployed"), true))
                .containsExactly("deployed: fired, no webhook listens");
    }
}

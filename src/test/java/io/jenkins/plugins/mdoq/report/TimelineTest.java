package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.report.RecordedHistory.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant START = RecordedHistory.START;

    private static Timeline of(RecordedHistory story, boolean running) {
        return Timeline.of(story.history(), story.now(), running);
    }

    private static Timeline.Track track(Timeline timeline, int lane) {
        assertThat(timeline.lanes().get(lane).tracks()).hasSize(1);
        return timeline.lanes().get(lane).tracks().get(0);
    }

    @Test
    void shouldGiveTheReleaseAndEachWebhookALane() {
        assertThat(of(RecordedHistory.rolledBack(), false).lanes())
                .extracting(Timeline.Lane::name, Timeline.Lane::state)
                .containsExactly(
                        tuple("Release", "rolled back"),
                        tuple("release-gate", "rollback"),
                        tuple("chat", "success"),
                        tuple("change-board", "success"));
    }

    @Test
    void shouldShowTheReleasesOwnWorkItsVerdictsAndItsRollback() {
        Timeline.Track release = track(of(RecordedHistory.rolledBack(), false), 0);

        assertThat(release.spans())
                .extracting(Timeline.Span::kind, Timeline.Span::label)
                .containsExactly(
                        tuple(Timeline.SpanKind.GATE, ""),
                        tuple(Timeline.SpanKind.WORK, "release 2 min 9 s"),
                        tuple(Timeline.SpanKind.GATE, ""),
                        tuple(Timeline.SpanKind.ROLLBACK, "rollback 1 min 2 s"));
        assertThat(release.marks())
                .extracting(Timeline.Mark::kind)
                .containsExactly(
                        Timeline.MarkKind.SUCCESS,
                        Timeline.MarkKind.SUCCESS,
                        Timeline.MarkKind.ROLLBACK,
                        Timeline.MarkKind.SUCCESS);
    }

    /** A build writes down no step: its work is what lies between the two events. */
    @Test
    void shouldTakeTheTimeBetweenTheEventsForTheWorkOfABuild() {
        assertThat(track(of(RecordedHistory.longWait(), false), 0).spans())
                .filteredOn(span -> span.kind() == Timeline.SpanKind.WORK)
                .singleElement()
                .satisfies(span -> {
                    assertThat(span.label()).isEqualTo("release 4 min 0 s");
                    assertThat(span.open()).isFalse();
                });
        RecordedHistory story =
                new RecordedHistory().fire("before_release").at(1).goesOn().at(61);
        assertThat(track(of(story, true), 0).spans())
                .last()
                .isEqualTo(new Timeline.Span(
                        Timeline.SpanKind.WORK,
                        START.plusSeconds(1),
                        START.plusSeconds(61),
                        true,
                        "release 1 min 0 s",
                        "2026-08-01 10:00:01 UTC: release at work for 1 min 0 s so far"));
        assertThat(track(of(story, false), 0).spans())
                .extracting(Timeline.Span::kind)
                .containsExactly(Timeline.SpanKind.GATE);
    }

    @Test
    void shouldShowAttemptsRetriesAndTheLock() {
        Timeline timeline = of(RecordedHistory.rolledBack(), false);

        assertThat(track(timeline, 2).spans())
                .extracting(Timeline.Span::kind, span -> Duration.between(span.from(), span.to()))
                .containsExactly(
                        tuple(Timeline.SpanKind.FAILED, Duration.ofMillis(2_010)),
                        tuple(Timeline.SpanKind.PAUSE, Duration.ofMillis(11_990)),
                        tuple(Timeline.SpanKind.ANSWERED, Duration.ofMillis(240)),
                        tuple(Timeline.SpanKind.ANSWERED, Duration.ofMillis(300)));
        assertThat(track(timeline, 1).spans())
                .filteredOn(span -> span.kind() == Timeline.SpanKind.LOCK)
                .extracting(Timeline.Span::label)
                .containsExactly("held 2 min 10 s", "held 1 min 11 s");
        assertThat(track(timeline, 1).marks())
                .extracting(Timeline.Mark::kind)
                .containsExactly(
                        Timeline.MarkKind.PROGRESS,
                        Timeline.MarkKind.PROGRESS,
                        Timeline.MarkKind.PROGRESS,
                        Timeline.MarkKind.SUCCESS,
                        Timeline.MarkKind.PROGRESS,
                        Timeline.MarkKind.PROGRESS,
                        Timeline.MarkKind.ROLLBACK,
                        Timeline.MarkKind.NOTICE);
    }

    @Test
    void shouldShowUntilWhenAWaitMayLast() {
        Timeline timeline = of(RecordedHistory.waiting(), true);

        assertThat(timeline.end()).isEqualTo(START.plusSeconds(205));
        assertThat(track(timeline, 1).marks())
                .filteredOn(mark -> mark.kind() == Timeline.MarkKind.DEADLINE)
                .extracting(Timeline.Mark::label, Timeline.Mark::at)
                .containsExactly(
                        tuple("deadline", START.plusSeconds(1_800)), tuple("sign due", START.plusSeconds(720)));
        assertThat(track(timeline, 2).marks())
                .extracting(Timeline.Mark::label, Timeline.Mark::at)
                .containsExactly(tuple("next try", START.plusSeconds(300)));
        assertThat(timeline.lanes())
                .extracting(Timeline.Lane::state)
                .containsExactly("waiting", "waiting for 3 min 25 s", "sending", "success");
    }

    @Test
    void shouldWaitForNothingOnceTheProcessIsOver() {
        Timeline timeline = of(RecordedHistory.waiting(), false);

        assertThat(timeline.end()).isEqualTo(START.plusSeconds(120));
        assertThat(timeline.lanes())
                .extracting(Timeline.Lane::state)
                .containsExactly("ended without a verdict", "no longer waited for", "no longer waited for", "success");
        assertThat(timeline.lanes())
                .flatExtracting(Timeline.Lane::tracks)
                .flatExtracting(Timeline.Track::marks)
                .extracting(Timeline.Mark::kind)
                .doesNotContain(Timeline.MarkKind.DEADLINE);
    }

    @Test
    void shouldShowExpiryCancellationAndNotices() {
        Timeline timeline = of(RecordedHistory.stopped(), false);

        assertThat(track(timeline, 2).marks())
                .extracting(Timeline.Mark::kind)
                .containsExactly(Timeline.MarkKind.CANCELLED, Timeline.MarkKind.NOTICE);
        assertThat(track(timeline, 3).marks())
                .extracting(Timeline.Mark::kind)
                .containsExactly(Timeline.MarkKind.EXPIRED);
    }

    /** Crashes lose the ends of attempts, damage loses their beginnings. */
    @Test
    void shouldShowAttemptsOfWhichOnePartIsLost() {
        RecordedHistory story = new RecordedHistory().fire("before_release", Asked.open("gate"));
        story.at(1).attempt("gate", 1).at(9).attempt("gate", 2);
        story.at(20).answered("gate", 3, 4_000, Result.SUCCESS, "{}");

        assertThat(track(of(story, false), 1).spans())
                .extracting(Timeline.Span::kind, Timeline.Span::from, Timeline.Span::to)
                .containsExactly(
                        tuple(Timeline.SpanKind.UNANSWERED, START.plusSeconds(1), START.plusSeconds(9)),
                        tuple(Timeline.SpanKind.ANSWERED, START.plusSeconds(16), START.plusSeconds(20)));
    }

    @Test
    void shouldNotTurnAroundWhenTheClockIsSetBack() {
        RecordedHistory story = new RecordedHistory().at(100).fire("before_release", Asked.blocking("gate"));
        story.attempt("gate", 1).at(50).answered("gate", 1, 10, Result.SUCCESS, "{}");
        story.at(40).released("gate", "{}").goesOn();

        Timeline timeline = of(story, false);
        assertThat(timeline.begin()).isEqualTo(START.plusSeconds(40));
        assertThat(timeline.end()).isEqualTo(START.plusSeconds(100));
        assertThat(timeline.lanes())
                .flatExtracting(Timeline.Lane::tracks)
                .flatExtracting(Timeline.Track::spans)
                .allSatisfy(span -> assertThat(span.to()).isAfterOrEqualTo(span.from()));
    }

    @Test
    void shouldPutOverlappingDeliveriesOfAWebhookBesideEachOther() {
        RecordedHistory story = new RecordedHistory();
        story.fire("deployed", Asked.blocking("gate")).at(10).fire("tested", Asked.blocking("gate"));
        story.at(20);

        assertThat(of(story, true).lanes().get(1).tracks()).hasSize(2);
    }

    @Test
    void shouldShowAnEmptyHistory() {
        Timeline timeline = Timeline.of(new History(), START, true);

        assertThat(timeline.lanes()).extracting(Timeline.Lane::name).containsExactly("Release");
        assertThat(timeline.rows()).isEmpty();
        assertThat(timeline.begin()).isEqualTo(timeline.end()).isEqualTo(START);
    }

    @Test
    void shouldSayAllOfItInTheTableInTheOrderOfTime() {
        List<Timeline.Row> rows = of(RecordedHistory.rolledBack(), false).rows();

        assertThat(rows).extracting(Timeline.Row::at).isSorted();
        assertThat(rows)
                .extracting(Timeline.Row::since, Timeline.Row::lane, Timeline.Row::text)
                .contains(
                        tuple("0", "Release", "before_release: fired"),
                        tuple("+132 ms", "release-gate", "attempt 1 answered 200 in 132 ms: success"),
                        tuple(
                                "+2.0 s",
                                "chat",
                                "attempt 1 of 3 failed after 2.0 s: the connection was refused; next in 12.0 s"),
                        tuple("+1 min 10 s", "release-gate", "progress: regression tests: 128 of 256 passed"),
                        tuple(
                                "+6 min 32 s",
                                "release-gate",
                                "lock released by endpoint at 192.0.2.7 after 1 min 11 s: fail, rollback_release |"
                                        + " checkout test is red"),
                        tuple(
                                "+6 min 32 s",
                                "Release",
                                "before_release_complete: the release is cancelled, a rollback is asked for, decided by release-gate:"
                                        + " checkout test is red"),
                        tuple("+7 min 35 s", "Release", "rollback: done after 1 min 2 s"),
                        tuple("+7 min 36 s", "Release", "release_ended: fired"),
                        tuple("+7 min 36 s", "release-gate", "attempt 1 answered 200 in 0 ms: success"));
        assertThat(of(RecordedHistory.longWait(), false).rows())
                .hasSizeLessThan(20)
                .extracting(Timeline.Row::text)
                .contains("1000 progress notes since 2026-08-01 10:03:20 UTC, the last one: note 1000");
    }

    @Test
    void shouldBoundEachText() {
        Timeline timeline = of(RecordedHistory.hostile(), false);

        assertThat(timeline.rows()).allSatisfy(row -> assertThat(row.text()).hasSizeLessThan(400));
        assertThat(timeline.lanes()).allSatisfy(lane -> assertThat(lane.name()).hasSizeLessThan(80));
    }

    @Test
    void shouldShowWhatWasSentAgainWithoutWhatIsNoAnswer() {
        Facts facts = new Facts();
        String chat = Facts.delivery("chat");
        List<Fact> all = List.of(
                Facts.fired(Facts.plan("chat", false)),
                facts.attempt("chat", 1),
                facts.answer("chat", Result.SUCCESS, "{}"),
                facts.verdict(Outcome.SUCCESS, Action.CONTINUE, "success"),
                new Fact.SentAgain(Facts.START.plusSeconds(60), chat, 1, "operator alice"),
                new Fact.RepliedAgain(
                        Facts.START.plusSeconds(62),
                        chat,
                        1,
                        503,
                        2_000,
                        "HTTP status 503",
                        "a body",
                        null,
                        List.of()));

        Timeline timeline = Timeline.of(History.of(all), Facts.START.plusSeconds(600), false);

        Timeline.Track track = track(timeline, 1);
        assertThat(track.marks()).extracting(Timeline.Mark::kind).contains(Timeline.MarkKind.NOTICE);
        assertThat(track.spans()).last().satisfies(span -> {
            assertThat(span.kind()).isEqualTo(Timeline.SpanKind.FAILED);
            assertThat(span.from()).isEqualTo(Facts.START.plusSeconds(60));
            assertThat(span.to()).isEqualTo(Facts.START.plusSeconds(62));
        });
        assertThat(timeline.rows())
                .extracting(Timeline.Row::text)
                .contains("sent again by operator alice", "sent again: failed after 2.0 s: HTTP status 503");
        assertThat(timeline.toString()).doesNotContain("a body");
    }
}

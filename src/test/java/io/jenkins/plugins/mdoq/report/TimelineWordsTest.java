package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.report.RecordedHistory.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All that a timeline says of a lane, word by word. */
class TimelineWordsTest {

    private static Timeline of(RecordedHistory story, boolean running) {
        return Timeline.of(story.history(), story.now(), running);
    }

    private static String seconds(Timeline timeline, Instant at) {
        return String.valueOf(Duration.between(timeline.begin(), at).toMillis() / 1_000.0);
    }

    /** What lasts, from when to when, its label and its text without the time that it begins with; then the marks. */
    private static List<String> said(Timeline timeline, int lane) {
        assertThat(timeline.lanes().get(lane).tracks()).hasSize(1);
        Timeline.Track track = timeline.lanes().get(lane).tracks().get(0);
        List<String> said = new ArrayList<>();
        track.spans()
                .forEach(span -> said.add(span.kind() + (span.open() ? ", open, " : " ")
                        + seconds(timeline, span.from()) + " to " + seconds(timeline, span.to()) + " [" + span.label()
                        + "] " + span.text().replaceFirst("^[-0-9]+ [:0-9]+ UTC: ", "")));
        track.marks()
                .forEach(mark -> said.add(mark.kind() + " at " + seconds(timeline, mark.at()) + " [" + mark.label()
                        + "] " + mark.text().replaceFirst("^[-0-9]+ [:0-9]+ UTC: ", "")));
        return said;
    }

    private static List<String> rows(Timeline timeline) {
        return timeline.rows().stream()
                .map(row -> row.since() + " " + row.lane() + ": " + row.text())
                .toList();
    }

    @Test
    void shouldSayWhatIsWaitedForWhileItIs() {
        Timeline timeline = of(RecordedHistory.waiting(), true);

        assertThat(said(timeline, 0))
                .containsExactly("GATE, open, 0.0 to 205.0 [] before_release: waits for a verdict since 2026-08-01"
                        + " 10:00:00 UTC");
        assertThat(said(timeline, 1))
                .containsExactly(
                        "LOCK, open, 0.0 to 205.0 [waiting 3 min 25 s] lock held 3 min 25 s so far",
                        "ANSWERED 0.0 to 0.132 [] attempt 1 answered 200 in 132 ms: success",
                        "DEADLINE at 1800.0 [deadline] the lock expires if it is still held",
                        "DEADLINE at 720.0 [sign due] the lock expires unless the endpoint gives a sign before",
                        "PROGRESS at 40.0 [] regression tests: 64 of 256 passed",
                        "PROGRESS at 120.0 [] regression tests: 128 of 256 passed");
        assertThat(said(timeline, 2))
                .containsExactly(
                        "FAILED 0.0 to 60.0 [] attempt 1 of 3 failed after 1 min 0 s: no answer within 60 s; next in 4"
                                + " min 0 s",
                        "PAUSE, open, 60.0 to 205.0 [] waits 4 min 0 s to try again",
                        "DEADLINE at 300.0 [next try] attempt 2 is due");
        assertThat(rows(timeline))
                .containsExactly(
                        "0 Release: before_release: fired",
                        "+132 ms release-gate: attempt 1 answered 200 in 132 ms: success",
                        "+1.0 s change-board: attempt 1 answered 200 in 1.0 s: success",
                        "+40.0 s release-gate: progress: regression tests: 64 of 256 passed",
                        "+1 min chat: attempt 1 of 3 failed after 1 min 0 s: no answer within 60 s; next in 4 min 0 s",
                        "+1 min 30 s change-board: lock released by endpoint at 192.0.2.7 after 1 min 30 s: success",
                        "+2 min release-gate: progress: regression tests: 128 of 256 passed",
                        "+5 min chat: attempt 2 is due",
                        "+12 min release-gate: deadline: the lock expires unless the endpoint gives a sign before",
                        "+30 min release-gate: deadline: the lock expires if it is still held");
    }

    @Test
    void shouldSayThatNothingIsWaitedForOnceTheProcessIsOver() {
        Timeline timeline = of(RecordedHistory.waiting(), false);

        assertThat(said(timeline, 0))
                .containsExactly("GATE, open, 0.0 to 120.0 [] before_release: ended without a verdict");
        assertThat(said(timeline, 1))
                .startsWith("LOCK, open, 0.0 to 120.0 [held 2 min 0 s] lock held, and no longer waited for");
        assertThat(said(timeline, 2)).last().isEqualTo("PAUSE, open, 60.0 to 60.0 [] waits 4 min 0 s to try again");
    }

    @Test
    void shouldSayWhatEndedEachLock() {
        Timeline timeline = of(RecordedHistory.stopped(), false);

        assertThat(said(timeline, 1))
                .containsExactly(
                        "LOCK 0.0 to 95.0 [held 1 min 35 s] lock held 1 min 35 s",
                        "ANSWERED 0.0 to 1.0 [] attempt 1 answered 200 in 1.0 s: success",
                        "STOP at 95.0 [stop] lock released by endpoint at 192.0.2.7 after 1 min 35 s: fail, stop_release"
                                + " | release freeze until Monday");
        assertThat(said(timeline, 2))
                .containsExactly(
                        "LOCK 0.0 to 95.0 [held 1 min 35 s] lock held 1 min 35 s",
                        "ANSWERED 0.0 to 2.0 [] attempt 1 answered 200 in 2.0 s: success",
                        "ANSWERED 96.0 to 96.0 [] attempt 1 answered 200 in 0 ms: success",
                        "CANCELLED at 95.0 [given up] lock given up: the release was stopped",
                        "NOTICE at 96.0 [] attempt 1 answered 200 in 0 ms: success");
        assertThat(said(timeline, 3))
                .last()
                .isEqualTo("EXPIRED at 60.0 [expired] lock expired after 1 min 0 s: the lock was not released in time");
    }

    @Test
    void shouldSayWhatAnswersAndFailuresDecided() {
        RecordedHistory story = new RecordedHistory()
                .fire("before_release", Asked.blocking("judge"), Asked.open("down"), Asked.open("ok"));
        story.at(1).attempt("judge", 1).attempt("down", 1).attempt("ok", 1);
        story.at(3)
                .failed("down", 1, 1_500, "refused", Duration.ofSeconds(5))
                .at(8)
                .attempt("down", 2);
        story.at(9).failed("down", 2, 1_000, "refused", null).at(10).answered("ok", 1, 9_000, Result.SUCCESS, "{}");
        story.at(12).answered("judge", 1, 9_000, Result.FAIL, "{'stop_release':true,'message':'no'}");
        story.verdict(Outcome.STOP, Action.STOP, "judge", "no");
        Timeline timeline = of(story, false);

        assertThat(said(timeline, 1))
                .containsExactly(
                        "LOCK 0.0 to 12.0 [held 12.0 s] lock held 12.0 s",
                        "ANSWERED 1.0 to 12.0 [] attempt 1 answered 200 in 9.0 s: fail, stop_release | no",
                        "STOP at 12.0 [stop] attempt 1 answered 200 in 9.0 s: fail, stop_release | no");
        assertThat(said(timeline, 2))
                .containsExactly(
                        "FAILED 1.0 to 3.0 [] attempt 1 of 3 failed after 1.5 s: refused; next in 5.0 s",
                        "PAUSE 3.0 to 8.0 [] waits 5.0 s to try again",
                        "FAILED 8.0 to 9.0 [] attempt 2 of 3 failed after 1.0 s: refused; not tried again",
                        "FAIL at 9.0 [error] attempt 2 of 3 failed after 1.0 s: refused; not tried again");
        assertThat(said(timeline, 3))
                .containsExactly(
                        "ANSWERED 1.0 to 10.0 [] attempt 1 answered 200 in 9.0 s: success",
                        "SUCCESS at 10.0 [success] attempt 1 answered 200 in 9.0 s: success");
    }

    @Test
    void shouldSayOfAnAttemptWithoutAnEndWhetherItIsUnderWay() {
        RecordedHistory story = new RecordedHistory().fire("before_release", Asked.open("gate"), Asked.open("other"));
        story.at(1).attempt("gate", 1).at(30);

        assertThat(said(of(story, true), 1))
                .containsExactly("UNANSWERED, open, 1.0 to 30.0 [] attempt 1 under way for 29.0 s");
        assertThat(rows(of(story, true))).contains("+1.0 s gate: attempt 1 under way for 29.0 s");
        story.answered("other", 1, 1_000, Result.SUCCESS, "{}");
        assertThat(said(of(story, false), 1))
                .containsExactly("UNANSWERED, open, 1.0 to 1.0 [] attempt 1: no answer came");
        story.at(40).goesOn().at(50);
        assertThat(said(of(story, false), 1))
                .containsExactly("UNANSWERED, open, 1.0 to 40.0 [] attempt 1: no answer came");
    }

    @Test
    void shouldEndAPauseWhenTheNextAttemptWasDueThoughNothingIsKnownOfIt() {
        RecordedHistory story = new RecordedHistory().fire("before_release", Asked.open("gate"));
        story.attempt("gate", 1)
                .at(10)
                .failed("gate", 1, 10_000, "refused", Duration.ofSeconds(5))
                .at(60);

        assertThat(said(of(story, true), 1))
                .containsExactly(
                        "FAILED 0.0 to 10.0 [] attempt 1 of 3 failed after 10.0 s: refused; next in 5.0 s",
                        "PAUSE 10.0 to 15.0 [] waits 5.0 s to try again");
    }

    @Test
    void shouldTakeAReleaseWithoutAResultForANotice() {
        RecordedHistory story = new RecordedHistory().fire("before_release", Asked.blocking("gate"));
        story.attempt("gate", 1).at(5).released("gate", "{}").at(6);

        assertThat(said(of(story, true), 1))
                .contains("NOTICE at 5.0 [] lock released by endpoint at 192.0.2.7 after 5.0 s");
    }

    @Test
    void shouldHaveARowForEachNoteUnlessThereAreManyInARow() {
        RecordedHistory story = new RecordedHistory().fire("before_release", Asked.blocking("gate"));
        story.at(1).progress("gate", "a").progress("gate", "b").progress("gate", "c");
        story.at(2).answered("gate", 1, 100, Result.SUCCESS, "{}");
        story.at(3).progress("gate", "d").progress("gate", "e").progress("gate", "f");
        assertThat(rows(of(story, true)))
                .containsExactly(
                        "0 Release: before_release: fired",
                        "+1.0 s gate: progress: a",
                        "+1.0 s gate: progress: b",
                        "+1.0 s gate: progress: c",
                        "+2.0 s gate: attempt 1 answered 200 in 100 ms: success",
                        "+3.0 s gate: progress: d",
                        "+3.0 s gate: progress: e",
                        "+3.0 s gate: progress: f");

        story.progress("gate", "g").progress("gate", "h").at(4).progress("gate", "i");
        assertThat(rows(of(story, true)))
                .last()
                .isEqualTo("+4.0 s gate: 6 progress notes since 2026-08-01 10:00:03 UTC, the last one: i");
    }

    @Test
    void shouldSayWhatEachSendingAgainBrought() {
        String chat = Facts.delivery("chat");
        Instant start = Facts.START;
        History history = History.of(List.of(
                Facts.fired(Facts.plan("chat", false)),
                new Fact.Answered(start, chat, 1, 200, 0, Result.SUCCESS, Facts.json("{}"), List.of()),
                new Fact.SentAgain(start.plusSeconds(60), chat, 1, "operator ada"),
                new Fact.RepliedAgain(start.plusSeconds(62), chat, 1, 503, 2_000, "busy", null, null, List.of()),
                new Fact.SentAgain(start.plusSeconds(100), chat, 2, "operator ada"),
                new Fact.RepliedAgain(
                        start.plusSeconds(101),
                        chat,
                        2,
                        200,
                        1_000,
                        null,
                        null,
                        Facts.json("{'message':'seen'}"),
                        List.of())));

        assertThat(said(Timeline.of(history, start.plusSeconds(200), false), 1))
                .contains(
                        "FAILED 60.0 to 62.0 [] sent again: failed after 2.0 s: busy",
                        "ANSWERED 100.0 to 101.0 [] sent again: answered 200 in 1.0 s: seen");
    }
}

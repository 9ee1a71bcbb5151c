package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.report.RecordedHistory.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** What the pictures of a timeline say, and that all of it can be read. */
class TimelinePictureTest {

    private static final Offset<Double> ROUNDED = Offset.offset(0.11);

    private static Timeline timeline(RecordedHistory story, boolean running) {
        return Timeline.of(story.history(), story.now(), running);
    }

    private static Picture wide(RecordedHistory story, boolean running) {
        return Picture.wide(timeline(story, running));
    }

    @Test
    void shouldNameEventsTimesLanesWhatLastsWhatWasDecidedAndWhatTheShapesMean() {
        assertThat(wide(RecordedHistory.rolledBack(), false).words())
                .containsExactly(
                        "before_release",
                        "before_release_complete",
                        "0",
                        "+1 min",
                        "+2 min",
                        "+3 min",
                        "+4 min",
                        "+5 min",
                        "+6 min",
                        "+7 min",
                        "Release",
                        "rolled back",
                        "release 2 min 9 s",
                        "rollback",
                        "release-gate",
                        "rollback",
                        "held 2 min 10 s",
                        "held 1 min 11 s",
                        "rollback",
                        "chat",
                        "success",
                        "change-board",
                        "success",
                        "held 3 min 10 s",
                        "waits for a verdict",
                        "release at work",
                        "rollback",
                        "lock held",
                        "waits to try again",
                        "attempt, answered",
                        "attempt, failed",
                        "progress note",
                        "notice to the endpoint",
                        "success",
                        "rollback asked for");
        assertThat(wide(RecordedHistory.stopped(), false).words())
                .containsSubsequence(
                        "Release", "stopped", "stop", "gate", "stop", "held 1 min 35 s", "board", "cancelled")
                .containsSubsequence("late", "fail", "held 1 min 0 s", "expired")
                .endsWith(
                        "waits for a verdict",
                        "lock held",
                        "attempt, answered",
                        "notice to the endpoint",
                        "stop",
                        "lock expired",
                        "given up");
    }

    @Test
    void shouldNameAsMuchAsThereIsSpaceForOnANarrowScreen() {
        assertThat(Picture.narrow(timeline(RecordedHistory.rolledBack(), false)).words())
                .startsWith(
                        "before_release",
                        "before_release_complete",
                        "0",
                        "+2 min",
                        "+4 min",
                        "+6 min",
                        "Release",
                        "rolled back",
                        "release-gate",
                        "rollback",
                        "chat",
                        "success",
                        "change-board",
                        "success",
                        "held 3 min 10 s");
    }

    @Test
    void shouldShowWhereNowIsAndWhatIsStillToCome() {
        RecordedHistory story = RecordedHistory.waiting();
        assertThat(wide(story, true).words())
                .containsSubsequence("before_release", "next 26 min 35 s", "now", "0", "+30 s", "+3 min", "Release")
                .containsSubsequence("release-gate", "waiting for 3 min 25 s", "waiting 3 min 25 s", "sign due")
                .containsSubsequence("chat", "sending", "next try", "change-board", "success", "held 1 min 30 s");
        assertThat(wide(story, false).words()).doesNotContain("now", "sign due", "next try");

        RecordedHistory beginning = new RecordedHistory().fire("before_release", Asked.open("gate"));
        beginning.attempt("gate", 1).at(1).answered("gate", 1, 1_000, Result.SUCCESS, "{}");
        for (Picture picture : Picture.both(timeline(beginning, true))) {
            assertThat(picture.words()).contains("now");
        }
    }

    @Test
    void shouldTearWhatLastsLongerThanTheAxisShows() {
        Picture wide = wide(RecordedHistory.longWait(), false);

        assertThat(wide.words()).contains("3 d 3 h", "+3 d 4 h 2 min");
        assertThat(wide.groups("axis broken: 3 d 3 h in which nothing else happened"))
                .hasSize(1);
        // The release's wait and the lock, each with one piece taken out and an edge on either side of it.
        assertThat(wide.tears()).hasSize(6);
        assertThat(wide(RecordedHistory.rolledBack(), false).tears()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.mdoq.report.TimelineSvgTest#histories")
    void shouldWriteNoTextOverAnotherOrBeyondThePicture(RecordedHistory story) {
        for (boolean running : new boolean[] {true, false}) {
            for (Picture picture : Picture.both(timeline(story, running))) {
                List<Bounds> texts = picture.texts();
                for (Bounds text : texts) {
                    assertThat(picture.bounds().holds(text)).as(text.text()).isTrue();
                    assertThat(texts).filteredOn(other -> other != text).noneMatch(other -> other.covers(text));
                }
            }
        }
    }

    /** The axis of this history has no break. */
    @Test
    void shouldDrawWhatLastsAsLongAsItLasted() {
        Timeline timeline = timeline(RecordedHistory.rolledBack(), false);
        double[] left = {180, 10};
        double[] right = {984, 370};
        for (int i = 0; i < 2; i++) {
            Picture picture = Picture.both(timeline).get(i);
            double scale = (right[i] - left[i]) / 456;
            List<Timeline.Span> boxes = spans(timeline).stream()
                    .filter(span -> span.kind() == Timeline.SpanKind.LOCK
                            || span.kind() == Timeline.SpanKind.WORK
                            || span.kind() == Timeline.SpanKind.ROLLBACK)
                    .toList();
            assertThat(boxes).hasSize(5);
            for (Timeline.Span span : boxes) {
                Bounds box = picture.shape(span.text());
                assertThat(box.left()).isEqualTo(left[i] + scale * seconds(timeline.begin(), span.from()), ROUNDED);
                assertThat(box.width()).isEqualTo(scale * seconds(span.from(), span.to()), ROUNDED);
            }
        }
    }

    @Test
    void shouldDrawWhatHappenedAtItsTime() {
        Timeline timeline = timeline(RecordedHistory.rolledBack(), false);
        Picture picture = Picture.wide(timeline);
        for (Timeline.Lane lane : timeline.lanes()) {
            for (Timeline.Mark mark : lane.tracks().get(0).marks()) {
                double at = 180 + 804 * seconds(timeline.begin(), mark.at()) / 456;
                assertThat(picture.shape(mark.text()).middle()).as(mark.text()).isEqualTo(at, ROUNDED);
            }
        }
    }

    @Test
    void shouldMoveMarksApartThatWouldCoverEachOtherAndKeepThemInThePicture() {
        RecordedHistory story = new RecordedHistory().fire("before_release", Asked.open("gate"));
        story.at(100).goesOn().started("release").at(100, 500).finished("release", 3, null);
        story.fire("deployed").at(101).verdict(Outcome.STOP, Action.STOP, "gate", "red");
        Timeline timeline = timeline(story, false);
        for (Picture picture : Picture.both(timeline)) {
            List<Bounds> marks = timeline.lanes().get(0).tracks().get(0).marks().stream()
                    .map(mark -> picture.shape(mark.text()))
                    .toList();
            assertThat(marks).hasSize(3);
            for (int i = 1; i < marks.size(); i++) {
                assertThat(marks.get(i).middle() - marks.get(i - 1).middle()).isGreaterThanOrEqualTo(14.9);
            }
            assertThat(picture.bounds().holds(marks.get(2))).isTrue();
        }
    }

    @Test
    void shouldDrawWhatIsNotOverWithABrokenLineAndAFailedAttemptWithACross() {
        Timeline timeline = timeline(RecordedHistory.waiting(), true);
        for (Picture picture : Picture.both(timeline)) {
            for (Timeline.Span span : spans(timeline)) {
                if (span.kind() != Timeline.SpanKind.LOCK && span.kind() != Timeline.SpanKind.FAILED) {
                    continue;
                }
                Element group = picture.group(span.text());
                Element rect = Xml.elements(group, "rect").get(0);
                assertThat(!rect.getAttribute("stroke-dasharray").isEmpty()).isEqualTo(span.open());
                assertThat(Xml.elements(group, "path")).hasSize(span.kind() == Timeline.SpanKind.FAILED ? 1 : 0);
            }
        }
    }

    private static List<Timeline.Span> spans(Timeline timeline) {
        List<Timeline.Span> spans = new ArrayList<>();
        timeline.lanes().forEach(lane -> lane.tracks().forEach(track -> spans.addAll(track.spans())));
        return spans;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1_000.0;
    }
}

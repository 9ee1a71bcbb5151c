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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** What the pictures of a timeline say, and that all of it can be read. */
class TimelinePictureTest {

    private static final Pattern PLACE = Pattern.compile("translate\\((\\S+) (\\S+)\\)");
    private static final Offset<Double> ROUNDED = Offset.offset(0.11);

    /** Where a text stands. */
    private record Box(String text, double from, double to, double y, double size) {
        boolean covers(Box other) {
            return Math.abs(y - other.y) < Math.min(size, other.size) && from < other.to - 0.5 && other.from < to - 0.5;
        }
    }

    private static Timeline timeline(RecordedHistory story, boolean running) {
        return Timeline.of(story.history(), story.now(), running);
    }

    /** The wide picture, then the narrow one. */
    private static List<Element> pictures(Timeline timeline) {
        List<Element> pictures = Xml.elements(Xml.parse(TimelineSvg.draw(timeline, "t")), "svg");
        assertThat(pictures).hasSize(2);
        return pictures;
    }

    private static Element wide(RecordedHistory story, boolean running) {
        return pictures(timeline(story, running)).get(0);
    }

    private static Element narrow(RecordedHistory story, boolean running) {
        return pictures(timeline(story, running)).get(1);
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static double width(Element picture) {
        return Double.parseDouble(picture.getAttribute("viewBox").split(" ")[2]);
    }

    private static double height(Element picture) {
        return Double.parseDouble(picture.getAttribute("viewBox").split(" ")[3]);
    }

    private static Box box(Element text) {
        double size = number(text, "font-size");
        double length = TextWidth.of(text.getTextContent(), size);
        double before =
                switch (text.getAttribute("text-anchor")) {
                    case "middle" -> length / 2;
                    case "end" -> length;
                    default -> 0;
                };
        double from = number(text, "x") - before;
        return new Box(text.getTextContent(), from, from + length, number(text, "y"), size);
    }

    /** The group whose title says something; the last one, as a picture's lanes come behind what is behind them. */
    private static Element group(Element picture, String title) {
        List<Element> groups = Xml.elements(picture, "g").stream()
                .filter(group -> Xml.texts(group, "title").equals(List.of(title)))
                .toList();
        assertThat(groups).as(title).isNotEmpty();
        return groups.get(groups.size() - 1);
    }

    private static double place(Element group) {
        Element shape = Xml.elements(group, "g").get(0);
        Matcher place = PLACE.matcher(shape.getAttribute("transform"));
        assertThat(place.matches()).isTrue();
        return Double.parseDouble(place.group(1));
    }

    @Test
    void shouldNameEventsTimesLanesWhatLastsWhatWasDecidedAndWhatTheShapesMean() {
        assertThat(Xml.texts(wide(RecordedHistory.rolledBack(), false), "text"))
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
        assertThat(Xml.texts(wide(RecordedHistory.stopped(), false), "text"))
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
        assertThat(Xml.texts(narrow(RecordedHistory.rolledBack(), false), "text"))
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
        assertThat(Xml.texts(wide(story, true), "text"))
                .containsSubsequence("before_release", "next 26 min 35 s", "now", "0", "+30 s", "+3 min", "Release")
                .containsSubsequence("release-gate", "waiting for 3 min 25 s", "waiting 3 min 25 s", "sign due")
                .containsSubsequence("chat", "sending", "next try", "change-board", "success", "held 1 min 30 s");
        assertThat(Xml.texts(wide(story, false), "text")).doesNotContain("now", "sign due", "next try");

        RecordedHistory beginning = new RecordedHistory().fire("before_release", Asked.open("gate"));
        beginning.attempt("gate", 1).at(1).answered("gate", 1, 1_000, Result.SUCCESS, "{}");
        for (Element picture : pictures(timeline(beginning, true))) {
            assertThat(Xml.texts(picture, "text")).contains("now");
        }
    }

    @Test
    void shouldTearWhatLastsLongerThanTheAxisShows() {
        Element wide = wide(RecordedHistory.longWait(), false);

        assertThat(Xml.texts(wide, "text")).contains("3 d 3 h", "+3 d 4 h 2 min");
        assertThat(Xml.texts(wide, "title")).contains("axis broken: 3 d 3 h in which nothing else happened");
        // The release's wait and the lock, each with one piece taken out and an edge on either side of it.
        assertThat(Xml.elements(wide, "path"))
                .filteredOn(path -> path.getAttribute("d").contains("l4 5.7-8 5.7 8 5.7"))
                .hasSize(6);
        assertThat(Xml.elements(wide(RecordedHistory.rolledBack(), false), "path"))
                .noneMatch(path -> path.getAttribute("d").contains("l4 5.7-8 5.7 8 5.7"));
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.mdoq.report.TimelineSvgTest#histories")
    void shouldWriteNoTextOverAnotherOrBeyondThePicture(RecordedHistory story) {
        for (boolean running : new boolean[] {true, false}) {
            for (Element picture : pictures(timeline(story, running))) {
                List<Box> boxes = Xml.elements(picture, "text").stream()
                        .map(TimelinePictureTest::box)
                        .toList();
                for (Box box : boxes) {
                    assertThat(box.from()).as(box.text()).isGreaterThanOrEqualTo(-1);
                    assertThat(box.to()).as(box.text()).isLessThanOrEqualTo(width(picture) + 1);
                    assertThat(box.y()).as(box.text()).isBetween(box.size(), height(picture) - 4);
                    assertThat(boxes).filteredOn(other -> other != box).noneMatch(other -> other.covers(box));
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
            Element picture = pictures(timeline).get(i);
            double scale = (right[i] - left[i]) / 456;
            List<Timeline.Span> boxes = spans(timeline).stream()
                    .filter(span -> span.kind() == Timeline.SpanKind.LOCK
                            || span.kind() == Timeline.SpanKind.WORK
                            || span.kind() == Timeline.SpanKind.ROLLBACK)
                    .toList();
            assertThat(boxes).hasSize(5);
            for (Timeline.Span span : boxes) {
                Element rect = Xml.elements(group(picture, span.text()), "rect").get(0);
                assertThat(number(rect, "x"))
                        .isEqualTo(left[i] + scale * seconds(timeline.begin(), span.from()), ROUNDED);
                assertThat(number(rect, "width")).isEqualTo(scale * seconds(span.from(), span.to()), ROUNDED);
            }
        }
    }

    @Test
    void shouldDrawWhatHappenedAtItsTime() {
        Timeline timeline = timeline(RecordedHistory.rolledBack(), false);
        Element picture = pictures(timeline).get(0);
        for (Timeline.Lane lane : timeline.lanes()) {
            for (Timeline.Mark mark : lane.tracks().get(0).marks()) {
                double at = 180 + 804 * seconds(timeline.begin(), mark.at()) / 456;
                assertThat(place(group(picture, mark.text()))).as(mark.text()).isEqualTo(at, ROUNDED);
            }
        }
    }

    @Test
    void shouldMoveMarksApartThatWouldCoverEachOtherAndKeepThemInThePicture() {
        RecordedHistory story = new RecordedHistory().fire("before_release", Asked.open("gate"));
        story.at(100).goesOn().started("release").at(100, 500).finished("release", 3, null);
        story.fire("deployed").at(101).verdict(Outcome.STOP, Action.STOP, "gate", "red");
        for (Element picture : pictures(timeline(story, false))) {
            List<Double> places = Xml.elements(picture, "g").stream()
                    .filter(group -> !Xml.elements(group, "g").isEmpty())
                    .filter(group -> Xml.texts(group, "title").size() == 1)
                    .map(TimelinePictureTest::place)
                    .sorted()
                    .toList();
            assertThat(places).hasSize(3);
            for (int i = 1; i < places.size(); i++) {
                assertThat(places.get(i) - places.get(i - 1)).isGreaterThanOrEqualTo(14.9);
            }
            assertThat(places.get(2)).isLessThanOrEqualTo(width(picture) - Glyphs.RADIUS / 2);
        }
    }

    @Test
    void shouldDrawWhatIsNotOverWithABrokenLineAndAFailedAttemptWithACross() {
        Timeline timeline = timeline(RecordedHistory.waiting(), true);
        for (Element picture : pictures(timeline)) {
            for (Timeline.Span span : spans(timeline)) {
                if (span.kind() != Timeline.SpanKind.LOCK && span.kind() != Timeline.SpanKind.FAILED) {
                    continue;
                }
                Element group = group(picture, span.text());
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

package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class TimelineSvgTest {

    /** All elements that a picture consists of. */
    private static final Set<String> ELEMENTS = Set.of("div", "svg", "g", "title", "desc", "rect", "path", "text");

    static Stream<RecordedHistory> histories() {
        return Stream.of(
                RecordedHistory.rolledBack(),
                RecordedHistory.waiting(),
                RecordedHistory.longWait(),
                RecordedHistory.stopped(),
                RecordedHistory.hostile(),
                RecordedHistory.crowd(),
                new RecordedHistory(),
                new RecordedHistory().fire("nobody_listens").at(1).goesOn(),
                new RecordedHistory().at(5).finished("rollback", 1, "its start is lost"));
    }

    private static String draw(RecordedHistory story, boolean running) {
        return TimelineSvg.draw(Timeline.of(story.history(), story.now(), running), "t");
    }

    /** No element, attribute or style that a strict Content-Security-Policy refuses, or that could run or load something. */
    @ParameterizedTest
    @MethodSource("histories")
    void shouldBeWellFormedAndInert(RecordedHistory story) {
        for (boolean running : new boolean[] {true, false}) {
            List<Element> elements = Xml.elements(Xml.parse(draw(story, running)));

            assertThat(elements).extracting(Element::getTagName).isSubsetOf(ELEMENTS);
            assertThat(elements)
                    .flatExtracting(Xml::attributes)
                    .allSatisfy(name ->
                            assertThat(name).doesNotStartWith("on").isNotIn("style", "href", "xlink:href", "src"));
            assertThat(elements)
                    .extracting(element -> element.getAttribute("id"))
                    .filteredOn(id -> !id.isEmpty())
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.startsWith("t-"));
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void shouldStayWithinItsPicture(RecordedHistory story) {
        Document document = Xml.parse(draw(story, true));
        for (Element svg : Xml.elements(document, "svg")) {
            String[] box = svg.getAttribute("viewBox").split(" ");
            for (Element rect : Xml.elements(svg, "rect")) {
                double x = Double.parseDouble(rect.getAttribute("x"));
                double width = Double.parseDouble(rect.getAttribute("width"));
                assertThat(x).isNotNegative();
                assertThat(width).isNotNegative();
                assertThat(x + width).isLessThanOrEqualTo(Double.parseDouble(box[2]) + 12);
                assertThat(Double.parseDouble(rect.getAttribute("y"))).isLessThan(Double.parseDouble(box[3]));
            }
        }
    }

    @Test
    void shouldBeTheSameForTheSame() {
        assertThat(draw(RecordedHistory.rolledBack(), false)).isEqualTo(draw(RecordedHistory.rolledBack(), false));
    }

    @Test
    void shouldHaveANameAndADescription() {
        for (Element svg : Xml.elements(Xml.parse(draw(RecordedHistory.waiting(), true)), "svg")) {
            assertThat(svg.getAttribute("role")).isEqualTo("img");
            assertThat(Xml.byId(svg, svg.getAttribute("aria-labelledby")).getTextContent())
                    .isEqualTo("Timeline of the release");
            assertThat(Xml.byId(svg, svg.getAttribute("aria-describedby")).getTextContent())
                    .isEqualTo("From 2026-08-01 10:00:00 UTC until now, 2026-08-01 10:03:25 UTC. Release: waiting."
                            + " release-gate: waiting for 3 min 25 s. chat: sending. change-board: success. The table has"
                            + " all of it in words.");
        }
    }

    @Test
    void shouldSayInATitleWhatEachShapeIsAndWhenItWas() {
        assertThat(Xml.elements(Xml.parse(draw(RecordedHistory.rolledBack(), false)), "title"))
                .extracting(Element::getTextContent)
                .contains(
                        "2026-08-01 10:01:10 UTC: regression tests: 128 of 256 passed",
                        "2026-08-01 10:00:00 UTC: lock held 2 min 10 s",
                        "2026-08-01 10:00:02 UTC: waits 12.0 s to try again",
                        "2026-08-01 10:06:33 UTC: rollback: done after 1 min 2 s",
                        "before_release: the release goes on: every webhook agreed, after 3 min 10 s");
    }

    @Test
    void shouldShowTextOfEndpointsAsPlainText() {
        String picture = draw(RecordedHistory.hostile(), false);

        assertThat(picture)
                .doesNotContain("<script", "\u202e", "\u0000", "\u001b", "\uffff", "\u2028")
                .contains("&lt;/svg&gt;&lt;script&gt;alert(1)")
                .hasSizeLessThan(60_000);
    }

    @Test
    void shouldMergeNotesThatWouldLieUponEachOtherAndSayHowMany() {
        Document document = Xml.parse(draw(RecordedHistory.longWait(), false));
        Element wide = Xml.elements(document, "svg").get(0);
        List<Integer> numbers = Xml.elements(wide, "text").stream()
                .map(Element::getTextContent)
                .filter(text -> text.startsWith("×"))
                .map(text -> Integer.valueOf(text.substring(1)))
                .toList();

        assertThat(numbers).hasSizeLessThan(10);
        assertThat(numbers.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1_000);
        assertThat(Xml.elements(wide, "title"))
                .extracting(Element::getTextContent)
                .anyMatch(title ->
                        title.matches("\\d+ times progress note, the last one: 2026-08-03 17:33:20 UTC: note 1000"));
    }

    @Test
    void shouldHaveALaneForEachOfAHundredWebhooks() {
        Element wide = Xml.elements(Xml.parse(draw(RecordedHistory.crowd(), false)), "svg")
                .get(0);

        assertThat(Xml.elements(wide, "text"))
                .extracting(Element::getTextContent)
                .contains("webhook-0", "webhook-57", "webhook-99");
    }

    /** A build may fire events in a loop. */
    @Test
    void shouldBeBoundedHoweverManyEventsThereAre() {
        RecordedHistory story = new RecordedHistory();
        for (int i = 0; i < 5_000; i++) {
            story.at(i).fire("event_" + i, RecordedHistory.Asked.open("gate")).attempt("gate", 1);
            story.at(i, 500).answered("gate", 1, 500, Result.SUCCESS, "{}").goesOn();
        }

        assertThat(draw(story, false).length()).isLessThan(400_000);
    }

    @Test
    void shouldDrawAShapeForAllThatLastsAndAllThatHappens() {
        for (Timeline.SpanKind kind : Timeline.SpanKind.values()) {
            Markup svg = new Markup().open("g");
            Instant at = RecordedHistory.START;
            TimelineTrackSvg.span(svg, new Timeline.Span(kind, at, at, false, "", "text"), 10, 40, 20);
            assertThat(svg.close().toString()).as(kind.name()).containsPattern("<(rect|path) ");
        }
        for (Timeline.MarkKind kind : Timeline.MarkKind.values()) {
            Markup svg = new Markup();
            Glyphs.draw(svg, kind, 10, 20);
            // A filled shape, and lines upon it unless the shape itself says it all.
            assertThat(Xml.elements(Xml.parse(svg.toString()), "path"))
                    .as(kind.name())
                    .hasSize(kind == Timeline.MarkKind.PROGRESS ? 1 : 2);
        }
    }

    /** No mark is told from another by its colour alone. */
    @Test
    void shouldGiveEachKindOfMarkAShapeOfItsOwn() {
        Set<String> shapes = new HashSet<>();
        for (Timeline.MarkKind kind : Timeline.MarkKind.values()) {
            Markup svg = new Markup();
            Glyphs.draw(svg, kind, 0, 0);
            List<String> paths = new ArrayList<>();
            Xml.elements(Xml.parse(svg.toString()), "path").forEach(path -> paths.add(path.getAttribute("d")));
            assertThat(shapes.add(paths.toString())).as(kind.name()).isTrue();
        }
        assertThat(Stream.of(Timeline.MarkKind.values()).map(Timeline.MarkKind::word))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldDrawAHistoryWhoseTimesAreBeyondMeasure() {
        History history = History.of(List.of(
                new Fact.Fired(Instant.MIN, "h", "h", 1, Facts.json("{}"), null, List.of(Facts.plan("gate", true))),
                new Fact.Settled(Instant.MAX, "h", Outcome.STOP, Action.STOP, null, "r")));

        String picture = TimelineSvg.draw(Timeline.of(history, RecordedHistory.START, true), "t");
        assertThat(Xml.elements(Xml.parse(picture), "svg")).hasSize(2);
        assertThat(picture).doesNotContain("NaN", "Infinity");
        assertThat(Durations.text(Duration.between(Instant.MIN, Instant.MAX))).endsWith(" d 23 h");
    }
}

package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Where the lanes of a picture lie, with their names, and what says what its shapes mean. */
class TimelineLayoutTest {

    private static final Offset<Double> ROUNDED = Offset.offset(0.11);

    @Test
    void shouldBeTwoPicturesOfWhichThePageShowsOneAndAPageWithoutStyleTheWideOne() throws IOException {
        Timeline timeline = new TimelineBuilder().track().build();
        Element wide = Picture.wide(timeline).svg();
        Element narrow = Picture.narrow(timeline).svg();

        assertThat(wide.getAttribute("display")).isEmpty();
        assertThat(narrow.getAttribute("display")).isEqualTo("none");
        try (InputStream style = TimelineSvg.class.getResourceAsStream("timeline.css")) {
            assertThat(new String(style.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("." + wide.getAttribute("class"), "." + narrow.getAttribute("class"));
        }
        assertThat(wide.getAttribute("class")).endsWith("wide");
        assertThat(narrow.getAttribute("class")).endsWith("narrow");
    }

    @Test
    void shouldWriteNameAndStateBesideALaneAsFarAsThereIsSpace() {
        for (int letters = 1; letters <= 60; letters++) {
            String name = "n".repeat(letters);
            String state = "s".repeat(letters);
            Picture picture = Picture.wide(new TimelineBuilder()
                    .lane(name, state)
                    .track()
                    .span(Timeline.SpanKind.LOCK, 0, 100, "", "lock")
                    .lane("next", "idle")
                    .build());
            Bounds nameText = beginning(picture, name);
            Bounds stateText = beginning(picture, state);

            for (Bounds text : List.of(nameText, stateText)) {
                assertThat(text.left()).isBetween(0.0, 10.0);
                assertThat(text.right()).isLessThan(picture.shape("lock").left());
                assertThat(text.top())
                        .isGreaterThan(picture.shape(name + ": " + state).bottom());
                assertThat(text.bottom()).isLessThan(picture.shape("next: idle").top());
                assertThat(text.text().endsWith("…")).isEqualTo(text.text().length() < letters);
                assertThat(text.width()).isGreaterThan(Math.min(130, letters * 5));
            }
            assertThat(nameText.bottom()).isLessThan(stateText.top() + 0.5 * nameText.height());
            assertThat(nameText.covers(stateText)).isFalse();
        }
    }

    private static Bounds beginning(Picture picture, String text) {
        return picture.texts().stream()
                .filter(other ->
                        !other.text().isEmpty() && text.startsWith(other.text().replace("…", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldWriteNameAndStateAboveALaneOnANarrowScreen() {
        for (int letters = 1; letters <= 80; letters++) {
            String name = "n".repeat(letters);
            String state = "s".repeat(letters);
            Picture picture = Picture.narrow(new TimelineBuilder()
                    .lane(name, state)
                    .track()
                    .span(Timeline.SpanKind.LOCK, 0, 804, "", "lock")
                    .build());
            Bounds nameText = beginning(picture, name);
            Bounds stateText = beginning(picture, state);

            assertThat(nameText.right()).isLessThan(stateText.left());
            assertThat(picture.bounds().right() - stateText.right()).isBetween(0.0, 10.0);
            for (Bounds text : List.of(nameText, stateText)) {
                assertThat(picture.bounds().holds(text)).isTrue();
                assertThat(text.top())
                        .isGreaterThan(picture.shape(name + ": " + state).bottom());
                assertThat(text.bottom()).isLessThan(picture.shape("lock").top());
                assertThat(text.width()).isGreaterThan(Math.min(130, letters * 5));
            }
        }
    }

    @Test
    void shouldSetOffNamesFromTheirStates() {
        Picture picture = Picture.wide(
                new TimelineBuilder().lane("gate", "waiting").track().build());

        assertThat(Xml.elements(picture.svg(), "text"))
                .filteredOn(text -> !text.getAttribute("font-weight").isEmpty())
                .extracting(Element::getTextContent)
                .containsExactly("gate");
    }

    @Test
    void shouldLayTheTracksOfALaneBelowEachOtherAndLanesBelowThose() {
        for (Picture picture : Picture.both(new TimelineBuilder()
                .lane("empty", "silent")
                .lane("busy", "waiting")
                .track()
                .span(Timeline.SpanKind.LOCK, 0, 800, "", "lock 1")
                .track()
                .span(Timeline.SpanKind.LOCK, 0, 800, "", "lock 2")
                .track()
                .span(Timeline.SpanKind.LOCK, 0, 800, "", "lock 3")
                .lane("last", "success")
                .track()
                .span(Timeline.SpanKind.LOCK, 0, 800, "", "lock 4")
                .build())) {
            List<Double> below = List.of(
                    picture.text("empty").line(),
                    picture.shape("busy: waiting").top(),
                    picture.shape("lock 1").top(),
                    picture.shape("lock 1").bottom(),
                    picture.shape("lock 2").top(),
                    picture.shape("lock 2").bottom(),
                    picture.shape("lock 3").top(),
                    picture.shape("lock 3").bottom(),
                    picture.shape("last: success").top(),
                    picture.shape("lock 4").top(),
                    Bounds.of(Picture.children(picture.legend()).findFirst().orElseThrow())
                            .top());

            assertThat(below).isSorted().doesNotHaveDuplicates();
            assertThat(picture.shape("lock 2").line() - picture.shape("lock 1").line())
                    .isEqualTo(
                            picture.shape("lock 3").line()
                                    - picture.shape("lock 2").line(),
                            ROUNDED);
            assertThat(picture.text("silent").bottom())
                    .isLessThan(picture.shape("busy: waiting").top());
        }
    }

    /** Sample and word side by side, each for itself, in as few lines as there must be. */
    @Test
    void shouldShowASampleBeforeEachWordOfTheLegend() {
        TimelineBuilder timeline = new TimelineBuilder().track();
        int at = 0;
        List<String> words = new ArrayList<>();
        for (Timeline.SpanKind kind : Timeline.SpanKind.values()) {
            timeline.span(kind, at, at + 30, "", "span");
            words.add(kind.word());
            at += 40;
        }
        for (Timeline.MarkKind kind : Timeline.MarkKind.values()) {
            timeline.mark(kind, at, "", "mark");
            words.add(kind.word());
            at += 40;
        }
        for (Picture picture : Picture.both(timeline.build())) {
            List<Bounds> parts =
                    Picture.children(picture.legend()).map(Bounds::of).toList();
            List<Bounds> texts =
                    parts.stream().filter(part -> !part.text().isEmpty()).toList();
            assertThat(texts).extracting(Bounds::text).containsExactlyElementsOf(words);
            for (Bounds text : texts) {
                Bounds sample = sample(parts, text);
                assertThat(text.left() - sample.right()).as(text.text()).isBetween(2.0, 10.0);
                assertThat(text.line()).isEqualTo(sample.line(), Offset.offset(4.0));
                assertThat(picture.bounds().holds(text)).isTrue();
                assertThat(parts).filteredOn(part -> part != text).noneMatch(text::covers);
            }
            long lines = texts.stream().map(Bounds::line).distinct().count();
            double length =
                    texts.stream().mapToDouble(text -> text.width() + 50).sum();
            assertThat(lines)
                    .isLessThanOrEqualTo((long) (1.5 * length / picture.bounds().width()) + 1);
        }
    }

    /** The shapes between a word and the word before. */
    private static Bounds sample(List<Bounds> parts, Bounds word) {
        List<Bounds> shapes = new ArrayList<>();
        for (int i = parts.indexOf(word) - 1; i >= 0 && parts.get(i).text().isEmpty(); i--) {
            shapes.add(parts.get(i));
        }
        return shapes.stream().reduce(Bounds::with).orElseThrow();
    }
}

package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** How a picture draws the axis and, behind the lanes, the time of each event. */
class TimelineScaleTest {

    private static final double HOUR = 3_600;
    private static final Offset<Double> ROUNDED = Offset.offset(0.11);

    /** What is written below the names of events and above the lanes. */
    private static List<Bounds> labels(Picture picture) {
        return picture.texts().stream()
                .filter(text -> text.top() > 22 && text.bottom() < 44)
                .toList();
    }

    private static void assertReadable(Picture picture, List<Bounds> texts) {
        for (Bounds text : texts) {
            assertThat(picture.bounds().holds(text)).as(text.text()).isTrue();
            assertThat(texts).filteredOn(other -> other != text).noneMatch(text::covers);
        }
    }

    private static Bounds band(Picture picture, String event) {
        return picture.shape(event + " fired");
    }

    @Test
    void shouldShowTheTimeOfAnEventBehindAllLanes() {
        for (Picture picture : Picture.both(new TimelineBuilder()
                .gate("deployed", 100, 500)
                .span(Timeline.SpanKind.LOCK, 0, 700, "", "lock")
                .lane("other", "")
                .track()
                .span(Timeline.SpanKind.LOCK, 0, 700, "", "other lock")
                .build())) {
            Bounds band = band(picture, "deployed");
            double scale = picture.shape("lock").width() / 700;

            assertThat(band.left()).isEqualTo(picture.shape("lock").left() + 100 * scale, Offset.offset(0.2));
            assertThat(band.width()).isEqualTo(400 * scale, Offset.offset(0.2));
            assertThat(band.holds(picture.text("deployed"))).isTrue();
            assertThat(band.bottom()).isGreaterThan(picture.shape("other lock").bottom());
            assertThat(band.bottom()).isEqualTo(picture.ticks().get(0).bottom(), ROUNDED);
        }
    }

    @Test
    void shouldDrawOneBandForEventsOfTheSameMoment() {
        TimelineBuilder timeline = new TimelineBuilder().gate("first", 100, 100);
        for (int i = 0; i < 20; i++) {
            timeline.gate("other", 100 + i / 50.0, 101);
        }
        Picture picture = Picture.wide(timeline.build());

        assertThat(band(picture, "first").width()).isBetween(1.0, 3.0);
        assertThat(picture.groups("other fired")).isEmpty();
    }

    @Test
    void shouldWriteNoMoreOfAnEventsNameThanFitsBeforeTheNextEvent() {
        for (int letters = 1; letters <= 80; letters++) {
            List<String> names = List.of("a".repeat(letters), "b".repeat(letters), "c".repeat(letters));
            Picture picture = Picture.wide(new TimelineBuilder()
                    .gate(names.get(0), 100, 130)
                    .gate(names.get(1), 300, 500)
                    .gate(names.get(2), 460, 520)
                    .build());
            List<Bounds> texts = events(picture);

            assertReadable(picture, texts);
            assertThat(texts).hasSize(3);
            for (int i = 0; i < 3; i++) {
                assertThat(names.get(i)).startsWith(texts.get(i).text().replace("…", ""));
            }
            for (int i = 0; i < 2; i++) {
                Bounds text = texts.get(i);
                Bounds band = band(picture, names.get(i));
                double end =
                        Math.max(band.right(), band(picture, names.get(i + 1)).left());
                assertThat(text.left()).isBetween(band.left(), band.left() + 10);
                assertThat(text.right()).isLessThan(end);
                if (TextWidth.of(names.get(i), 11) < end - band.left() - 15) {
                    assertThat(text.text()).isEqualTo(names.get(i));
                }
            }
        }
    }

    private static List<Bounds> events(Picture picture) {
        return picture.texts().stream().filter(text -> text.bottom() < 22).toList();
    }

    @Test
    void shouldKeepNamesOfEventsApartThatRunSideBySide() {
        for (int letters = 3; letters <= 40; letters++) {
            String first = "a".repeat(letters);
            Picture picture = Picture.wide(new TimelineBuilder()
                    .gate(first, 100, 340)
                    .gate("deployed", 120, 500)
                    .gate("checked", 480, 560)
                    .build());

            assertReadable(picture, events(picture));
            assertThat(events(picture)).hasSize(3);
            assertThat(events(picture).get(0).right())
                    .isLessThan(band(picture, first).right());
        }
    }

    @Test
    void shouldNameAnEventThatBeginsCloseToTheEndOrWhoseNameIsShort() {
        for (double from : new double[] {200, 700, 790, 804}) {
            for (String name : new String[] {"qa", "before_release_complete"}) {
                for (Picture picture :
                        Picture.both(new TimelineBuilder().gate(name, from, 804).build())) {
                    assertThat(picture.bounds().holds(picture.text(name))).isTrue();
                }
            }
        }
    }

    /** Whatever the time is, and whether or not something is to come. */
    @Test
    void shouldLabelTheAxisSoThatAllOfItCanBeRead() {
        for (int end = 21; end <= 420; end += 3) {
            for (boolean running : new boolean[] {true, false}) {
                TimelineBuilder timeline = new TimelineBuilder().track();
                if (running && end % 2 == 0) {
                    timeline.mark(Timeline.MarkKind.DEADLINE, 1_800, "deadline", "deadline");
                }
                for (Picture picture : Picture.both(timeline.build(end, running))) {
                    List<Bounds> labels = labels(picture);
                    assertReadable(picture, labels);
                    assertThat(labels).hasSizeGreaterThan(running ? 2 : 1);
                    for (Bounds label : labels) {
                        boolean time = label.text().matches("0|\\+.*");
                        assertThat(time || label.text().matches("now|next .*")).isTrue();
                        if (time) {
                            assertThat(picture.ticks())
                                    .as(label.text())
                                    .anyMatch(tick ->
                                            label.left() - 1 < tick.middle() && tick.middle() < label.right() + 1);
                        }
                    }
                }
            }
        }
    }

    @Test
    void shouldWriteNowBesideItsLine() {
        for (double end : new double[] {0, 60, 500}) {
            for (Picture picture : Picture.both(new TimelineBuilder().track().build(end, true))) {
                Bounds now = picture.text("now");
                Bounds line = Xml.elements(picture.svg(), "path").stream()
                        .filter(path -> path.getAttribute("d").matches("M\\S+ 22V.*"))
                        .map(Bounds::of)
                        .findFirst()
                        .orElseThrow();

                assertThat(picture.bounds().holds(now)).isTrue();
                assertThat(Math.max(line.left() - now.right(), now.left() - line.right()))
                        .isBetween(2.0, 6.0);
            }
        }
    }

    @Test
    void shouldSayInEachBreakHowLongItIsAndAllOfItInItsTitle() {
        for (int breaks = 1; breaks <= 12; breaks++) {
            for (int work = 60; work < 300; work += 40) {
                TimelineBuilder timeline = new TimelineBuilder();
                for (int i = 0; i <= breaks; i++) {
                    double from = i * (work + 10 * HOUR);
                    timeline.span(Timeline.SpanKind.WORK, from, from + work, "", "work " + i);
                }
                for (Picture picture : Picture.both(timeline.build(breaks * (work + 10 * HOUR) + work, false))) {
                    List<Element> groups = picture.groups("axis broken: 10 h 0 min in which nothing else happened");
                    assertThat(groups).hasSize(breaks);
                    for (int i = 0; i < breaks; i++) {
                        Bounds label =
                                Bounds.of(Xml.elements(groups.get(i), "text").get(0));
                        double left = picture.shape("work " + i).right();
                        double right = picture.shape("work " + (i + 1)).left();
                        assertThat("10 h 0 min").startsWith(label.text().replace("…", ""));
                        assertThat(label.middle()).isEqualTo((left + right) / 2, Offset.offset(2.0));
                        if (right - left > 30) {
                            assertThat(label.left()).isGreaterThan(left);
                            assertThat(label.right()).isLessThan(right);
                        }
                    }
                    assertReadable(picture, labels(picture));
                }
            }
        }
    }
}

package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a picture draws what lasts, and where its labels stand. */
class TimelineSpansTest {

    private static final double DAY = 86_400;
    private static final double TRACK = TimelineFrame.TRACK_HEIGHT;
    private static final Offset<Double> ROUNDED = Offset.offset(0.11);

    private static Picture draw(TimelineBuilder timeline) {
        return Picture.wide(timeline.build());
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCK", "WORK", "ROLLBACK"})
    void shouldWriteALabelIntoItsBoxIfItFits(Timeline.SpanKind kind) {
        for (int length = 10; length < 120; length++) {
            Picture picture = draw(new TimelineBuilder().span(kind, 300, 300 + length, "held 12 min", "box"));
            Bounds box = picture.shape("box");
            List<Bounds> labels = picture.texts("held 12 min");

            assertThat(labels).allMatch(box::holds);
            double needed = TextWidth.of("held 12 min", 11);
            if (length < needed) {
                assertThat(labels).as("in %s", length).isEmpty();
            } else if (length > needed + 15) {
                assertThat(labels).as("in %s", length).hasSize(1);
            }
        }
    }

    @Test
    void shouldDrawAttemptsUponTheirLockAndLetItShineThrough() {
        Picture picture = draw(new TimelineBuilder()
                .span(Timeline.SpanKind.FAILED, 100, 150, "", "attempt")
                .span(Timeline.SpanKind.LOCK, 100, 400, "held 5 min", "lock")
                .mark(Timeline.MarkKind.SUCCESS, 400, "success", "released"));
        Bounds lock = picture.shape("lock");
        Bounds attempt = picture.shape("attempt");

        assertThat(picture.words()).contains("held 5 min");
        assertThat(lock.holds(attempt)).isTrue();
        assertThat(lock.line()).isEqualTo(attempt.line(), ROUNDED);
        assertThat(lock.line()).isEqualTo(picture.shape("released").line(), ROUNDED);
        assertThat(Xml.texts(picture.svg(), "title").indexOf("lock"))
                .isLessThan(Xml.texts(picture.svg(), "title").indexOf("attempt"));
        assertThat(opacity(picture, "lock"))
                .isNotEmpty()
                .satisfies(text -> assertThat(Double.parseDouble(text)).isBetween(0.05, 0.5));
        assertThat(opacity(picture, "attempt")).isEmpty();
    }

    private static String opacity(Picture picture, String title) {
        return Xml.elements(picture.group(title), "rect").get(0).getAttribute("fill-opacity");
    }

    @Test
    void shouldPutALabelBetweenWhatLiesUponItsBox() {
        for (int at = 100; at <= 500; at++) {
            Picture picture = draw(new TimelineBuilder()
                    .span(Timeline.SpanKind.LOCK, 100, 500, "held 6 min", "lock")
                    .span(Timeline.SpanKind.ANSWERED, 100, 160, "", "attempt")
                    .mark(Timeline.MarkKind.NOTICE, at, "", "mark"));
            Bounds mark = picture.shape("mark");

            List<Bounds> labels = picture.texts("held 6 min");
            assertThat(labels)
                    .allMatch(picture.shape("lock")::holds)
                    .noneMatch(picture.shape("attempt")::covers)
                    // An envelope is less wide than other marks, and words keep as far from it.
                    .noneMatch(label -> label.left() < mark.middle() + Glyphs.RADIUS
                            && label.right() > mark.middle() - Glyphs.RADIUS);
            if (at <= 168 || at >= 250) {
                assertThat(labels).as("%s", at).hasSize(1);
            }
        }
    }

    @Test
    void shouldPutALabelOnThatSideOfATearWhereItFits() {
        for (int letters = 1; letters <= 110; letters++) {
            String label = "x".repeat(letters);
            Picture picture = Picture.wide(new TimelineBuilder()
                    .span(Timeline.SpanKind.LOCK, 0, 3 * DAY + 360, label, "lock")
                    .track()
                    .mark(Timeline.MarkKind.NOTICE, 60, "", "told")
                    .mark(Timeline.MarkKind.NOTICE, 3 * DAY + 60, "", "told again")
                    .build(3 * DAY + 360, false));
            Bounds lock = picture.shape("lock");
            Bounds tear = picture.tears().get(0);
            double before = tear.left() - lock.left();
            double behind = lock.right() - tear.right();
            double length = TextWidth.of(label, 11);

            assertThat(picture.texts(label)).allMatch(lock::holds).noneMatch(tear::covers);
            if (length < before - 15) {
                assertThat(picture.text(label).right()).isLessThan(tear.left());
            } else if (length > before && length < behind - 15) {
                assertThat(picture.text(label).left()).isGreaterThan(tear.right());
            } else if (length > behind) {
                assertThat(picture.texts(label)).isEmpty();
            }
        }
    }

    /** A line for each of the lanes: what lasts over the break, what ends before it, what begins behind it, and both of these. */
    @Test
    void shouldTearWhatLastsOverABreakAndNothingElse() {
        Picture picture = Picture.wide(new TimelineBuilder()
                .lane("before", "")
                .track()
                .span(Timeline.SpanKind.WORK, 0, 60, "", "early work")
                .lane("over", "")
                .track()
                .span(Timeline.SpanKind.LOCK, 0, 3 * DAY + 360, "", "lock")
                .lane("behind", "")
                .track()
                .span(Timeline.SpanKind.WORK, 3 * DAY + 60, 3 * DAY + 360, "", "late work")
                .lane("both", "")
                .track()
                .span(Timeline.SpanKind.WORK, 0, 60, "", "work")
                .span(Timeline.SpanKind.WORK, 3 * DAY + 60, 3 * DAY + 360, "", "more work")
                .build(3 * DAY + 360, false));
        Bounds lock = picture.shape("lock");
        double middle = picture.text("3 d 0 h").middle();

        // The piece that is taken out, and its two edges.
        assertThat(picture.tears()).hasSize(3).allSatisfy(tear -> {
            assertThat(tear.line()).isEqualTo(lock.line(), Offset.offset(0.5));
            assertThat(tear.height()).isBetween(lock.height(), TRACK);
            assertThat(tear.top()).isGreaterThan(lock.line() - TRACK / 2);
            assertThat(tear.bottom()).isLessThan(lock.line() + TRACK / 2);
        });
        Bounds piece = picture.tears().get(0);
        Bounds left = picture.tears().get(1);
        Bounds right = picture.tears().get(2);
        assertThat(piece.middle()).isEqualTo(middle, ROUNDED);
        assertThat(piece.left()).isEqualTo(left.left(), ROUNDED);
        assertThat(piece.right()).isEqualTo(right.right(), ROUNDED);
        assertThat(left.middle()).isLessThan(right.middle());
    }

    @ParameterizedTest
    @CsvSource({
        "ANSWERED,2,SUCCESS,102,false",
        "ANSWERED,0,STOP,100,false",
        "ANSWERED,2,SUCCESS,114,false",
        "ANSWERED,2,NOTICE,95,false",
        "ANSWERED,30,SUCCESS,130,true",
        "ANSWERED,2,PROGRESS,102,true",
        "ANSWERED,2,SUCCESS,90,true",
        "ANSWERED,2,SUCCESS,120,true",
        "FAILED,2,FAIL,102,true",
        "UNANSWERED,2,FAIL,102,true"
    })
    void shouldLeaveOutNothingButAShortAnswerBelowTheMarkOfWhatItDecided(
            Timeline.SpanKind kind, double length, Timeline.MarkKind mark, double at, boolean drawn) {
        Picture picture = draw(new TimelineBuilder()
                .span(kind, 100, 100 + length, "", "attempt")
                .mark(mark, at, "", "mark"));

        assertThat(picture.groups("attempt")).hasSize(drawn ? 1 : 0);
        assertThat(picture.groups("mark")).hasSize(1);
        assertThat(Xml.texts(picture.legend(), "text").contains(kind.word())).isEqualTo(drawn);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWERED", "FAILED", "UNANSWERED", "LOCK", "WORK", "ROLLBACK"})
    void shouldShowWhatLastedButAMoment(Timeline.SpanKind kind) {
        Bounds box =
                draw(new TimelineBuilder().span(kind, 100, 100, "", "moment")).shape("moment");

        assertThat(box.left()).isEqualTo(TimelineBuilder.x(100), ROUNDED);
        assertThat(box.width()).isBetween(3.0, 12.0);
    }

    @Test
    void shouldCrossOutAFailedAttemptAtItsEnd() {
        for (double length : new double[] {0, 30}) {
            List<Bounds> shapes = draw(new TimelineBuilder()
                            .span(Timeline.SpanKind.FAILED, 100, 100 + length, "", "attempt"))
                    .shapes("attempt");
            Bounds box = shapes.get(0);
            Bounds cross = shapes.get(1);

            assertThat(box.holds(cross)).isTrue();
            assertThat(cross.line()).isEqualTo(box.line(), ROUNDED);
            assertThat(box.right() - cross.right()).isLessThan(box.height() / 2);
        }
    }

    /** Round ends would make a dot of a line without a length. */
    @ParameterizedTest
    @EnumSource(names = {"GATE", "PAUSE"})
    void shouldDrawNoLineForAWaitThatWasNone(Timeline.SpanKind kind) {
        Picture picture =
                draw(new TimelineBuilder().span(kind, 100, 100, "", "none").span(kind, 100, 200, "", "long"));

        assertThat(picture.shapes("none")).isEmpty();
        assertThat(picture.shape("long").left()).isEqualTo(TimelineBuilder.x(100), ROUNDED);
        assertThat(picture.shape("long").width()).isEqualTo(100, ROUNDED);
    }

    @Test
    void shouldDrawOneOfMoreThatLieInTheSamePlace() {
        TimelineBuilder timeline = new TimelineBuilder();
        for (int i = 0; i < 20; i++) {
            timeline.span(Timeline.SpanKind.FAILED, 100 + i / 10.0, 101 + i / 10.0, "", "attempt");
        }

        assertThat(draw(timeline).groups("attempt")).hasSize(1);
    }
}

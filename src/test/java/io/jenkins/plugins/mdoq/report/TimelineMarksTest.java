package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a picture draws what happens at one moment, and where its words and numbers stand. */
class TimelineMarksTest {

    private static final double END = TimelineBuilder.LENGTH;
    private static final Offset<Double> ROUNDED = Offset.offset(0.11);

    private static Picture draw(TimelineBuilder timeline) {
        return Picture.wide(timeline.build());
    }

    /** As wide as any mark may be, so that what is tested does not depend on its shape. */
    private static Bounds place(Bounds mark) {
        return new Bounds("", mark.middle() - Glyphs.RADIUS, mark.top(), mark.middle() + Glyphs.RADIUS, mark.bottom());
    }

    @Test
    void shouldDrawANoteAtItsTimeBelowWhatHappenedWithIt() {
        Picture picture = draw(new TimelineBuilder()
                .span(Timeline.SpanKind.LOCK, 100, 400, "", "lock")
                .mark(Timeline.MarkKind.SUCCESS, 300, "success", "decided")
                .mark(Timeline.MarkKind.PROGRESS, 301, "", "note"));
        Bounds decided = picture.shape("decided");
        Bounds note = picture.shape("note");

        assertThat(decided.middle()).isEqualTo(TimelineBuilder.x(300), ROUNDED);
        assertThat(note.middle()).isEqualTo(TimelineBuilder.x(301), ROUNDED);
        assertThat(note.top()).isGreaterThan(decided.bottom());
        assertThat(note.bottom()).isLessThan(decided.line() + TimelineFrame.TRACK_HEIGHT / 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROGRESS", "NOTICE", "FAIL"})
    void shouldMakeOneMarkOfThoseOfAKindAndWriteTheirNumberBesideIt(Timeline.MarkKind kind) {
        Picture picture = draw(new TimelineBuilder()
                .mark(kind, 302, "third", "3")
                .mark(kind, 300, "first", "1")
                .mark(kind, 301, "second", "2"));
        Bounds mark = picture.shape("3 times " + kind.word() + ", the last one: 3");
        Bounds number = picture.text("×3");

        assertThat(picture.words()).doesNotContain("first", "second", "third");
        assertThat(mark.middle()).isEqualTo(TimelineBuilder.x(300), ROUNDED);
        assertThat(number.left()).isBetween(mark.right(), mark.right() + 4);
        assertThat(number.line()).isGreaterThan(mark.line());
        assertThat(number.bottom()).isLessThan(mark.line() + TimelineFrame.TRACK_HEIGHT / 2);
    }

    @ParameterizedTest
    @CsvSource({"PROGRESS,2", "PROGRESS,10", "PROGRESS,1000", "NOTICE,2", "EXPIRED,12"})
    void shouldKeepANumberInThePictureAndBesideItsMark(Timeline.MarkKind kind, int count) {
        for (double from : new double[] {END, END - 5, END - 14}) {
            // The work keeps the axis from a break.
            TimelineBuilder timeline = new TimelineBuilder()
                    .span(Timeline.SpanKind.WORK, 0, 400, "", "work")
                    .track();
            for (int i = 0; i < count; i++) {
                timeline.mark(kind, from + (END - from) * i / count, "", "it");
            }
            for (Picture picture : Picture.both(timeline.build())) {
                Bounds number = picture.text("×" + count);

                assertThat(picture.bounds().holds(number)).isTrue();
                assertThat(picture.shape(count + " times " + kind.word() + ", the last one: it"))
                        .matches(mark -> !mark.covers(number))
                        .matches(picture.bounds()::holds);
            }
        }
    }

    /** It stands behind its mark, or before it if there is no space. */
    @Test
    void shouldWriteAWordBesideItsMarkWhereNoAttemptLies() {
        for (int away = -80; away <= 80; away++) {
            Picture picture = draw(new TimelineBuilder()
                    .mark(Timeline.MarkKind.EXPIRED, 400, "expired", "lock expired")
                    .span(Timeline.SpanKind.FAILED, 400 + away, 400 + away, "", "attempt"));
            Bounds mark = place(picture.shape("lock expired"));
            Bounds word = picture.text("expired");
            boolean behind = word.left() > mark.right();

            assertThat(word.covers(picture.shape("attempt"))).as("%s", away).isFalse();
            assertThat(behind ? word.left() - mark.right() : mark.left() - word.right())
                    .isBetween(0.0, 8.0);
            assertThat(word.line()).isEqualTo(mark.line(), Offset.offset(2.0));
            if (away < 0 || away > 60 || away > 5 && away < 50) {
                assertThat(behind).as("%s", away).isEqualTo(away < 0 || away > 60);
            }
        }
    }

    @Test
    void shouldWriteNoWordOverAnotherOrOverAMark() {
        for (int away = -80; away <= 80; away++) {
            Picture picture = draw(new TimelineBuilder()
                    .mark(Timeline.MarkKind.EXPIRED, 400, "expired", "lock expired")
                    .mark(Timeline.MarkKind.CANCELLED, 400 + away, "given up", "lock given up")
                    .mark(Timeline.MarkKind.SUCCESS, 520, "success", "decided"));
            List<Bounds> words = picture.texts().stream()
                    .filter(text -> text.text().equals("expired") || text.text().equals("given up"))
                    // The legend says so as well.
                    .filter(text -> text.line() < picture.shape("decided").bottom())
                    .toList();

            if (away < 55) {
                assertThat(words).as("%s", away).hasSize(2);
            }
            assertThat(words).noneMatch(word -> words.stream().anyMatch(other -> other != word && other.covers(word)));
            for (String title : List.of("lock expired", "lock given up", "decided")) {
                assertThat(words).as("%s", away).noneMatch(place(picture.shape(title))::covers);
            }
        }
    }

    @Test
    void shouldWriteNoWordWhereBothSidesAreTaken() {
        for (int away = 15; away <= 100; away++) {
            Picture picture = draw(new TimelineBuilder()
                    .mark(Timeline.MarkKind.NOTICE, 400 - away, "", "told")
                    .mark(Timeline.MarkKind.EXPIRED, 400, "expired", "lock expired")
                    .span(Timeline.SpanKind.FAILED, 420, 450, "", "attempt"));

            List<Bounds> words = picture.texts("expired");
            assertThat(words).as("%s", away).noneMatch(place(picture.shape("told"))::covers);
            if (away < 55 || away > 70) {
                assertThat(words).as("%s", away).hasSize(away < 55 ? 0 : 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, END})
    void shouldWriteAWordTowardsTheMiddleAtEitherEnd(double at) {
        Picture picture = draw(new TimelineBuilder().mark(Timeline.MarkKind.EXPIRED, at, "expired", "lock expired"));

        assertThat(picture.text("expired").left() > TimelineBuilder.x(at)).isEqualTo(at == 0);
        assertThat(picture.text("expired").right() < TimelineBuilder.x(at)).isEqualTo(at == END);
    }
}

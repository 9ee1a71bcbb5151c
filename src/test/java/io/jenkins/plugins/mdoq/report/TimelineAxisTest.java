package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineAxisTest {

    private static final Instant START = RecordedHistory.START;
    private static final Offset<Double> HALF_A_PIXEL = Offset.offset(0.5);
    private static final long DAY = 86_400;

    private static TimelineAxis axis(long... seconds) {
        long end = Arrays.stream(seconds).max().orElseThrow();
        return axisUntil(end, seconds);
    }

    private static TimelineAxis axisUntil(long end, long... seconds) {
        List<Instant> moments =
                LongStream.of(seconds).mapToObj(START::plusSeconds).toList();
        return new TimelineAxis(moments, START.plusSeconds(end), 100, 800);
    }

    private static double x(TimelineAxis axis, long seconds) {
        return axis.x(START.plusSeconds(seconds));
    }

    @Test
    void shouldBeLinear() {
        TimelineAxis axis = axis(0, 60, 240);

        assertThat(axis.breaks()).isEmpty();
        assertThat(x(axis, 0)).isEqualTo(100, HALF_A_PIXEL);
        assertThat(x(axis, 60)).isEqualTo(300, HALF_A_PIXEL);
        assertThat(x(axis, 240)).isEqualTo(900, HALF_A_PIXEL);
        assertThat(x(axis, -5)).isEqualTo(100, HALF_A_PIXEL);
        assertThat(x(axis, 999)).isEqualTo(900, HALF_A_PIXEL);
    }

    @Test
    void shouldLeaveMinutesReadableBesideDays() {
        TimelineAxis axis = axis(0, 60, 60 + 3 * DAY, 300 + 3 * DAY);

        assertThat(axis.breaks()).singleElement().satisfies(broken -> {
            assertThat(broken.duration()).isEqualTo(Duration.ofDays(3));
            assertThat(broken.width()).isEqualTo(130, HALF_A_PIXEL);
        });
        assertThat(x(axis, 60) - x(axis, 0)).isEqualTo(670.0 / 5, HALF_A_PIXEL);
        assertThat(x(axis, 300 + 3 * DAY)).isEqualTo(900, HALF_A_PIXEL);
        assertThat(axis.ticks(80))
                .extracting(TimelineAxis.Tick::label)
                .startsWith("0")
                .contains("+3 d 2 min")
                .doesNotContain("+1 d");
    }

    @Test
    void shouldBreakHoursAsWellAsDaysBesideMinutes() {
        TimelineAxis axis = axis(0, 120, 120 + 7_200, 240 + 7_200, 240 + 7_200 + 5 * DAY, 360 + 7_200 + 5 * DAY);

        assertThat(axis.breaks())
                .extracting(TimelineAxis.Segment::duration)
                .containsExactly(Duration.ofHours(2), Duration.ofDays(5));
    }

    @ParameterizedTest
    @CsvSource({"1,302", "20,500", "600,3600", "1,259200"})
    void shouldNotBreakWhatIsReadableOrWouldGainNothing(long activity, long wait) {
        assertThat(axis(0, activity, activity + wait).breaks()).isEmpty();
    }

    @Test
    void shouldBoundTheNumberOfBreaksAndTheirShare() {
        long[] daily =
                IntStream.range(0, 24).mapToLong(i -> i / 2 * DAY + i % 2 * 60).toArray();
        double broken = axis(daily).breaks().stream()
                .mapToDouble(TimelineAxis.Segment::width)
                .sum();

        assertThat(broken).isBetween(390.0, 400.5);
        long[] more =
                IntStream.range(0, 200).mapToLong(i -> i / 2 * DAY + i % 2 * 60).toArray();
        assertThat(axis(more).breaks()).isEmpty();
    }

    @Test
    void shouldShortenWhatIsToCome() {
        TimelineAxis axis = axisUntil(200, 0, 100, 200, DAY);

        assertThat(x(axis, 200)).isEqualTo(790, HALF_A_PIXEL);
        assertThat(x(axis, DAY)).isEqualTo(900, HALF_A_PIXEL);
        assertThat(axis.future().duration()).isEqualTo(Duration.ofSeconds(DAY - 200));
        assertThat(axis.breaks()).isEmpty();
        assertThat(axisUntil(200, 0, 200, 240).future()).isNull();
        assertThat(x(axisUntil(200, 0, 200, 240), 200)).isEqualTo(100 + 800 * 200 / 240.0, HALF_A_PIXEL);
    }

    @Test
    void shouldTakeASingleMomentAndAnyTwo() {
        TimelineAxis one = axis(0);
        assertThat(x(one, 0)).isEqualTo(100);
        assertThat(one.ticks(80)).isEmpty();

        TimelineAxis all = new TimelineAxis(List.of(Instant.MIN, START, Instant.MAX), Instant.MAX, 100, 800);
        assertThat(all.x(Instant.MIN)).isEqualTo(100, HALF_A_PIXEL);
        assertThat(all.x(Instant.MAX)).isEqualTo(900, HALF_A_PIXEL);
        assertThat(all.ticks(80)).hasSizeBetween(2, 12);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,+1 s", "300,+5 min", "3661,+1 h 1 min 1 s", "93600,+1 d 2 h"})
    void shouldLabelRoundTimesInShort(long seconds, String label) {
        assertThat(TimelineAxis.label(Duration.ofSeconds(seconds))).isEqualTo(label);
    }
}

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
        assertThat(axis(0, 2).x(START.plusMillis(500))).isEqualTo(300, HALF_A_PIXEL);
    }

    @Test
    void shouldLeaveMinutesReadableBesideDays() {
        TimelineAxis axis = axis(0, 60, 60 + 3 * DAY, 300 + 3 * DAY);

        assertThat(axis.breaks()).singleElement().satisfies(broken -> {
            assertThat(broken.duration()).isEqualTo(Duration.ofDays(3));
            assertThat(broken.width()).isEqualTo(130, HALF_A_PIXEL);
            assertThat(broken.middle()).isEqualTo(100 + 670.0 / 5 + 65, HALF_A_PIXEL);
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

    /** Ten minutes or more, beside which ten seconds or more would shrink to less than a tenth. */
    @ParameterizedTest
    @CsvSource({"10,600", "60,600", "1000,9001", "86400,864000"})
    void shouldBreakALongWait(long activity, long wait) {
        assertThat(axis(0, activity, activity + wait).breaks())
                .extracting(TimelineAxis.Segment::duration)
                .containsExactly(Duration.ofSeconds(wait));
    }

    @ParameterizedTest
    @CsvSource({"1,302", "20,500", "600,3600", "1,259200", "9,600", "10,599", "1000,8999"})
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
        assertThat(axisUntil(200, 0, 200, 250).future()).isNull();
        assertThat(axisUntil(200, 0, 200, 251).future()).isNotNull();
        assertThat(axisUntil(200, 0, 200, 700).future().width()).isEqualTo(110, HALF_A_PIXEL);
        TimelineAxis narrow =
                new TimelineAxis(List.of(START, START.plusSeconds(DAY)), START.plusSeconds(200), 100, 240);
        assertThat(narrow.future().width()).isEqualTo(80, HALF_A_PIXEL);
        assertThat(x(narrow, 200)).isEqualTo(260, HALF_A_PIXEL);
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

    private static void assertTicks(TimelineAxis axis, double apart, String... labels) {
        assertThat(axis.ticks(apart)).extracting(TimelineAxis.Tick::label).containsExactly(labels);
    }

    @Test
    void shouldLabelTheLeastRoundTimesThatLeaveSpaceForTheirLabels() {
        assertTicks(axis(0, 4), 80, "0", "+1 s", "+2 s", "+3 s", "+4 s");
        assertTicks(axis(0, 8_000), 160, "0", "+30 min", "+1 h", "+1 h 30 min", "+2 h");
        assertTicks(axis(0, 8_640), 200, "0", "+1 h", "+2 h");
        assertTicks(axis(0, 9_000), 160, "0", "+30 min", "+1 h", "+1 h 30 min", "+2 h", "+2 h 30 min");
        assertTicks(axis(0, 5 * DAY), 160, "0", "+1 d", "+2 d", "+3 d", "+4 d", "+5 d");
        assertTicks(axis(0, 8 * DAY), 200, "0", "+2 d", "+4 d", "+6 d", "+8 d");
        assertTicks(axis(0, 20 * DAY), 160, "0", "+5 d", "+10 d", "+15 d", "+20 d");
        assertTicks(axis(0, 40 * DAY), 160, "0", "+10 d", "+20 d", "+30 d", "+40 d");
        assertTicks(axis(0, 80 * DAY), 160, "0", "+20 d", "+40 d", "+60 d", "+80 d");
        assertTicks(axis(0, 200 * DAY), 160, "0", "+50 d", "+100 d", "+150 d", "+200 d");
    }

    @Test
    void shouldPutEachLabelWhereItsTimeIsAndNoneInABreak() {
        TimelineAxis axis = axis(0, 60, 60 + 3 * DAY, 300 + 3 * DAY);

        assertTicks(axis, 80, "0", "+1 min", "+3 d 2 min", "+3 d 3 min", "+3 d 4 min", "+3 d 5 min");
        List<TimelineAxis.Tick> ticks = axis.ticks(80);
        assertThat(ticks.get(0).x()).isEqualTo(100, HALF_A_PIXEL);
        assertThat(ticks.get(1).x()).isEqualTo(x(axis, 60), HALF_A_PIXEL);
        for (int minute = 2; minute <= 5; minute++) {
            assertThat(ticks.get(minute).x()).isEqualTo(x(axis, minute * 60 + 3 * DAY), HALF_A_PIXEL);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,+1 s", "300,+5 min", "3661,+1 h 1 min 1 s", "93600,+1 d 2 h"})
    void shouldLabelRoundTimesInShort(long seconds, String label) {
        assertThat(TimelineAxis.label(Duration.ofSeconds(seconds))).isEqualTo(label);
    }
}

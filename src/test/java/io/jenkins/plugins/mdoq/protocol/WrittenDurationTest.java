package io.jenkins.plugins.mdoq.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenDurationTest {

    @ParameterizedTest
    @CsvSource({"90s, 90", "30m, 1800", "2h, 7200", "1d, 86400", "' 30 M ', 1800", "0030m, 1800", "3650d, 315360000"})
    void shouldReadANumberAndItsUnit(String text, long seconds) {
        assertThat(WrittenDuration.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(WrittenDuration.error(text)).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "0", "00", "0s", "0m", "0d"})
    void shouldReadNoneAsNone(String text) {
        assertThat(WrittenDuration.parse(text)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30    | is 30, a number without a unit; write 30s for seconds, 30m for minutes or 30h for hours",
                "1.5h  | is '1.5h'; write a whole number and its unit, such as 90s, 30m, 2h or 1d, or 0 for none",
                "-5m   | is '-5m'; write a whole number and its unit, such as 90s, 30m, 2h or 1d, or 0 for none",
                "2h30m | is '2h30m'; write a whole number and its unit, such as 90s, 30m, 2h or 1d, or 0 for none",
                "PT30M | is 'PT30M'; write a whole number and its unit, such as 90s, 30m, 2h or 1d, or 0 for none",
                "3651d | is 3651d; write at most 3650d, or 0 for none",
                "999999999999d | is 999999999999d; write at most 3650d, or 0 for none",
                "9999999999999s | is '9999999999999s'; write a whole number and its unit, such as 90s, 30m, 2h or 1d,"
                        + " or 0 for none",
                "٣m    | is '٣m'; write a whole number and its unit, such as 90s, 30m, 2h or 1d, or 0 for none"
            })
    void shouldSayWhatToWriteInstead(String text, String error) {
        assertThat(WrittenDuration.error(text)).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1s",
        "59, 59s",
        "60, 1m",
        "90, 90s",
        "1800, 30m",
        "3600, 1h",
        "5400, 90m",
        "86400, 1d",
        "90000, 25h"
    })
    void shouldWriteTheLargestUnitThatItIsAWholeNumberOf(long seconds, String text) {
        assertThat(WrittenDuration.text(Duration.ofSeconds(seconds).plusMillis(999)))
                .isEqualTo(text);
    }

    @Property
    void whatItWritesItReads(@ForAll @LongRange(max = 315_360_000) long seconds) {
        Duration duration = Duration.ofSeconds(seconds);

        assertThat(WrittenDuration.parse(WrittenDuration.text(duration))).isEqualTo(duration);
    }
}

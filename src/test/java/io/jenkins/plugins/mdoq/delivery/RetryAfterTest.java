package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-08T08:49:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 08 Nov 2026 08:49:37 GMT|PT37S",
                "sun, 08 nov 2026 08:49:37 gmt|PT37S",
                "Sunday, 08-Nov-26 08:49:37 GMT|PT37S",
                "Sun Nov  8 08:49:37 2026|PT37S",
                "Sun Nov 08 08:49:37 2026|PT37S",
                "Wed Nov 18 08:49:00 2026|P10D",
                "Mon, 08 Nov 2026 08:49:37 GMT|PT37S",
                "Wed, 21 Oct 2015 07:28:00 GMT|PT0S",
                "Wednesday, 21-Oct-15 07:28:00 GMT|PT0S",
                "Wed Oct 21 07:28:00 2015|PT0S"
            })
    @DisplayName("protocol: retries — Retry-After in each of the three date forms; what is past is now")
    void shouldReadTheThreeDateForms(String value, Duration wait) {
        assertThat(RetryAfter.read(value, NOW)).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({
        "0,PT0S",
        " 007 ,PT7S",
        "86400,P1D",
        "100000000,PT100000000S",
        "1000000000,PT999999999S",
        "99999999999999999999999999,PT999999999S"
    })
    @DisplayName("protocol: retries — Retry-After in seconds, of any number of digits")
    void shouldReadSeconds(String value, Duration wait) {
        assertThat(RetryAfter.read(value, NOW)).isEqualTo(wait);
    }

    @Test
    @DisplayName("protocol: retries — a year of two digits is past rather than more than 50 years ahead")
    void shouldReadAYearOfTwoDigits() {
        assertThat(RetryAfter.read("Sunday, 08-Nov-76 08:49:37 GMT", NOW)).isGreaterThan(Duration.ofDays(365 * 49));
        assertThat(RetryAfter.read("Monday, 08-Nov-77 08:49:37 GMT", NOW)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.read("Sunday, 06-Nov-94 08:49:37 GMT", NOW)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.read("Sunday, 06-Nov-94 08:49:37 GMT", Instant.parse("2093-11-06T08:49:37Z")))
                .isEqualTo(Duration.ofDays(365));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "-5",
                "7.5",
                "Sun, 31 Feb 2026 08:49:37 XYZ",
                "Sun Nov 8",
                "08 Nov 2026",
                ",",
                "Sun, 08 Nov 2026 25:49:37 GMT",
                "2026-11-08T08:49:37Z",
                "Sun Nov  8 08:49:37 2026 GMT"
            })
    void shouldMakeNothingOfAnythingElse(String value) {
        assertThat(RetryAfter.read(value, NOW)).isNull();
        assertThat(RetryAfter.read(null, NOW)).isNull();
    }
}

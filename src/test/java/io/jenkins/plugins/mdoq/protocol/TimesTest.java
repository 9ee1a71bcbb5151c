package io.jenkins.plugins.mdoq.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {

    private static final Instant JUST_BEFORE_ONE = Instant.parse("2026-08-01T00:59:59.999Z");

    @Test
    void shouldCutToSecondsAndNameTheZone() {
        assertThat(Times.text(JUST_BEFORE_ONE)).isEqualTo("2026-08-01 00:59:59 UTC");
        assertThat(Times.bare(JUST_BEFORE_ONE)).isEqualTo("2026-08-01 00:59:59");
        assertThat(Times.iso(JUST_BEFORE_ONE)).isEqualTo("2026-08-01T00:59:59Z");
    }

    /** Journals may hold any instant. */
    @Test
    void shouldShowYearsOfAnyLength() {
        assertThat(Times.text(Instant.MAX)).isEqualTo("+1000000000-12-31 23:59:59 UTC");
        assertThat(Times.text(Instant.parse("-0001-01-01T00:00:00Z"))).isEqualTo("-0001-01-01 00:00:00 UTC");
    }
}

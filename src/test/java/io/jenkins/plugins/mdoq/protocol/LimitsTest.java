package io.jenkins.plugins.mdoq.protocol;

import static io.jenkins.plugins.mdoq.history.Facts.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.report.Durations;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    @ParameterizedTest
    @CsvSource({
        "abc, 3, abc",
        "abc, 4, abc",
        "abcd, 3, abc… (1 more)",
        "a🚀b, 3, a🚀… (1 more)",
        "a🚀b, 2, a… (3 more)",
        "'', 3, ''"
    })
    void shouldCutATextAndSayHowMuchWasCut(String text, int most, String cut) {
        assertThat(Limits.text(text, most)).isEqualTo(cut);
    }

    @Test
    void shouldCutAMessageAtItsOwnBound() {
        assertThat(Limits.message("m".repeat(Limits.MESSAGE_CHARS))).hasSize(Limits.MESSAGE_CHARS);
        assertThat(Limits.message("m".repeat(Limits.MESSAGE_CHARS + 1))).endsWith("m… (1 more)");
    }

    @Test
    void shouldMeasureDataInBytes() {
        String frame = "{'k':''}";
        ObjectNode fits = json("{'k':'" + "x".repeat(Limits.DATA_BYTES - frame.length()) + "'}");
        assertThat(Limits.tooLarge(fits)).isFalse();
        fits.put("k", fits.get("k").textValue() + "x");
        assertThat(Limits.tooLarge(fits)).isTrue();
        assertThat(Limits.tooLarge(json("{'k':'" + "漢".repeat(Limits.DATA_BYTES / 3) + "'}")))
                .isTrue();
    }

    @Test
    void shouldKeepWhatDecidesOfDataThatIsTooLarge() {
        ObjectNode data = json("{'result':'fail','stop_release':1,'rollback_release':{'a':1},'other':'gone','message':'"
                + "m".repeat(5_000) + "'}");
        ObjectNode kept = Limits.essence(data);

        assertThat(kept.properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("result", "stop_release", "message");
        assertThat(kept.get("stop_release").intValue()).isEqualTo(1);
        assertThat(kept.get("message").textValue()).endsWith("… (904 more)");
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 0 ms",
        "0, 0 ms",
        "999, 999 ms",
        "1000, 1.0 s",
        "59940, 59.9 s",
        "60000, 1 min 0 s",
        "302000, 5 min 2 s",
        "3599999, 59 min 59 s",
        "3600000, 1 h 0 min",
        "86399999, 23 h 59 min",
        "86400000, 1 d 0 h",
        "187200000, 2 d 4 h"
    })
    void shouldTellDurationsAsPeopleReadThem(long millis, String text) {
        assertThat(Durations.text(Duration.ofMillis(millis))).isEqualTo(text);
    }
}

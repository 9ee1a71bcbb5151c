package io.jenkins.plugins.mdoq.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorReleaseTest {

    @ParameterizedTest
    @CsvSource({
        "success, success, false, false",
        "fail, fail, false, false",
        "stop, fail, true, false",
        "rollback, fail, false, true"
    })
    void shouldSayAllThatDecides(String word, String result, boolean stop, boolean rollback) {
        assertThat(OperatorRelease.of(word).data(" looks good ", "alice"))
                .hasToString("{\"result\":\"" + result + "\",\"stop_release\":" + stop + ",\"rollback_release\":"
                        + rollback + ",\"message\":\"looks good\"}");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "SUCCESS", "abort", " stop"})
    void shouldKnowNoOtherWord(String word) {
        assertThat(OperatorRelease.of(word)).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t"})
    void shouldNameTheOperatorWithoutAMessage(String message) {
        assertThat(OperatorRelease.STOP.data(message, "alice").get("message").textValue())
                .isEqualTo("released by alice");
    }

    @Test
    void shouldBoundTheMessage() {
        String message = OperatorRelease.FAIL
                .data("x".repeat(Limits.MESSAGE_CHARS + 1), "alice")
                .get("message")
                .textValue();

        assertThat(message).startsWith("xxx").endsWith("x… (1 more)");
    }
}

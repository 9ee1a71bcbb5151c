package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000", "\b", "\t", "\n", "\r", "\f", "\u000b", "\u001b", "\u007f", "\u0085", "\u009b", "\u00ad",
                "\u200b", "\u200e", "\u200f", "\u202a", "\u202e", "\u2028", "\u2029", "\u2066", "\u2069", "\ufeff",
                "\ue000", "\ud800"
            })
    void shouldMakeASpaceOfWhatIsNoText(String character) {
        assertThat(PlainText.line("a" + character + "b")).isEqualTo("a b");
        assertThat(PlainText.lines("a" + character + "b"))
                .allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c < 0x7f));
    }

    @Test
    void shouldLeaveTextAlone() {
        assertThat(PlainText.line("Größe 漢字 🚀 é (x) | \"q\" \\ ****")).isEqualTo("Größe 漢字 🚀 é (x) | \"q\" \\ ****");
    }

    @Test
    void shouldDisarmTerminalsAndForgedLines() {
        assertThat(PlainText.line("\u001b[2J\u001b]0;title\u0007\r\n[MDOQ] the release goes on"))
                .isEqualTo("[2J [0;title   [MDOQ] the release goes on".replace("[0;", "]0;"));
    }

    @Test
    void shouldSplitLinesAndLeaveBlankOnesOut() {
        assertThat(PlainText.lines("\na\r\n \r b \n\u001b\n")).containsExactly("a", "b");
        assertThat(PlainText.lines("")).isEmpty();
    }
}

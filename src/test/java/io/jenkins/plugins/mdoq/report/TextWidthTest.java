package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextWidthTest {

    private static final double SIZE = 10;

    private static double of(String text) {
        return TextWidth.of(text, SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i", "I", "l", ".", ",", ":", ";", "'", "|", "!", "(", ")", " "})
    void shouldTakeSomeCharactersForNarrow(String narrow) {
        assertThat(of(narrow)).isBetween(1.0, of("n") - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "M", "Z", "\u00c4", "\u0416", "m", "w", "…"})
    void shouldTakeCapitalLettersForBroad(String broad) {
        assertThat(of(broad)).isBetween(of("n") + 1, of("\u4f60") - 1);
    }

    /** A wide sign of Chinese, Japanese or Korean, and a picture. */
    @ParameterizedTest
    @ValueSource(strings = {"\u4f60", "\u3042", "\uac00", "\u1100", "\u115f", "\u2e80", "\ud83d\ude80"})
    void shouldTakeIdeographsAndPicturesForAsWideAsHigh(String wide) {
        assertThat(of(wide)).isBetween(SIZE, 1.1 * SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "0", "-", "_", "\u00e4", "\u05e9", "\u10ff", "\u1160", "\u2e7f"})
    void shouldTakeAllElseForOrdinary(String ordinary) {
        assertThat(of(ordinary)).isEqualTo(of("n"));
    }

    /** The accents of a letter, and a circle around it. */
    @ParameterizedTest
    @ValueSource(strings = {"e\u0301", "e\u0301\u0302", "e\u20dd"})
    void shouldGiveNoWidthToWhatStandsOverALetter(String text) {
        assertThat(of(text)).isEqualTo(of("e"));
    }

    @Test
    void shouldGrowWithTheTextAndWithItsFont() {
        assertThat(of("release-gate")).isEqualTo(of("release") + of("-gate"), Offset.offset(0.001));
        assertThat(TextWidth.of("gate", 20)).isEqualTo(2 * of("gate"), Offset.offset(0.001));
        assertThat(of("")).isZero();
    }

    @Test
    void shouldShowATextWholeWhereItFits() {
        assertThat(TextWidth.fit("release-gate", SIZE, of("release-gate"))).isEqualTo("release-gate");
        assertThat(TextWidth.fit("", SIZE, 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "release-gate",
        "change board of the bank",
        "\u4f60\u597d\u4f60\u597d",
        "\ud83d\ude80\ud83d\ude80\ud83d\ude80",
        "MMMMMM"
    })
    void shouldCutATextToItsPlaceAndShowNoMoreAndHardlyLess(String text) {
        for (double width = 0; width < of(text); width++) {
            String cut = TextWidth.fit(text, SIZE, width);

            assertThat(of(cut)).isLessThanOrEqualTo(width);
            if (!cut.isEmpty()) {
                String kept = cut.substring(0, cut.length() - 1);
                assertThat(cut).endsWith("…").doesNotContain(" …").hasSizeGreaterThan(1);
                assertThat(text).startsWith(kept);
                assertThat(Character.isHighSurrogate(cut.charAt(cut.length() - 2)))
                        .isFalse();
            }
            if (width > 4 * SIZE) {
                assertThat(of(cut)).as("at %s", width).isGreaterThan(width - 2.5 * SIZE);
            }
        }
    }

    @Test
    void shouldShowNothingWhereNotEvenTheBeginningFits() {
        assertThat(TextWidth.fit("release", SIZE, of("rnn") + 0.1)).isEqualTo("r…");
        assertThat(TextWidth.fit("release", SIZE, of("…"))).isEmpty();
    }
}

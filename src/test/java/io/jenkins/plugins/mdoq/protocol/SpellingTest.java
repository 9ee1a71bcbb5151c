package io.jenkins.plugins.mdoq.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "result, result",
        "result, resul",
        "result, resl",
        "result, resultat",
        "result, rasuld",
        "result, erult",
        "result, xyresult",
        "ab, cd",
        "a, ''",
        "'', ab"
    })
    void shouldTakeTwoEditsForASlip(String one, String other) {
        assertThat(Spelling.near(one, other)).isTrue();
        assertThat(Spelling.near(other, one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "result, res",
        "result, resultate",
        "result, rasold",
        "result, luser",
        "result, tluser",
        "abc, def",
        "abcd, badc",
        "'', abc",
        "stoprelease, storeleases12"
    })
    void shouldTakeMoreForAnotherWord(String one, String other) {
        assertThat(Spelling.near(one, other)).isFalse();
        assertThat(Spelling.near(other, one)).isFalse();
    }
}

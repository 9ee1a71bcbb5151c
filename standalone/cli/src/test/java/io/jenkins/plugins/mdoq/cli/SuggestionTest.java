package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> KNOWN =
            List.of("--rollback", "--rollback-on-failure", "--run", "--timeout", "--timestamps", "lockTimeoutMinutes");

    @ParameterizedTest
    @CsvSource({
        "--tiemout,--timeout",
        "--Timeout,--timeout",
        "-timeout,--timeout",
        "--rollbackOnFailure,--rollback-on-failure",
        "--rolback,--rollback",
        "--timest,--timestamps",
        "lock_timeout_minutes,lockTimeoutMinutes",
        "lockTimeout,lockTimeoutMinutes"
    })
    void shouldFindWhatIsMeant(String word, String meant) {
        assertThat(Suggestion.of(word, KNOWN)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"--fast", "--", "--time", "--rum", "x", "--ti"})
    void shouldNotGuessWhatMayBeAnythingOrNothing(String word) {
        assertThat(Suggestion.of(word, KNOWN)).isNull();
    }

    @Test
    void shouldFindNothingWhereNothingIsKnown() {
        assertThat(Suggestion.of("word", List.of())).isNull();
    }
}

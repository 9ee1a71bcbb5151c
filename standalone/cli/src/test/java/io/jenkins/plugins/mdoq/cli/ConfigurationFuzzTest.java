package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configuration files that fuzzing began with and found; how it is done stands in docs/security.md. */
class ConfigurationFuzzTest {

    static List<Path> inputs() throws Exception {
        Path folder = Path.of(ConfigurationFuzzTest.class
                .getResource("/fuzz/" + ConfigurationFuzz.class.getName())
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void shouldTakeEachInput(Path input) {
        assertThatCode(() -> ConfigurationFuzz.fuzzerTestOneInput(Files.readAllBytes(input)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldHaveInputs() throws Exception {
        assertThat(inputs()).hasSizeGreaterThan(5);
    }

    @Test
    void shouldSayThatATagCannotBeRead() {
        assertThatThrownBy(() -> ConfigurationReader.read("webhooks.yaml", "!oS)%e", Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("webhooks.yaml: this is not YAML: a tag, which begins with !, is none; leave it out");
    }
}

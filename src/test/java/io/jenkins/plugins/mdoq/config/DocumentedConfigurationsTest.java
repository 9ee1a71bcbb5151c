package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.config.DocumentedConfigurations.Example;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations as code in the pages name only what there is. A real controller loads them in another test. */
class DocumentedConfigurationsTest {

    private static final Pattern KEY = Pattern.compile("(?m)^ *(?:- )?(\\w+):");

    static List<Example> examples() throws IOException {
        return DocumentedConfigurations.all();
    }

    private static Set<String> known() {
        Set<String> known = new TreeSet<>(Set.of("unclassified", "location", "mdoqReleaseHook", "credentialsId"));
        Stream.of(
                        MdoqGlobalConfiguration.class,
                        WebhookConfiguration.class,
                        EventConfiguration.class,
                        SecretReference.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .map(method -> method.getName())
                .filter(name -> name.matches("(get|is)[A-Z].*"))
                .map(name -> name.replaceFirst("^(get|is)", ""))
                .forEach(
                        name -> known.add(name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1)));
        return known;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldNameOnlyWhatThereIs(Example example) {
        assertThat(KEY.matcher(example.text()).results().map(match -> match.group(1)))
                .isSubsetOf(known());
    }

    @Test
    void shouldFindTheConfigurationsOfThePages() throws Exception {
        assertThat(examples().stream().map(Example::page))
                .contains("README.md", "configuration.md", "getting-started.md");
        assertThat(known()).contains("blocking", "secrets").doesNotContain("block");
    }
}

package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {

    private static final Pattern FIELD = Pattern.compile("<f:entry[^>]* field=\"(\\w+)\"");

    @ParameterizedTest
    @ValueSource(
            classes = {
                MdoqGlobalConfiguration.class,
                WebhookConfiguration.class,
                EventConfiguration.class,
                SecretReference.class
            })
    void shouldHelpWithEveryField(Class<?> type) throws IOException {
        String form = resource(type, "config.jelly");

        assertThat(form).startsWith("<?jelly escape-by-default='true'?>");
        Matcher fields = FIELD.matcher(form);
        assertThat(fields.results()).isNotEmpty();
        fields.reset();
        while (fields.find()) {
            assertThat(resource(type, "help-" + fields.group(1) + ".html"))
                    .as(fields.group(1))
                    .startsWith("<div>");
        }
    }

    @Test
    void shouldPrintTheExampleThatIsTested() throws IOException {
        String example = Files.readString(Examples.docs().resolve("examples/configuration-as-code.yaml"));
        String page = Files.readString(Examples.docs().resolve("configuration.md"));

        assertThat(page).contains("```yaml\n" + example.substring(example.indexOf("unclassified:")) + "```");
    }

    private static String resource(Class<?> type, String name) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + "/" + name)) {
            assertThat(in).as(type.getSimpleName() + "/" + name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

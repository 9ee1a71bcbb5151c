package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.config.DocumentedConfigurations.Example;
import io.jenkins.plugins.mdoq.injenkins.AsCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Each configuration as code in the pages is loaded. */
@WithJenkins
class DocumentedConfigurationsInJenkinsTest {

    @TempDir
    private Path folder;

    static List<Example> examples() throws IOException {
        return DocumentedConfigurations.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldLoad(Example example, JenkinsRule j) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), example.text());

        AsCode.load(file);

        assertThat(MdoqGlobalConfiguration.get().engineWebhooks())
                .hasSize((int) example.text()
                        .lines()
                        .filter(line -> line.startsWith("      - name:"))
                        .count())
                .allSatisfy(webhook -> assertThat(webhook.name()).isNotEmpty());
    }
}

package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class ConfigurationRestartInJenkinsTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void shouldSurviveARestartAndStartWithAFileThatWasChangedByHand() throws Throwable {
        sessions.then(j -> {
            SecretTexts.put("one", "s3cret-1");
            MdoqGlobalConfiguration.get().setWebhooks(List.of(Examples.webhook("gate", "one")));
        });
        sessions.then(j -> {
            MdoqGlobalConfiguration configuration = MdoqGlobalConfiguration.get();
            assertThat(configuration.engineWebhooks()).extracting(Webhook::name).containsExactly("gate");
            assertThat(new ConfiguredWebhooks().all().match("s3cret-1")).isTrue();

            Path file = j.jenkins.getRootDir().toPath().resolve(configuration.getId() + ".xml");
            Files.writeString(file, Files.readString(file).replace("<tries>3", "<tries>0"));
        });
        sessions.then(j -> {
            MdoqGlobalConfiguration configuration = MdoqGlobalConfiguration.get();
            assertThat(configuration.getWebhooks()).hasSize(1);
            assertThatIllegalStateException()
                    .isThrownBy(configuration::engineWebhooks)
                    .withMessageContaining("webhook 'gate': tries is 0");
        });
    }
}

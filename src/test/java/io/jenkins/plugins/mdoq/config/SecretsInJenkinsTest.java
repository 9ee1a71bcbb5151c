package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class SecretsInJenkinsTest {

    private MdoqGlobalConfiguration configuration;

    @BeforeAll
    static void start(JenkinsRule rule) {
        assertThat(rule.jenkins).isNotNull();
    }

    @BeforeEach
    void putSecrets() throws Exception {
        configuration = MdoqGlobalConfiguration.get();
        configuration.setWebhooks(List.of());
        SecretTexts.remove("later");
        for (String id : List.of("one", "two", "three")) {
            SecretTexts.put(id, "secret-" + id);
        }
    }

    @Test
    void shouldKnowNoSecretWithoutWebhook() {
        assertThat(new ConfiguredWebhooks().all().isEmpty()).isTrue();
        assertThat(new ConfiguredWebhooks().secrets("gate", List.of()).isEmpty())
                .isTrue();
    }

    @Test
    void shouldPutTheSecretsOfTheFiringFirstAndAddThoseOfNow() {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "one", "two"), Examples.webhook("slack", "three")));

        assertThat(revealed(new ConfiguredWebhooks().secrets("gate", List.of("three", "one"))))
                .containsExactly("secret-three", "secret-one", "secret-two");
        assertThat(revealed(new ConfiguredWebhooks().secrets("slack", List.of())))
                .containsExactly("secret-three");
        assertThat(revealed(new ConfiguredWebhooks().all()))
                .containsExactly("secret-one", "secret-two", "secret-three");
    }

    @Test
    void shouldKnowTheSecretsOfAWebhookThatIsGoneFromTheConfiguration() {
        assertThat(revealed(new ConfiguredWebhooks().secrets("gone", List.of("two"))))
                .containsExactly("secret-two");
    }

    @Test
    void shouldLookTheSecretsUpAnewEachTime() throws Exception {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "one", "two")));

        SecretTexts.put("one", "rotated");
        SecretTexts.remove("two");

        assertThat(revealed(new ConfiguredWebhooks().all())).containsExactly("rotated");
    }

    @Test
    void shouldLeaveOutASecretThatCannotTravel() throws Exception {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "one", "two")));

        SecretTexts.put("one", "with space");

        assertThat(revealed(new ConfiguredWebhooks().all())).containsExactly("secret-two");
        assertThat(revealed(new ConfiguredWebhooks().secrets("gate", List.of("one"))))
                .containsExactly("secret-two");
    }

    @Test
    void shouldLeaveOutALineBreakAtTheEnd() throws Exception {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "one")));

        SecretTexts.put("one", "secret-one\r\n");

        assertThat(revealed(new ConfiguredWebhooks().all())).containsExactly("secret-one");
    }

    @Test
    void shouldTakeACredentialThatIsNotThereYet() throws Exception {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "later")));
        assertThat(new ConfiguredWebhooks().all().isEmpty()).isTrue();

        SecretTexts.put("later", "secret-later");

        assertThat(revealed(new ConfiguredWebhooks().all())).containsExactly("secret-later");
    }

    private static List<String> revealed(Secrets secrets) {
        return secrets.all().stream().map(SharedSecret::reveal).toList();
    }
}

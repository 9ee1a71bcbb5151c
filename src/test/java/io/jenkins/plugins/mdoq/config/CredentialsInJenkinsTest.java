package io.jenkins.plugins.mdoq.config;

import static io.jenkins.plugins.mdoq.config.ConfigurationChecksInJenkinsTest.message;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What credentials hold: never a reason to refuse the configuration, and checked where somebody chooses one. */
@WithJenkins
class CredentialsInJenkinsTest {

    private static JenkinsRule j;

    private MdoqGlobalConfiguration configuration;

    @BeforeAll
    static void start(JenkinsRule rule) {
        j = rule;
    }

    @BeforeEach
    void configureNothing() throws Exception {
        configuration = MdoqGlobalConfiguration.get();
        configuration.setWebhooks(List.of());
        SecretTexts.remove("unfit");
        SecretTexts.put("one", "s3cret-1");
    }

    @Test
    void shouldWarnOfASecretThatIsWeakAndOfALineBreakThatIsLeftOut() throws Exception {
        SecretReference.DescriptorImpl descriptor = j.jenkins.getDescriptorByType(SecretReference.DescriptorImpl.class);

        for (String weak : List.of("short", "whsec_no-key-at-all", "long-enough\n")) {
            SecretTexts.put("unfit", weak);
            FormValidation check = descriptor.doCheckCredentialsId("unfit", "MDOQ");
            assertThat(check.kind).as(weak).isEqualTo(FormValidation.Kind.WARNING);
            assertThat(check.getMessage()).startsWith("Credential ").doesNotContain(weak.strip());
        }
    }

    @Test
    void shouldCheckThatACredentialHoldsAUrl() throws Exception {
        WebhookDescriptor descriptor = j.jenkins.getDescriptorByType(WebhookDescriptor.class);

        SecretTexts.put("unfit", "https://chat.example.com/services/T0AB12CD3\n");
        assertThat(descriptor.doCheckUrlCredentialsId("unfit").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckUrlCredentialsId("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckUrl("", "unfit").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(message(descriptor.doCheckUrl("https://example.com/", "unfit")))
                .contains("the webhook has one URL");
        SecretTexts.put("unfit", "http://chat.example.com/services/T0AB12CD3");
        assertThat(descriptor.doCheckUrlCredentialsId("unfit").kind).isEqualTo(FormValidation.Kind.WARNING);
        SecretTexts.put("unfit", "T0AB12CD3");
        assertThat(message(descriptor.doCheckUrlCredentialsId("unfit")))
                .startsWith("Credential 'unfit': ")
                .doesNotContain("T0AB12CD3");
        assertThat(message(descriptor.doCheckUrlCredentialsId("gone"))).contains("There is no credential 'gone'");
        assertThat(descriptor.doFillUrlCredentialsIdItems("gone").stream().map(item -> item.value))
                .contains("", "gone", "one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "schl\u00fcssel", "broken\nline", "line-break-at-the-end\n"})
    void shouldSaveThePageWhateverACredentialHolds(String text) throws Exception {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "unfit")));
        SecretTexts.put("unfit", text);

        configuration.setWebhooks(List.of(Examples.webhook("gate", "unfit")));
        j.configRoundtrip();
        configuration.load();

        assertThat(configuration.engineWebhooks()).extracting(Webhook::name).containsExactly("gate");
        assertThat(new ConfiguredWebhooks().all().isEmpty()).isEqualTo(!text.startsWith("line-break"));
    }

    @Test
    void shouldKeepAWebhookWhoseUrlACredentialHolds() throws Exception {
        SecretTexts.put("unfit", "https://chat.example.com/services/T0AB12CD3");
        WebhookConfiguration webhook = new WebhookConfiguration("chat", "");
        webhook.setUrlCredentialsId("unfit");
        webhook.setSecrets(List.of(new SecretReference("one")));
        configuration.setWebhooks(List.of(webhook));

        j.configRoundtrip();

        assertThat(configuration.getWebhooks().get(0).getUrlCredentialsId()).isEqualTo("unfit");
        assertThat(new ConfiguredWebhooks().url("chat").url())
                .isEqualTo(URI.create("https://chat.example.com/services/T0AB12CD3"));
        assertThat(new ConfiguredWebhooks().url("gone").problem()).contains("there is no webhook 'gone' any more");
        SecretTexts.remove("unfit");
        assertThat(new ConfiguredWebhooks().url("chat").url()).isNull();
        assertThat(new ConfiguredWebhooks().url("chat").problem()).contains("there is no credential 'unfit'");
        assertThat(configuration.engineWebhooks()).hasSize(1);
    }
}

package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import java.util.List;
import jenkins.model.JenkinsLocationConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the fields of the form say while they are filled in. */
@WithJenkins
class ConfigurationChecksInJenkinsTest {

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
        configuration.setTrustedProxies(List.of());
        SecretTexts.remove("unfit");
        SecretTexts.put("one", "s3cret-1");
        SecretTexts.put("two", "s3cret-2");
    }

    @Test
    void shouldTellASecondWebhookOfTheSameNameFromTheRowItself() {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "one"), Examples.webhook("slack", "one")));
        WebhookDescriptor descriptor = j.jenkins.getDescriptorByType(WebhookDescriptor.class);

        assertThat(descriptor.doCheckName("gate", "gate").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckName("new", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(message(descriptor.doCheckName(" gate ", "slack"))).contains("There is a webhook of that name");
        assertThat(message(descriptor.doCheckName("gate", ""))).contains("There is a webhook of that name");
        assertThat(message(descriptor.doCheckName("a:b", ""))).contains("A webhook's name holds no colon");
    }

    @Test
    void shouldCheckTheFieldsOfAWebhook() {
        WebhookDescriptor descriptor = j.jenkins.getDescriptorByType(WebhookDescriptor.class);

        assertThat(descriptor.doCheckUrl("https://middleware.example.com/mdoq", "").kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckUrl("http://middleware.example.com/mdoq", "").kind)
                .isEqualTo(FormValidation.Kind.WARNING);
        assertThat(descriptor.doCheckUrl("middleware", "").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckTimeoutSeconds("3600").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(message(descriptor.doCheckTimeoutSeconds("3601")))
                .contains("The value is 3601; write a whole number from 1 to 3600");
        assertThat(descriptor.doCheckTries("100").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(message(descriptor.doCheckTries("many")))
                .contains("The value is no whole number; write one from 1 to 100");
        assertThat(descriptor.doCheckAllowFrom("192.0.2.7\n10.0.0.0/8").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckAllowFrom("192.0.2.7\n10.0.0.0/33").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckJobs("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(message(descriptor.doCheckJobs("shop/**\n/crm"))).contains("begins or ends with a slash");
        assertThat(configuration.doCheckTrustedProxies("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(configuration.doCheckTrustedProxies("proxy").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void shouldNotePatternsThatMatchNoJob() throws Exception {
        WebhookDescriptor descriptor = j.jenkins.getDescriptorByType(WebhookDescriptor.class);
        j.createFolder("shop").createProject(FreeStyleProject.class, "release");

        assertThat(descriptor.doCheckJobs("shop/*\n!Shop/REL*\n**/release").kind)
                .isEqualTo(FormValidation.Kind.OK);
        FormValidation note = descriptor.doCheckJobs("shop/*\nshop\n!crm/**");
        assertThat(note.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(note.getMessage()).isEqualTo("No job of this controller matches shop, !crm/**");
    }

    @Test
    void shouldOfferTheChoicesOfAnEventAndKeepOneThatIsNone() {
        EventDescriptor descriptor = j.jenkins.getDescriptorByType(EventDescriptor.class);

        assertThat(descriptor.doFillOnFailItems("FAIL").stream().map(item -> item.value))
                .containsExactly("CONTINUE", "UNSTABLE", "FAIL");
        assertThat(descriptor.doFillOnDeliveryErrorItems("").stream().map(item -> item.value))
                .containsExactly("FAIL", "CONTINUE");
        assertThat(descriptor.doFillOnLockTimeoutItems("PERHAPS").stream().map(item -> item.value))
                .containsExactly("FAIL", "STOP", "ROLLBACK", "UNSTABLE", "CONTINUE", "PERHAPS");
    }

    @Test
    void shouldCheckTheFieldsOfAnEvent() {
        EventDescriptor descriptor = j.jenkins.getDescriptorByType(EventDescriptor.class);

        assertThat(descriptor.doCheckEvent("beforeRelease").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckEvent(" ").kind).isEqualTo(FormValidation.Kind.ERROR);
        for (String valid : List.of("", "0", "90s", "2h")) {
            assertThat(descriptor.doCheckLockTimeout(valid).kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(descriptor.doCheckHeartbeat(valid).kind).isEqualTo(FormValidation.Kind.OK);
        }
        assertThat(descriptor.doCheckLockTimeout("-1").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckHeartbeat("30").getMessage()).contains("30s for seconds");
        assertThat(descriptor.doFillEventItems())
                .containsExactly(
                        "beforeRelease",
                        "beforeReleaseComplete",
                        "beforeReleaseCancelled",
                        "beforeReleaseCompleteCancelled",
                        "releaseEnded");
    }

    @Test
    void shouldWarnOfABlockingEventAsLongAsJenkinsDoesNotKnowItsUrl() {
        EventDescriptor descriptor = j.jenkins.getDescriptorByType(EventDescriptor.class);

        JenkinsLocationConfiguration.get().setUrl(null);
        assertThat(descriptor.doCheckBlocking(true, "beforeRelease", "").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(descriptor.doCheckBlocking(true, "releaseEnded", "").getMessage())
                .contains("The event release_ended only tells what happened, so it cannot block");
        assertThat(descriptor.doCheckBlocking(false, "beforeRelease", "").kind).isEqualTo(FormValidation.Kind.OK);
        JenkinsLocationConfiguration.get().setUrl("https://jenkins.example.com/");
        assertThat(descriptor.doCheckBlocking(true, "beforeRelease", "").kind).isEqualTo(FormValidation.Kind.OK);
        JenkinsLocationConfiguration.get().setUrl("http://localhost:8080/jenkins/");
        assertThat(descriptor.doCheckBlocking(true, "beforeRelease", "").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(descriptor.doCheckBlocking(true, "beforeRelease", "").getMessage())
                .contains("reaches this machine alone");
        assertThat(descriptor.doCheckBlocking(false, "beforeRelease", "").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void shouldCheckThatACredentialIsThereAndFit() throws Exception {
        SecretTexts.put("unfit", "with space");
        SecretReference.DescriptorImpl descriptor = j.jenkins.getDescriptorByType(SecretReference.DescriptorImpl.class);

        assertThat(descriptor.doCheckCredentialsId("one", "MDOQ").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(message(descriptor.doCheckCredentialsId("", "MDOQ"))).contains("Choose a credential");
        assertThat(message(descriptor.doCheckCredentialsId("gone", "MDOQ"))).contains("There is no credential 'gone'");
        assertThat(message(descriptor.doCheckCredentialsId("unfit", "MDOQ")))
                .contains("Credential 'unfit': character 5 of the secret is not visible ASCII")
                .doesNotContain("with space");
    }

    @Test
    void shouldOfferTheSecretTextsAndKeepTheOneThatIsGone() {
        SecretReference.DescriptorImpl descriptor = j.jenkins.getDescriptorByType(SecretReference.DescriptorImpl.class);

        assertThat(descriptor.doFillCredentialsIdItems("gone").stream().map(item -> item.value))
                .containsExactlyInAnyOrder("", "gone", "one", "two");
    }

    /** What a reader sees: the message of a check is escaped for the page that shows it. */
    static String message(FormValidation check) {
        assertThat(check.kind).isEqualTo(FormValidation.Kind.ERROR);
        return check.getMessage().replace("&#039;", "'");
    }
}

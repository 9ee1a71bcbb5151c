package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.JenkinsLocationConfiguration;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConfigurationFormInJenkinsTest {

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
    void shouldKeepEverythingThroughTheForm() throws Exception {
        EventConfiguration blocking = new EventConfiguration("beforeRelease");
        blocking.setBlocking(true);
        blocking.setLockTimeoutMinutes(90);
        blocking.setOnFail(OnFail.UNSTABLE);
        blocking.setOnDeliveryError(OnDeliveryError.CONTINUE);
        WebhookConfiguration full = Examples.webhook("gate <&\"'> Ü", "two", "one");
        full.setTimeoutSeconds(5);
        full.setTries(7);
        full.setSign(true);
        full.setAllowFrom(List.of("192.0.2.0/24", "2001:db8::/32"));
        full.setEvents(List.of(blocking, new EventConfiguration("Passed regression testing")));
        configuration.setWebhooks(List.of(full, Examples.webhook("plain", "one")));
        configuration.setTrustedProxies(List.of("10.0.0.0/8", "192.0.2.7"));
        List<Webhook> before = configuration.engineWebhooks();

        j.configRoundtrip();

        assertThat(configuration.engineWebhooks()).isEqualTo(before);
        assertThat(configuration.getTrustedProxies()).containsExactly("10.0.0.0/8", "192.0.2.7");
    }

    @Test
    void shouldKeepAnEmptyConfigurationThroughTheForm() throws Exception {
        j.configRoundtrip();

        assertThat(configuration.getWebhooks()).isEmpty();
        assertThat(configuration.getTrustedProxies()).isEmpty();
    }

    @Test
    void shouldForgetTheLastWebhookWhenItsRowIsRemoved() throws Exception {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "one")));
        HtmlForm form = form();

        delete(form, "Delete webhook");
        j.submit(form);

        assertThat(configuration.getWebhooks()).isEmpty();
    }

    @Test
    void shouldForgetTheLastEventAndTheLastOldSecretWhenTheirRowsAreRemoved() throws Exception {
        WebhookConfiguration webhook = Examples.webhook("gate", "two", "one");
        webhook.setEvents(List.of(new EventConfiguration("beforeRelease")));
        configuration.setWebhooks(List.of(webhook));
        HtmlForm form = form();

        delete(form, "Delete event");
        delete(form, "Delete secret");
        j.submit(form);

        Webhook saved = configuration.engineWebhooks().get(0);
        assertThat(saved.events()).isEmpty();
        assertThat(saved.secretIds()).containsExactly("one");
    }

    @Test
    void shouldSaveOnceForEachForm() throws Exception {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "one")));
        HtmlForm form = form();
        Saves saves = j.jenkins.getExtensionList(SaveableListener.class).get(Saves.class);
        saves.count.set(0);

        j.submit(form);

        assertThat(saves.count).hasValue(1);
    }

    @Test
    void shouldRefuseAFormWithAnInvalidWebhookAndKeepWhatIsSaved() throws Exception {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "one")));
        HtmlForm form = form();
        form.getInputsByName("_.url").stream()
                .filter(input -> input.getValue().equals("https://middleware.example.com/mdoq"))
                .findFirst()
                .orElseThrow()
                .setValue("middleware");

        HtmlPage answer = submitInvalid(form);

        assertThat(answer.asNormalizedText())
                .contains("webhook 'gate': url: a webhook's URL begins with http:// or https://");
        assertThat(configuration.getWebhooks().get(0).getUrl()).isEqualTo("https://middleware.example.com/mdoq");
    }

    @Test
    void shouldRefuseAFormWithTextInsteadOfANumber() throws Exception {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(List.of(new EventConfiguration("beforeRelease")));
        configuration.setWebhooks(List.of(webhook));
        HtmlForm form = form();
        form.getInputByName("_.lockTimeoutMinutes").setValue("1.5");

        HtmlPage answer = submitInvalid(form);

        assertThat(answer.asNormalizedText())
                .contains("lockTimeoutMinutes is no whole number; write one from 0 to 5256000");
    }

    @Test
    void shouldRefuseAFormWithAnInvalidProxy() throws Exception {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "one")));
        HtmlForm form = form();
        form.getTextAreaByName("_.trustedProxies").setText("10.0.0.0/8\nproxy.example.com");

        HtmlPage answer = submitInvalid(form);

        assertThat(answer.asNormalizedText()).contains("trustedProxies: 'proxy.example.com' is not an address range");
        assertThat(configuration.getTrustedProxies()).isEmpty();
    }

    @Test
    void shouldTellASecondWebhookOfTheSameNameFromTheRowItself() {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "one"), Examples.webhook("slack", "one")));
        WebhookConfiguration.DescriptorImpl descriptor =
                j.jenkins.getDescriptorByType(WebhookConfiguration.DescriptorImpl.class);

        assertThat(descriptor.doCheckName("gate", "gate").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckName("new", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(message(descriptor.doCheckName(" gate ", "slack"))).contains("There is a webhook of that name");
        assertThat(message(descriptor.doCheckName("gate", ""))).contains("There is a webhook of that name");
        assertThat(message(descriptor.doCheckName("a:b", ""))).contains("A webhook's name holds no colon");
    }

    @Test
    void shouldCheckTheFieldsOfAWebhook() {
        WebhookConfiguration.DescriptorImpl descriptor =
                j.jenkins.getDescriptorByType(WebhookConfiguration.DescriptorImpl.class);

        assertThat(descriptor.doCheckUrl("https://middleware.example.com/mdoq").kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckUrl("http://middleware.example.com/mdoq").kind)
                .isEqualTo(FormValidation.Kind.WARNING);
        assertThat(descriptor.doCheckUrl("middleware").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckTimeoutSeconds("3600").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(message(descriptor.doCheckTimeoutSeconds("3601")))
                .contains("The value is 3601; write a whole number from 1 to 3600");
        assertThat(descriptor.doCheckTries("100").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(message(descriptor.doCheckTries("many")))
                .contains("The value is no whole number; write one from 1 to 100");
        assertThat(descriptor.doCheckAllowFrom("192.0.2.7\n10.0.0.0/8").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckAllowFrom("192.0.2.7\n10.0.0.0/33").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(configuration.doCheckTrustedProxies("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(configuration.doCheckTrustedProxies("proxy").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void shouldCheckTheFieldsOfAnEvent() {
        EventConfiguration.DescriptorImpl descriptor =
                j.jenkins.getDescriptorByType(EventConfiguration.DescriptorImpl.class);

        assertThat(descriptor.doCheckEvent("beforeRelease").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckEvent(" ").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckLockTimeoutMinutes("0").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckLockTimeoutMinutes("-1").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doFillEventItems()).containsExactly("beforeRelease", "beforeReleaseComplete");
    }

    @Test
    void shouldWarnOfABlockingEventAsLongAsJenkinsDoesNotKnowItsUrl() {
        EventConfiguration.DescriptorImpl descriptor =
                j.jenkins.getDescriptorByType(EventConfiguration.DescriptorImpl.class);

        JenkinsLocationConfiguration.get().setUrl(null);
        assertThat(descriptor.doCheckBlocking(true).kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(descriptor.doCheckBlocking(false).kind).isEqualTo(FormValidation.Kind.OK);
        JenkinsLocationConfiguration.get().setUrl("https://jenkins.example.com/");
        assertThat(descriptor.doCheckBlocking(true).kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void shouldCheckThatACredentialIsThereAndFit() throws Exception {
        SecretTexts.put("unfit", "with space");
        SecretReference.DescriptorImpl descriptor = j.jenkins.getDescriptorByType(SecretReference.DescriptorImpl.class);

        assertThat(descriptor.doCheckCredentialsId("one").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(message(descriptor.doCheckCredentialsId(""))).contains("Choose a credential");
        assertThat(message(descriptor.doCheckCredentialsId("gone"))).contains("There is no credential 'gone'");
        assertThat(message(descriptor.doCheckCredentialsId("unfit")))
                .contains("Credential 'unfit': character 5 of the secret is not visible ASCII")
                .doesNotContain("with space");
    }

    @Test
    void shouldOfferTheSecretTextsAndKeepTheOneThatIsGone() {
        SecretReference.DescriptorImpl descriptor = j.jenkins.getDescriptorByType(SecretReference.DescriptorImpl.class);

        assertThat(descriptor.doFillCredentialsIdItems("gone").stream().map(item -> item.value))
                .containsExactlyInAnyOrder("", "gone", "one", "two");
    }

    @Test
    void shouldRefuseAnInvalidWebhookFromAScriptAndKeepWhatWasThere() throws Exception {
        configuration.setWebhooks(List.of(Examples.webhook("gate", "one")));
        WebhookConfiguration invalid = Examples.webhook("other", "one");
        invalid.setTries(0);

        assertThatThrownBy(() -> configuration.setWebhooks(List.of(invalid)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("webhook 'other': tries is 0; write a whole number from 1 to 100");
        assertThatThrownBy(() -> configuration.setTrustedProxies(List.of("proxy")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("trustedProxies: 'proxy' is not an address range");
        SecretTexts.put("unfit", "with space");
        assertThatThrownBy(() -> configuration.setWebhooks(List.of(Examples.webhook("gate", "unfit"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("credential 'unfit': character 5")
                .hasMessageNotContaining("with space");

        assertThat(configuration.engineWebhooks()).extracting(Webhook::name).containsExactly("gate");
        assertThat(configuration.engineWebhooks().get(0).secretIds()).containsExactly("one");
    }

    /** What a reader sees: the message of a check is escaped for the page that shows it. */
    private static String message(FormValidation check) {
        assertThat(check.kind).isEqualTo(FormValidation.Kind.ERROR);
        return check.getMessage().replace("&#039;", "'");
    }

    private HtmlForm form() throws Exception {
        return j.createWebClient().goTo("manage/configure").getFormByName("config");
    }

    private static void delete(HtmlForm form, String what) throws Exception {
        HtmlButton button = form.getByXPath(".//button[contains(@class, 'repeatable-delete')]").stream()
                .map(HtmlButton.class::cast)
                .filter(candidate -> candidate.getTextContent().strip().equals(what))
                .filter(candidate ->
                        candidate.getFirstByXPath("ancestor::*[contains(@class, 'to-be-removed')]") == null)
                .findFirst()
                .orElseThrow();
        button.click();
        button.getPage().getWebClient().waitForBackgroundJavaScript(10_000);
    }

    private HtmlPage submitInvalid(HtmlForm form) throws Exception {
        form.getPage().getWebClient().getOptions().setThrowExceptionOnFailingStatusCode(false);
        HtmlPage answer = j.submit(form);
        assertThat(answer.getWebResponse().getStatusCode()).isGreaterThanOrEqualTo(400);
        return answer;
    }

    @TestExtension
    public static class Saves extends SaveableListener {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof MdoqGlobalConfiguration) {
                count.incrementAndGet();
            }
        }
    }
}

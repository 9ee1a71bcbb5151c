package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.injenkins.SecretTexts;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
        blocking.setBlocking("true");
        blocking.setLockTimeout("90m");
        blocking.setHeartbeat("5m");
        blocking.setOnLockTimeout("STOP");
        blocking.setOnFail("UNSTABLE");
        blocking.setOnDeliveryError("CONTINUE");
        WebhookConfiguration full = Examples.webhook("gate <&\"'> Ü", "two", "one");
        full.setTimeoutSeconds(5);
        full.setTries(7);
        full.setSign("true");
        full.setAllowFrom(List.of("192.0.2.0/24", "2001:db8::/32"));
        full.setJobs(List.of("shop/**", "!shop/my sandbox/**"));
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
    void shouldRefuseAFormWithADurationWithoutAUnit() throws Exception {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(List.of(new EventConfiguration("beforeRelease")));
        configuration.setWebhooks(List.of(webhook));
        HtmlForm form = form();
        form.getInputByName("_.lockTimeout").setValue("30");

        HtmlPage answer = submitInvalid(form);

        assertThat(answer.asNormalizedText())
                .contains(
                        "lockTimeout is 30, a number without a unit; write 30s for seconds, 30m for minutes or 30h for hours");
    }

    @Test
    void shouldStillTakeAFormThatGivesTheLockTimeoutInMinutes() throws Exception {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(List.of(new EventConfiguration("beforeRelease")));
        configuration.setWebhooks(List.of(webhook));
        HtmlForm form = form();
        form.getInputByName("_.lockTimeout").setAttribute("name", "_.lockTimeoutMinutes");
        form.getInputByName("_.lockTimeoutMinutes").setValue("90");

        j.submit(form);

        assertThat(configuration.getWebhooks().get(0).getEvents().get(0).getLockTimeout())
                .isEqualTo("90m");
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

        assertThat(configuration.engineWebhooks()).extracting(Webhook::name).containsExactly("gate");
        assertThat(configuration.engineWebhooks().get(0).secretIds()).containsExactly("one");
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

package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a webhook as it is written down, and what to write instead. */
class WebhookProblemsTest {

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"   ", "a:b", "a\tb"})
    void shouldRefuseANameThatIsNone(String name) {
        WebhookConfiguration webhook = new WebhookConfiguration(name, "https://middleware.example.com/mdoq");

        assertThat(webhook.problem()).startsWith("webhook '").contains("name").doesNotContain("\n");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {"middleware", "ftp://middleware/mdoq", "https://user:word@middleware/mdoq", "https:///mdoq"})
    void shouldRefuseAUrlThatIsNone(String url) {
        assertThat(new WebhookConfiguration("gate", url).problem()).startsWith("webhook 'gate': url: ");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "3601"})
    void shouldRefuseATimeoutOutOfBounds(int seconds) {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setTimeoutSeconds(seconds);

        assertThat(webhook.problem())
                .isEqualTo("webhook 'gate': timeoutSeconds is " + seconds + "; write a whole number from 1 to 3600");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "101"})
    void shouldRefuseTriesOutOfBounds(int tries) {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setTries(tries);

        assertThat(webhook.problem())
                .isEqualTo("webhook 'gate': tries is " + tries + "; write a whole number from 1 to 100");
    }

    @Test
    void shouldRefuseWhatWasTypedInsteadOfANumber() {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setTries(null);
        assertThat(webhook.problem()).isEqualTo("webhook 'gate': tries is no whole number; write one from 1 to 100");
        webhook.setTimeoutSeconds(null);
        assertThat(webhook.problem())
                .isEqualTo("webhook 'gate': timeoutSeconds is no whole number; write one from 1 to 3600");

        EventConfiguration event = new EventConfiguration("beforeRelease");
        event.setLockTimeoutMinutes(null);
        assertThat(event.problem())
                .isEqualTo("event 'beforeRelease': lockTimeoutMinutes is no whole number; write one from 0 to 5256000");
    }

    @Test
    void shouldRefuseAnAddressRangeThatIsNone() {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setAllowFrom(List.of("192.0.2.7 10.0.0.0/33"));

        assertThat(webhook.problem()).startsWith("webhook 'gate': allowFrom: '10.0.0.0/33' is not an address range;");
    }

    @Test
    void shouldRefuseAWebhookWithoutSecret() {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setSecrets(List.of());
        assertThat(webhook.problem())
                .isEqualTo("webhook 'gate': it has no secret; choose a credential of the kind Secret text");

        webhook.setSecrets(List.of(new SecretReference("one"), new SecretReference(" ")));
        assertThat(webhook.problem())
                .isEqualTo("webhook 'gate': secrets: a row names no credential;"
                        + " choose one of the kind Secret text, or remove the row");
        assertThat(webhook.secretIds())
                .as("what redaction and locks need of an invalid webhook")
                .containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before_release", "Before Release", "BeforeRelease"})
    void shouldRefuseAnEventThatIsThereTwiceInWhateverSpelling(String again) {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(List.of(new EventConfiguration("beforeRelease"), new EventConfiguration(again)));

        assertThat(webhook.problem())
                .isEqualTo("webhook 'gate': event '" + again + "': it is there twice; keep one of the two rows");
    }

    @Test
    void shouldRefuseTwoWebhooksOfOneName() {
        assertThat(WebhookProblems.of(List.of(Examples.webhook("a", "one"), Examples.webhook("b", "one"))))
                .isNull();
        assertThat(WebhookProblems.of(List.of(
                        Examples.webhook("a", "one"), Examples.webhook("b", "one"), Examples.webhook("a", "one"))))
                .isEqualTo("webhook 'a': the name is there twice; give each webhook one of its own");
    }

    @Test
    void shouldHaveExactlyOneUrl() {
        WebhookConfiguration neither = new WebhookConfiguration("gate", null);
        neither.setSecrets(List.of(new SecretReference("one")));
        assertThat(neither.problem()).startsWith("webhook 'gate': url: a webhook needs a URL");

        neither.setUrlCredentialsId(" gate-url ");
        assertThat(neither.problem())
                .as("what the credential holds is no part of the configuration")
                .isNull();
        assertThat(neither.getUrlCredentialsId()).isEqualTo("gate-url");
        neither.setUrlCredentialsId(" ");
        assertThat(neither.getUrlCredentialsId()).isEmpty();

        WebhookConfiguration both = Examples.webhook("gate", "one");
        both.setUrlCredentialsId("gate-url");
        assertThat(both.problem())
                .isEqualTo(
                        "webhook 'gate': it has both url and urlCredentialsId; keep one of them, the credential if the"
                                + " URL is a secret");
    }

    @Test
    void shouldRefuseWhatAFormatDoesNotHave() {
        EventConfiguration event = new EventConfiguration("beforeRelease");
        event.setBlocking("true");
        WebhookConfiguration chat = Examples.webhook("chat", "one");
        chat.setFormat("TEAMS");
        chat.setEvents(List.of(event));

        assertThat(chat.problem())
                .isEqualTo(
                        "webhook 'chat': event 'beforeRelease': a webhook of the format TEAMS only hears what happens,"
                                + " so it has no blocking; leave blocking out, or write format: MDOQ");
        event.setBlocking("false");
        assertThat(chat.problem()).isNull();
        chat.setSign("true");
        assertThat(chat.problem())
                .isEqualTo("webhook 'chat': a webhook of the format TEAMS only hears what happens, so it has no sign;"
                        + " leave sign out, or write format: MDOQ");
    }

    @Test
    void shouldRefuseWhatIsNoPatternOfJobs() {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setJobs(List.of("shop/**", "/crm"));
        assertThat(webhook.problem()).startsWith("webhook 'gate': jobs: '/crm' begins or ends with a slash");

        webhook.setJobs(List.of("shop/**", " "));
        assertThat(webhook.problem())
                .startsWith("webhook 'gate': jobs: a pattern of jobs is blank, as one from a variable");
        assertThat(webhook.lacksValue()).isTrue();
    }
}

package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.JobPatterns;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookConfigurationTest {

    @Test
    void shouldHaveTheDocumentedDefaults() {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(List.of(new EventConfiguration("beforeRelease")));

        assertThat(webhook.problem()).isNull();
        assertThat(webhook.webhook())
                .isEqualTo(new Webhook(
                        "gate",
                        WebhookUrl.of(URI.create("https://middleware.example.com/mdoq")),
                        List.of("one"),
                        Duration.ofSeconds(60),
                        3,
                        false,
                        List.of(),
                        List.of(EventSettings.of(ReleaseEvent.BEFORE_RELEASE))));
    }

    @Test
    void shouldHandEverySettingToTheEngine() {
        EventConfiguration event = new EventConfiguration(" Passed regression testing ");
        event.setBlocking("true");
        event.setLockTimeout(" 90m ");
        event.setHeartbeat("5m");
        event.setOnLockTimeout("ROLLBACK");
        event.setOnFail("UNSTABLE");
        event.setOnDeliveryError("CONTINUE");
        WebhookConfiguration webhook = new WebhookConfiguration(" gate ", " http://localhost:8080/mdoq ");
        webhook.setSecrets(
                List.of(new SecretReference(" two "), new SecretReference("one"), new SecretReference("two")));
        webhook.setTimeoutSeconds(5);
        webhook.setTries(7);
        webhook.setSign("true");
        webhook.setAllowFrom(List.of("192.0.2.0/24\r\n  2001:db8::/32", "192.0.2.7,"));
        webhook.setEvents(List.of(event));

        assertThat(webhook.problem()).isNull();
        assertThat(webhook.webhook())
                .isEqualTo(new Webhook(
                        "gate",
                        WebhookUrl.of(URI.create("http://localhost:8080/mdoq")),
                        List.of("two", "one"),
                        Duration.ofSeconds(5),
                        7,
                        true,
                        List.of("192.0.2.0/24", "2001:db8::/32", "192.0.2.7"),
                        List.of(new EventSettings(
                                ReleaseEvent.of("Passed regression testing"),
                                true,
                                Duration.ofMinutes(90),
                                OnFail.UNSTABLE,
                                OnDeliveryError.CONTINUE,
                                Duration.ofMinutes(5),
                                OnLockTimeout.ROLLBACK))));
        assertThat(webhook.getAllowFromText()).isEqualTo("192.0.2.0/24\n2001:db8::/32\n192.0.2.7");
    }

    @Test
    void shouldTakeNullForWhatAnEmptyListOrAnOmittedChoiceArrivesAs() {
        EventConfiguration event = new EventConfiguration("beforeRelease");
        event.setOnFail(null);
        event.setLockTimeout(null);
        event.setHeartbeat(null);
        event.setOnLockTimeout(null);
        event.setOnDeliveryError(null);
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setAllowFrom(null);
        webhook.setEvents(null);

        assertThat(webhook.problem()).isNull();
        assertThat(webhook.webhook().events()).isEmpty();
        assertThat(event.settings()).isEqualTo(EventSettings.of(ReleaseEvent.BEFORE_RELEASE));
        webhook.setSecrets(null);
        assertThat(webhook.getSecrets()).isEmpty();
    }

    @Test
    @DisplayName("protocol: more events — who holds a lock and is not told that it is given up is named")
    void shouldNameWhatAnEndpointThatHoldsALockDoesNotHear() {
        EventConfiguration blocking = new EventConfiguration("beforeRelease");
        blocking.setBlocking("true");
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(List.of(blocking, new EventConfiguration("beforeReleaseComplete")));
        assertThat(webhook.getHints())
                .containsExactly(
                        "gate holds a lock on before_release and does not listen to before_release_cancelled, so"
                                + " it is not told when that lock is given up; add the event before_release_cancelled if the"
                                + " endpoint knows what to do with it");

        webhook.setEvents(List.of(blocking, new EventConfiguration("Before Release Cancelled")));
        assertThat(webhook.getHints()).isEmpty();
        webhook.setTries(null);
        assertThat(webhook.getHints()).as("what is wrong is said elsewhere").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "yes", "1", "${BLOCKS}"})
    void shouldTakeNothingButTrueForTrueAndNothingButFalseForFalse(String written) {
        EventConfiguration event = new EventConfiguration("beforeRelease");
        event.setBlocking(written);
        assertThat(event.problem())
                .isEqualTo("event 'beforeRelease': blocking is '" + written + "'; write true or false");
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setSign(written);
        assertThat(webhook.problem()).endsWith("sign is '" + written + "'; write true or false");
        event.setBlocking(" True ");
        assertThat(event.problem()).isNull();
        assertThat(event.settings().blocking()).isTrue();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"   "})
    void shouldNotTakeABlankRangeForAnyAddress(String blank) {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setAllowFrom(Arrays.asList(blank, "192.0.2.7"));

        assertThat(webhook.getAllowFrom()).containsExactly("(not-set)", "192.0.2.7");
        assertThat(webhook.problem())
                .isEqualTo("webhook 'gate': allowFrom: a range is blank, as one from a variable that is not set;"
                        + " write one such as 192.0.2.0/24, or leave allowFrom out to allow every address");
        assertThat(webhook.lacksValue()).isTrue();
        webhook.setAllowFrom(List.of());
        assertThat(webhook.problem()).isNull();
        assertThat(webhook.lacksValue()).isFalse();
    }

    @Test
    void shouldNotLetTheCallersListChangeIt() {
        EventConfiguration[] events = {new EventConfiguration("beforeRelease")};
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(Arrays.asList(events));
        events[0] = new EventConfiguration("");

        assertThat(webhook.problem()).isNull();
    }

    @Test
    void shouldHaveAFormatThatNeedsNoSecret() {
        WebhookConfiguration chat = new WebhookConfiguration("chat", "https://chat.example.com/services/T0AB12CD3");
        chat.setFormat(" slack ");
        chat.setSecrets(List.of(new SecretReference("")));
        chat.setEvents(List.of(new EventConfiguration("beforeRelease")));

        assertThat(chat.problem())
                .as("the row that the form begins with is no mistake")
                .isNull();
        assertThat(chat.getFormat()).isEqualTo("SLACK");
        assertThat(chat.webhook().format()).isEqualTo("SLACK");
        assertThat(chat.webhook().secretIds()).isEmpty();
        for (String protocol : new String[] {"MDOQ", "mdoq", "", null}) {
            chat.setFormat(protocol);
            assertThat(chat.getFormat()).isEqualTo("MDOQ");
            assertThat(chat.webhook().format()).isNull();
            assertThat(chat.problem()).contains("secrets: a row names no credential");
        }
    }

    @Test
    @DisplayName("protocol: which releases — the jobs of a webhook, a line each, all by default")
    void shouldHandThePatternsOfJobsToTheEngine() {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        assertThat(webhook.webhook().jobs()).isEqualTo(JobPatterns.ALL);
        webhook.setJobs(List.of(" shop/**\r\n\r\n!shop/my sandbox/** ", "crm/*"));

        assertThat(webhook.problem()).isNull();
        assertThat(webhook.webhook().jobs().patterns()).containsExactly("shop/**", "!shop/my sandbox/**", "crm/*");
        assertThat(webhook.getJobsText()).isEqualTo("shop/**\n!shop/my sandbox/**\ncrm/*");
        webhook.setJobs(null);
        assertThat(webhook.getJobs()).isEmpty();
    }
}

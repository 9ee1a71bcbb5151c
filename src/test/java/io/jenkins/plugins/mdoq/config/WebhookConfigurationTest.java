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
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @ValueSource(strings = {"releaseEnded", "beforeReleaseCancelled"})
    void shouldRefuseToBlockOnWhatOnlyTells(String name) {
        EventConfiguration event = new EventConfiguration(name);
        assertThat(event.problem()).isNull();
        event.setBlocking("true");
        assertThat(event.problem()).contains("only tells what happened, so it cannot block; leave blocking out");
    }

    @ParameterizedTest
    @CsvSource({"90, 90, 90m", "1440, 1440, 1d", "0, 0, 0"})
    void shouldStillReadALockTimeoutInMinutes(int written, int minutes, String shown) {
        EventConfiguration event = new EventConfiguration("beforeRelease");
        event.setBlocking("true");
        event.setLockTimeoutMinutes(written);

        assertThat(event.problem()).isNull();
        assertThat(event.settings().lockTimeout()).isEqualTo(Duration.ofMinutes(minutes));
        assertThat(event.getLockTimeout()).isEqualTo(shown);
        assertThat(event.getLockTimeoutMinutes()).as("shown once").isNull();
    }

    @Test
    void shouldRefuseALockTimeoutThatIsGivenTwice() {
        EventConfiguration event = new EventConfiguration("beforeRelease");
        event.setLockTimeoutMinutes(0);
        event.setLockTimeout("30m");

        assertThat(event.problem())
                .isEqualTo(
                        "event 'beforeRelease': lockTimeout and lockTimeoutMinutes are both set; keep lockTimeout alone");
    }

    @Test
    void shouldRefuseDurationsWithoutAUnit() {
        EventConfiguration event = new EventConfiguration("beforeRelease");
        event.setHeartbeat("90");
        assertThat(event.problem())
                .isEqualTo(
                        "event 'beforeRelease': heartbeat is 90, a number without a unit; write 90s for seconds, 90m for"
                                + " minutes or 90h for hours");
        event.setLockTimeout("soon");
        assertThat(event.problem())
                .isEqualTo(
                        "event 'beforeRelease': lockTimeout is 'soon'; write a whole number and its unit, such as 90s, 30m,"
                                + " 2h or 1d, or 0 for none");
    }

    @ParameterizedTest
    @CsvSource({"-1", "5256001"})
    void shouldRefuseALockTimeoutOutOfBounds(int minutes) {
        EventConfiguration event = new EventConfiguration("beforeRelease");
        event.setLockTimeoutMinutes(minutes);
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(List.of(event));

        assertThat(webhook.problem())
                .isEqualTo("webhook 'gate': event 'beforeRelease': lockTimeoutMinutes is " + minutes
                        + "; write a whole number from 0 to 5256000");
    }

    @Test
    void shouldRefuseAnAddressRangeThatIsNone() {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setAllowFrom(List.of("192.0.2.7 10.0.0.0/33"));

        assertThat(webhook.problem()).startsWith("webhook 'gate': allowFrom: '10.0.0.0/33' is not an address range;");
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
    @NullAndEmptySource
    @ValueSource(strings = {"   ", "a\u0007b"})
    void shouldRefuseAnEventWithoutName(String event) {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(List.of(new EventConfiguration(event)));

        assertThat(webhook.problem()).contains("an event needs a name");
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
    void shouldNotLetTheCallersListChangeIt() {
        EventConfiguration[] events = {new EventConfiguration("beforeRelease")};
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(Arrays.asList(events));
        events[0] = new EventConfiguration("");

        assertThat(webhook.problem()).isNull();
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

    private static WebhookConfiguration with(Consumer<EventConfiguration> change) {
        EventConfiguration event = new EventConfiguration("beforeRelease");
        change.accept(event);
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(List.of(event));
        return webhook;
    }

    @Test
    void shouldSayWhatToWriteInsteadOfAChoiceThatIsNone() {
        assertThat(with(event -> event.setOnFail("PERHAPS")).problem())
                .isEqualTo(
                        "webhook 'gate': event 'beforeRelease': onFail is 'PERHAPS'; write one of CONTINUE, UNSTABLE,"
                                + " FAIL");
        assertThat(with(event -> event.setOnDeliveryError("STOP")).problem())
                .isEqualTo(
                        "webhook 'gate': event 'beforeRelease': onDeliveryError is 'STOP'; write one of FAIL, CONTINUE");
        assertThat(with(event -> event.setOnLockTimeout("x".repeat(100))).problem())
                .startsWith("webhook 'gate': event 'beforeRelease': onLockTimeout is 'xxx")
                .endsWith("(40 more)'; write one of FAIL, STOP, ROLLBACK, UNSTABLE, CONTINUE");
    }

    @Test
    void shouldTakeAChoiceInLowerCase() {
        WebhookConfiguration webhook = with(event -> event.setOnFail(" unstable "));

        assertThat(webhook.problem()).isNull();
        assertThat(webhook.getEvents().get(0).getOnFail()).isEqualTo("UNSTABLE");
        assertThat(webhook.webhook().events().get(0).onFail()).isEqualTo(OnFail.UNSTABLE);
    }

    @Test
    void shouldTakeNoChoiceThatIsBlankForTheDefault() {
        for (Consumer<EventConfiguration> blank : List.<Consumer<EventConfiguration>>of(
                event -> event.setOnFail(""),
                event -> event.setOnDeliveryError(" "),
                event -> event.setOnLockTimeout(""))) {
            assertThat(with(blank).problem()).contains("; write one of ");
            assertThat(with(blank).lacksValue())
                    .as("as from a variable that is not set")
                    .isTrue();
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

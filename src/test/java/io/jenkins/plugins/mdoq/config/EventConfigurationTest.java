package io.jenkins.plugins.mdoq.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.protocol.OnFail;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of an event as they are written down, and what is wrong with them. */
class EventConfigurationTest {

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

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"   ", "a\u0007b"})
    void shouldRefuseAnEventWithoutName(String event) {
        WebhookConfiguration webhook = Examples.webhook("gate", "one");
        webhook.setEvents(List.of(new EventConfiguration(event)));

        assertThat(webhook.problem()).contains("an event needs a name");
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
}

package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    @ParameterizedTest
    @ValueSource(strings = {"release-gate", "Größe 漢字", "a", "with space", "slash/and#hash"})
    void shouldAcceptAName(String name) {
        assertThat(Webhook.nameError(name)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"a:b, no colon", ":b, no colon", "' ', needs a name", "'', needs a name", ", needs a name"})
    void shouldSayWhatIsWrongWithAName(String name, String problem) {
        assertThat(Webhook.nameError(name)).contains(problem).doesNotContain("\n");
    }

    @Test
    void shouldRefuseNamesThatAreTooLongOrHoldControlCharacters() {
        assertThat(Webhook.nameError("n".repeat(100))).isNull();
        assertThat(Webhook.nameError("n".repeat(101))).contains("over 100 characters");
        assertThat(Webhook.nameError("a\nb")).contains("no control characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8099/hook", "https://middleware.example.com/mdoq?a=b", "HTTPS://[::1]/"})
    void shouldAcceptAUrl(String url) {
        assertThat(Webhook.urlError(url)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        ", needs a URL",
        "'', needs a URL",
        "not a url, not a URL",
        "ftp://host/, begins with http",
        "middleware.example.com, begins with http",
        "http:///path, names no host",
        "http://user:password@host/, user name or password"
    })
    void shouldSayWhatIsWrongWithAUrl(String url, String problem) {
        assertThat(Webhook.urlError(url)).contains(problem).doesNotContain("password@");
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "100, true", "101, false", "-1, false"})
    void shouldBoundNumbers(long value, boolean fine) {
        String problem = Webhook.numberError("tries", value, 1, Webhook.MAX_TRIES);
        if (fine) {
            assertThat(problem).isNull();
        } else {
            assertThat(problem).isEqualTo("tries is " + value + "; write a whole number from 1 to 100");
        }
    }

    private static EventSettings settings(String event, boolean blocking) {
        EventSettings usual = EventSettings.of(ReleaseEvent.of(event));
        return new EventSettings(
                usual.event(),
                blocking,
                usual.lockTimeout(),
                usual.onFail(),
                usual.onDeliveryError(),
                usual.heartbeat(),
                usual.onLockTimeout());
    }

    private static List<String> hints(String format, EventSettings... events) {
        return new Webhook(
                        "gate",
                        WebhookUrl.of(URI.create("http://127.0.0.1/")),
                        List.of(),
                        Duration.ofSeconds(60),
                        3,
                        false,
                        List.of(),
                        List.of(events),
                        format,
                        JobPatterns.ALL)
                .hints();
    }

    @Test
    @DisplayName("protocol: more events — who holds a lock and is not told when it is given up")
    void shouldHintAtALockWhoseEndIsNotHeardOf() {
        assertThat(hints(null, settings("beforeRelease", true)))
                .containsExactly(
                        "gate holds a lock on before_release and does not listen to before_release_cancelled, so it is not told"
                                + " when that lock is given up; add the event before_release_cancelled if the endpoint"
                                + " knows what to do with it");
        assertThat(hints(null, settings("beforeRelease", false))).isEmpty();
        assertThat(hints("SLACK", settings("beforeRelease", true))).isEmpty();
        assertThat(hints(null, settings("beforeRelease", true), settings("before_release_cancelled", false)))
                .isEmpty();
    }
}

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
    @CsvSource({"a:b, no colon", "' ', needs a name", "'', needs a name", ", needs a name"})
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

    private static Webhook webhook(String event, String format, String... jobs) {
        return new Webhook(
                "gate",
                WebhookUrl.of(URI.create("http://127.0.0.1/")),
                List.of(),
                Duration.ofSeconds(60),
                3,
                false,
                List.of(),
                List.of(EventSettings.of(ReleaseEvent.of(event))),
                format,
                new JobPatterns(List.of(jobs)));
    }

    @Test
    @DisplayName("protocol: nobody listens — who decides, and hears of the job, guards its releases with either event")
    void shouldKnowWhoGuardsAJob() {
        assertThat(Webhook.anyGuards(List.of(webhook("beforeRelease", null)), "shop/release"))
                .isTrue();
        assertThat(Webhook.anyGuards(List.of(webhook("beforeReleaseComplete", null)), "shop/release"))
                .isTrue();
        assertThat(Webhook.anyGuards(
                        List.of(webhook("nightly", null), webhook("beforeRelease", null, "shop/*")), "shop/release"))
                .isTrue();
        assertThat(Webhook.anyGuards(List.of(), "shop/release")).isFalse();
        assertThat(Webhook.anyGuards(List.of(webhook("nightly", null)), "shop/release"))
                .isFalse();
        assertThat(Webhook.anyGuards(List.of(webhook("beforeRelease", "SLACK")), "shop/release"))
                .as("a chat decides nothing")
                .isFalse();
        assertThat(Webhook.anyGuards(List.of(webhook("beforeRelease", null, "crm/*")), "shop/release"))
                .isFalse();
    }
}

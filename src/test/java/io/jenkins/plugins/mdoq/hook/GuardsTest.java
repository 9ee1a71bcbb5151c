package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardsTest {

    private static final String JOB = "shop/release";

    private static Webhook webhook(String name, String event, String format, String... jobs) {
        return new Webhook(
                name,
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

    @ParameterizedTest
    @ValueSource(strings = {"beforeRelease", "before_release_complete"})
    @DisplayName("protocol: nobody listens — who decides on one of the two events guards the release")
    void shouldBeContentWithOneOfTheTwoEvents(String event) {
        assertThat(Guards.missing(
                        List.of(webhook("other", "nightly", null), webhook("gate", event, null, "shop/*")), JOB))
                .isNull();
    }

    @Test
    @DisplayName("protocol: nobody listens — to either event")
    void shouldSayThatNobodyListens() {
        String nobody = "nobody guards this release: no webhook listens to before_release or before_release_complete";

        assertThat(Guards.missing(List.of(), JOB)).isEqualTo(nobody);
        assertThat(Guards.missing(List.of(webhook("other", "nightly", null)), JOB))
                .isEqualTo(nobody);
    }

    @Test
    void shouldSayWhyWhoListensDoesNotGuard() {
        assertThat(Guards.missing(
                        List.of(
                                webhook("chat", "beforeRelease", "SLACK"),
                                webhook("theirs", "beforeReleaseComplete", null, "crm/**"),
                                webhook("other", "nightly", null)),
                        JOB))
                .isEqualTo("nobody guards this release: of the webhooks that listen to before_release or"
                        + " before_release_complete, 'chat' is a chat, which decides nothing, and 'theirs' is not for the"
                        + " job shop/release");
    }

    @Test
    void shouldNameTheFirstFewOfMany() {
        List<Webhook> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            many.add(webhook("team-" + i, "beforeRelease", null, "t" + i + "/**"));
        }

        assertThat(Guards.missing(many, JOB))
                .contains("'team-4' ")
                .doesNotContain("'team-5' ")
                .endsWith("for 25 more");
    }

    @ParameterizedTest
    @CsvSource({"beforeRelease, true", "Before Release Complete, true", "nightly, false"})
    void shouldKnowTheEventsOfARelease(String event, boolean ofRelease) {
        assertThat(Guards.ofRelease(ReleaseEvent.of(event))).isEqualTo(ofRelease);
    }
}

package io.jenkins.plugins.mdoq.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://middleware.example.com/mdoq, https://middleware.example.com/mdoq",
        "http://127.0.0.1:8099/hook, http://127.0.0.1:8099/hook",
        "https://example.com, https://example.com",
        "https://example.com/, https://example.com/",
        "https://example.com/hook/, https://example.com/hook/",
        "https://hooks.example.com/services/T0AB12CD3/B0/x, https://hooks.example.com/services/…",
        "https://example.com/hook?token=Quite-Another, https://example.com/hook?…",
        "https://example.com?token=Quite-Another, https://example.com?…",
        "https://example.com/hook#token, https://example.com/hook#…",
        "https://user:pass@example.com/hook, https://example.com/hook",
        "https://user:p@ss@example.com/hook/x, https://example.com/hook/…",
        "http://[::1]:8099/hook/x, http://[::1]:8099/hook/…",
        "http://release_gate:80/hook/x, http://release_gate:80/hook/…",
        "http://b\u00fccher.example/hook/x, http://b\u00fccher.example/hook/…",
        "https://webhook.example.com/6b8a3d8e-1f2e-4c57-9b0e-3f9f7f7f1c11, https://webhook.example.com/…",
        "https://example.com/sixteen-chars-16, https://example.com/…",
        "https://example.com/fifteen-char-15, https://example.com/fifteen-char-15",
        "https://example.com/hook/…, https://example.com/hook/…",
        "https://example.com/hook?…, https://example.com/hook?…",
        "not a URL at all, (unknown URL)",
        "/hook?token=x, (unknown URL)",
        "'', (unknown URL)"
    })
    @DisplayName(
            "protocol: what is masked — of a URL no more than scheme, host, port and the first path segment is shown")
    void shouldShowNoMoreThanTheFirstSegment(String url, String shown) {
        assertThat(ShownUrl.of(url)).isEqualTo(shown);
        assertThat(ShownUrl.of(shown)).as("what is shown is shown as it is").isEqualTo(shown);
    }

    @Test
    void shouldKnowTheHost() {
        assertThat(ShownUrl.authority("https://u:p@example.com:8443/hook")).isEqualTo("example.com:8443");
        assertThat(ShownUrl.authority("http://release_gate/hook")).isEqualTo("release_gate");
        assertThat(ShownUrl.authority("(unknown URL)")).isEmpty();
    }

    @Test
    void shouldTakeNoOrdinaryWordForASecret() {
        assertThat(ShownUrl.hiddenParts("https://example.com/mdoq")).isEmpty();
        assertThat(ShownUrl.hiddenParts("https://example.com/api/hooks/release-gate?wait=true&env=prod"))
                .containsExactly("hooks/release-gate?wait=true&env=prod");
        assertThat(ShownUrl.hiddenParts("https://example.com/hook?x=1"))
                .containsExactly("https://example.com/hook?x=1");
        assertThat(ShownUrl.hiddenParts("https://example.com/hook?key=4711")).contains("4711");
    }

    @ParameterizedTest
    @CsvSource({
        "aaaaaaa0",
        "aaaaaaa9",
        "AAAAAAAa",
        "AAAAAAAz",
        "aaaaaaaA",
        "aaaaaaaZ",
        "T0AB12CD",
        "aaaaaaaaaaaaaaaaaaaaaaaa"
    })
    void shouldTakeASegmentForATokenThatIsNoWord(String segment) {
        assertThat(ShownUrl.hiddenParts("https://example.com/api/x/" + segment))
                .containsExactly("x/" + segment, segment);
    }

    @ParameterizedTest
    @CsvSource({
        "aaaaaaa:",
        "aaaaaaa@",
        "aaaaaaa[",
        "AAAAAAA~",
        "AAAAAAA`",
        "AAAAAAA{",
        "AAAAAAAA",
        "T0AB12C",
        "aaaaaaaaaaaaaaaaaaaaaaa"
    })
    void shouldTakeASegmentForAWordThatIsNoToken(String segment) {
        assertThat(ShownUrl.hiddenParts("https://example.com/api/x/" + segment)).containsExactly("x/" + segment);
    }

    @Test
    void shouldHideWhatIsLongEnoughToBeFound() {
        assertThat(ShownUrl.hiddenParts("https://example.com/hook/eight--8")).containsExactly("eight--8");
        assertThat(ShownUrl.hiddenParts("https://example.com/hook/seven-7"))
                .containsExactly("https://example.com/hook/seven-7");
        assertThat(ShownUrl.hiddenParts("https://example.com/hook#fragment")).containsExactly("fragment");
        assertThat(ShownUrl.hiddenParts("https://me:pass@example.com/hook")).containsExactly("pass", "me:pass");
        assertThat(ShownUrl.hiddenParts("no-url-8")).containsExactly("no-url-8");
        assertThat(ShownUrl.hiddenParts("no-url7")).isEmpty();
    }

    @Test
    void shouldPrintOfAWebhooksUrlWhatMayBeShown() {
        assertThat(WebhookUrl.of(URI.create("https://example.com/hook?token=Quite-Another")))
                .hasToString("https://example.com/hook?…");
        assertThat(WebhookUrl.unknown("no such credentials")).hasToString("no such credentials");
        assertThat(WebhookUrl.ofNobody("gone").problem()).startsWith("there is no webhook 'gone' any more");
    }
}

package io.jenkins.plugins.mdoq.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in Base64, of any alphabet and alignment, and in Base64 of that. */
class RedactorBase64Test {

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abc", "abcd", "???>>>~~~", "mdoq-is-awesome"})
    void shouldMaskBase64OfAnyLengthAndAlphabet(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Redactor one = Redactor.of(Secrets.ofTexts(secret));

        for (Base64.Encoder encoder : List.of(
                Base64.getEncoder(),
                Base64.getEncoder().withoutPadding(),
                Base64.getUrlEncoder().withoutPadding())) {
            assertThat(one.text(encoder.encodeToString(bytes))).isEqualTo("****");
        }
        assertThat(one.text(Base64.getUrlEncoder().encodeToString(bytes)))
                .startsWith("****")
                .matches("\\*+=*");
    }

    @ParameterizedTest
    @CsvSource({"'',Basic ****", "a:,Basic YT****", "ab:,Basic YWI6****", "abc:,Basic YWJjO****"})
    void shouldMaskASecretAtEachAlignmentOfBase64(String before, String masked) {
        Redactor one = Redactor.of(Secrets.ofTexts("pass?>word~7"));
        byte[] bytes = (before + "pass?>word~7").getBytes(StandardCharsets.US_ASCII);

        for (Base64.Encoder encoder : List.of(
                Base64.getEncoder(),
                Base64.getEncoder().withoutPadding(),
                Base64.getUrlEncoder(),
                Base64.getUrlEncoder().withoutPadding())) {
            String encoded = encoder.encodeToString(bytes);
            assertThat(one.text("Basic " + encoded + ", or")).isEqualTo(masked + ", or");
            assertThat(one.text("Basic " + URLEncoder.encode(encoded, StandardCharsets.US_ASCII) + "&x=1"))
                    .isEqualTo(masked + "&x=1");
            assertThat(one.text("Basic " + encoded.replace("/", "\\/").replace("=", "&#61;") + "\""))
                    .isEqualTo(masked + "\"");
        }
    }

    @Test
    void shouldMaskASecretInABodyThatIsBase64AsAWhole() throws Exception {
        Redactor one = Redactor.of(Secrets.ofTexts("pass&word<7"));
        String body =
                "{\"secret\":\"pass\\u0026word\\u003c7\",\"event\":\"before_release\",\"instance\":{\"job\":\"shop\"}}";
        String mime = Base64.getMimeEncoder(20, "\r\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(body.getBytes(StandardCharsets.US_ASCII));

        for (String echoed : List.of(mime, mime.replace("\r\n", "\\r\\n"), mime.replace("\r\n", ""))) {
            String masked = one.text(echoed);

            assertThat(masked).containsOnlyOnce("****").startsWith("eyJzZWNyZXQi");
            String left = masked.substring(masked.indexOf("****") + 4)
                    .replace("\\r\\n", "")
                    .replaceAll("[\r\n=]", "");
            for (int skipped = 0; skipped < 4; skipped++) {
                String whole = left.substring(skipped, left.length() - (left.length() - skipped) % 4);
                assertThat(new String(Base64.getDecoder().decode(whole), StandardCharsets.US_ASCII))
                        .doesNotContain("word", "003c7");
            }
        }
    }

    @Test
    void shouldMaskASecretInBase64BesideWhatIsNoText() {
        Redactor one = Redactor.of(Secrets.ofTexts("pass?>word~7"));
        byte[] bytes = "\0\1\2pass?>word~7\0\1\2".getBytes(StandardCharsets.US_ASCII);

        assertThat(one.text(Base64.getEncoder().encodeToString(bytes))).isEqualTo("AAEC****AAEC");
    }

    @Test
    void shouldTakeNoMoreForPaddingThanBase64Has() {
        Redactor one = Redactor.of(Secrets.ofTexts("abcd"));

        assertThat(one.text("YWJjZA===")).isEqualTo("****=");
    }

    @Test
    void shouldMaskASecretInBase64WhoseLineBreaksAreEncodedToo() {
        Redactor one = Redactor.of(Secrets.ofTexts("pass?>word~7"));
        String lines = "cGFzc\r\nz8+d2\r\n9yZH43";

        assertThat(one.text(lines)).isEqualTo("****");
        assertThat(one.text(lines.replace("\r\n", "%0D%0A"))).isEqualTo("****");
        assertThat(one.text(Base64.getEncoder().encodeToString(lines.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("****");
    }

    @Test
    void shouldLookIntoBase64InBase64UpToADepth() {
        Redactor one = Redactor.of(Secrets.ofTexts("pass?>word~7"));
        String encoded = "pass?>word~7";
        for (int depth = 1; depth <= 6; depth++) {
            encoded = Base64.getEncoder().encodeToString(encoded.getBytes(StandardCharsets.US_ASCII));
            assertThat(one.text(encoded)).as("depth %s", depth).isEqualTo("****");
        }
        String deeper = Base64.getEncoder().encodeToString(encoded.getBytes(StandardCharsets.US_ASCII));

        assertThat(one.text(deeper)).isSameAs(deeper);
    }
}

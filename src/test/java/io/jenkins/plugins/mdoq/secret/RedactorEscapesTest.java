package io.jenkins.plugins.mdoq.secret;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets whose characters are escaped, as URLs, JSON, HTML and shells do it, in any order. */
class RedactorEscapesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "a\"b\\c/d'e<f>g&h*i~j+k";

    private final Redactor redactor = Redactor.of(Secrets.ofTexts(SECRET));

    @Test
    void shouldMaskUrlEncodedEchoes() {
        String form = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);

        assertThat(redactor.text("secret=" + form + "&x=1")).isEqualTo("secret=****&x=1");
        assertThat(redactor.text("secret=a%22b%5Cc%2Fd%27e%3Cf%3Eg%26h%2Ai~j%2Bk"))
                .isEqualTo("secret=****");
        assertThat(redactor.text("secret=a%22b%5cc%2fd%27e%3cf%3eg%26h%2ai~j%2bk"))
                .isEqualTo("secret=****");
    }

    @Test
    @DisplayName(
            "protocol: secret — an endpoint that echoes its request as text or in an error page does not give it away")
    void shouldMaskEchoesInsideOfJsonAndHtml() throws Exception {
        String json = JSON.writeValueAsString(object("{}").put("secret", SECRET));

        assertThat(redactor.text(json)).isEqualTo("{\"secret\":\"****\"}");
        assertThat(redactor.text(json.replace("/", "\\/")))
                .as("as PHP writes it")
                .isEqualTo("{\"secret\":\"****\"}");
        assertThat(redactor.text("<b>a\"b\\c/d'e&lt;f&gt;g&amp;h*i~j+k</b>")).isEqualTo("<b>****</b>");
        assertThat(redactor.text("<b>a&quot;b\\c/d&#039;e&lt;f&gt;g&amp;h*i~j+k</b>"))
                .isEqualTo("<b>****</b>");
        assertThat(redactor.text("<b>a&quot;b\\c/d&#39;e&lt;f&gt;g&amp;h*i~j+k</b>"))
                .isEqualTo("<b>****</b>");
        assertThat(redactor.text("<b>a&quot;b\\c/d'e&lt;f&gt;g&amp;h*i~j+k</b>"))
                .isEqualTo("<b>****</b>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad secret pass\\u0026word\\u003c7",
                "bad secret pass\\\\u0026word\\\\u003C7",
                "bad secret pass\\x26word\\x3c7",
                "bad secret pass&amp;word&lt;7",
                "bad secret pass&#38;word&#x3C;7",
                "bad secret pass&#0038;word&#X003c;7",
                "bad secret pass&amp;amp;word&amp;lt;7",
                "bad secret pass%26word%3c7",
                "bad secret pass%2526word%253C7",
                "bad secret %70%61%73%73&word%3C7",
                "bad secret pass%u0026word<7",
                "bad secret p\\u0061ss&amp;word%3C7",
                "bad secret pass\\&word\\<7"
            })
    @DisplayName("protocol: what is masked — a secret in whatever mixture of encodings")
    void shouldMaskASecretHoweverItIsEncoded(String echoed) {
        Redactor one = Redactor.of(Secrets.ofTexts("pass&word<7"));

        assertThat(one.text("{\"error\":\"" + echoed + "\"}")).isEqualTo("{\"error\":\"bad secret ****\"}");
        assertThat(one.text("in xx" + echoed + "yy")).isEqualTo("in xxbad secret ****yy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "back\\slash\\",
                "\\back\\slash",
                "100%sure%41",
                "C:\\new\\u0041",
                "&amp;amp;&#38;",
                "\\\\\\\\\\\\",
                "%25%25%25"
            })
    @DisplayName("protocol: what is masked — a secret may hold what looks like an escape")
    void shouldMaskASecretThatHoldsEscapes(String secret) throws Exception {
        Redactor one = Redactor.of(Secrets.ofTexts(secret));

        assertThat(one.text("is " + secret + " it?")).isEqualTo("is **** it?");
        assertThat(one.text("is " + JSON.writeValueAsString(secret) + " it?")).isEqualTo("is \"****\" it?");
        assertThat(one.text("is " + URLEncoder.encode(secret, StandardCharsets.US_ASCII) + " it?"))
                .isEqualTo("is **** it?");
        assertThat(one.text("is " + secret.replace("&", "&amp;").replace("\\", "&#92;") + " it?"))
                .isEqualTo("is **** it?");
    }

    @ParameterizedTest
    @CsvSource({
        "is %41secret-9 it?, is %4**** it?",
        "is &#41secret-9 it?, is &#4**** it?",
        "is \\u0041secret-9 it?, is \\u004**** it?"
    })
    void shouldMaskASecretThatLooksLikeTheEndOfAnEscape(String echoed, String masked) {
        assertThat(Redactor.of(Secrets.ofTexts("1secret-9")).text(echoed)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"&#60;tag>", "&lt;tag&gt;", "\\u003ctag\\u003e", "\\x3ctag\\x3e", "%3ctag%3e", "%u003ctag%u003e"
            })
    void shouldMaskASecretThatBeginsAndEndsWithAnEscape(String echoed) {
        Redactor one = Redactor.of(Secrets.ofTexts("<tag>"));

        assertThat(one.text(echoed)).isEqualTo("****");
        assertThat(one.text("is " + echoed + " it?")).isEqualTo("is **** it?");
    }

    @Test
    void shouldLeaveABackslashInFrontOfASecretThatBeginsWithALetter() {
        assertThat(Redactor.of(Secrets.ofTexts("secret-9")).text("C:\\temp\\secret-9"))
                .isEqualTo("C:\\temp\\****");
    }

    @Test
    void shouldMaskASecretWithABlankHoweverThatIsWritten() {
        Redactor one = Redactor.of(Secrets.NONE, List.of(URI.create("https://example.com/hook?token=1quite%20other")));
        String encoded = Base64.getEncoder().encodeToString("1quite other".getBytes(StandardCharsets.US_ASCII));

        assertThat(one.text("1quite other, 1quite+other, 1quite%20other, 1quite%2Bother"))
                .isEqualTo("****, ****, ****, ****");
        assertThat(one.text("is %41quite other it?")).isEqualTo("is %4**** it?");
        assertThat(one.text(encoded)).isEqualTo("****");
    }

    /** RedactorPropertyTest mixes encodings at random; these pairs are the same each time. */
    @ParameterizedTest
    @EnumSource(value = Encoder.class, names = "BASE64", mode = EnumSource.Mode.EXCLUDE)
    void shouldMaskASecretWithBackslashesInEachPairOfEncodings(Encoder outer) {
        for (String secret : List.of(
                "back\\slash\\", "\\back\\\\slash", "abc\\\\\\def", "\\\\\\\\\\\\", "x\\u0041yz\\", "C:\\new\\x41")) {
            Redactor one = Redactor.of(Secrets.ofTexts(secret));
            for (Encoder inner : Encoder.values()) {
                for (int seed = 0; seed < 20 && inner != Encoder.BASE64; seed++) {
                    Random random = new Random(seed);
                    String encoded = outer.encode(inner.encode(secret, random), random);

                    assertThat(one.text("is " + encoded + " it?"))
                            .as("%s, by %s and %s", secret, inner, outer)
                            .isEqualTo("is **** it?");
                }
            }
        }
    }
}

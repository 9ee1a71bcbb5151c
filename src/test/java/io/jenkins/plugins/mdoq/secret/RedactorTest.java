package io.jenkins.plugins.mdoq.secret;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

class RedactorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "a\"b\\c/d'e<f>g&h*i~j+k";

    private final Redactor redactor = Redactor.of(Secrets.ofTexts(SECRET));

    @Test
    void shouldMaskEverySecretWhereverItStands() {
        Redactor two = Redactor.of(Secrets.ofTexts("first-secret", "second-secret"));

        assertThat(two.text("first-secret, second-secret and first-secretsecond-secret"))
                .isEqualTo("****, **** and ********");
        assertThat(two.texts(List.of("a first-secret", "none"))).containsExactly("a ****", "none");
        assertThat(two.text(null)).isNull();
        assertThat(two.object(null)).isNull();
    }

    @Test
    void shouldMaskASecretThatHoldsAnother() {
        Redactor two = Redactor.of(Secrets.ofTexts("hush", "hush-hush-now"));

        assertThat(two.text("say hush-hush-now or hush")).isEqualTo("say **** or ****");
    }

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

    @Test
    void shouldMaskNamesAndStringsAtAnyDepth() throws Exception {
        Redactor one = Redactor.of(Secrets.ofTexts("hush"));
        ObjectNode echoed = object("{\"a\":[{\"b\":{\"x-hush\":[\"so hush it\",null,true,[\"hush\"]]}}],\"n\":17}");

        assertThat(one.object(echoed))
                .isEqualTo(object("{\"a\":[{\"b\":{\"x-****\":[\"so **** it\",null,true,[\"****\"]]}}],\"n\":17}"));
        assertThat(echoed.toString()).as("the original is left as it was").contains("hush");
    }

    @Test
    void shouldMaskASecretOfDigitsThatComesBackAsANumber() throws Exception {
        Redactor digits = Redactor.of(Secrets.ofTexts("4711"));

        assertThat(digits.object(object("{\"secret\":4711,\"more\":947110,\"other\":4712,\"half\":4711.5}")))
                .isEqualTo(object("{\"secret\":\"****\",\"more\":\"****\",\"other\":4712,\"half\":\"****\"}"));
    }

    @ParameterizedTest
    @CsvSource({"success", "SUCCESS", "Success", "fail", "FAIL", "s", "S", "A", "Fail", "cc", "true", "1", "0", "result"
    })
    @DisplayName(
            "protocol: result — a secret that happens to be one of the protocol's own words does not change a verdict")
    void shouldLeaveTheProtocolsWordsAlone(String secret) throws Exception {
        ObjectNode data =
                object("{\"result\":\"success\",\"was\":\"Fail\",\"loud\":\"SUCCESS\",\"stop_release\":\"true\","
                        + "\"rollback_release\":1,\"flags\":[\"1\",\"0\",\"false\",true,0]}");

        ObjectNode masked = Redactor.of(Secrets.ofTexts(secret)).object(data);

        assertThat(masked.get("result")).isEqualTo(data.get("result"));
        assertThat(masked.get("stop_release")).isEqualTo(data.get("stop_release"));
        assertThat(masked.get("rollback_release")).isEqualTo(data.get("rollback_release"));
        assertThat(masked.findValues("result")).hasSize(1);
        assertThat(masked.properties().stream().map(field -> field.getValue().toString()))
                .containsExactlyElementsOf(data.properties().stream()
                        .map(field -> field.getValue().toString())
                        .toList());
    }

    @Test
    void shouldChangeNothingWithoutASecret() throws Exception {
        ObjectNode data = object("{\"a\":\"b\"}");

        assertThat(Redactor.of(Secrets.NONE)).isSameAs(Redactor.NONE);
        assertThat(Redactor.NONE.text("text")).isEqualTo("text");
        assertThat(Redactor.NONE.object(data)).isEqualTo(data);
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

    @Test
    void shouldLeaveWhatIsNotTheSecret() {
        Redactor one = Redactor.of(Secrets.ofTexts("pass&word<7", "back\\slash", "100%25sure"));

        for (String other : List.of(
                "pass&word<8",
                "ass&word<7",
                "PASS&WORD<7",
                "pass&amp word<7",
                "pass%2&word<7",
                "backslash",
                "100%sure",
                "is 100%sure it?",
                "u0041; xu0041; &#; &; ;",
                "a \u0080, which is the first beyond ASCII",
                "cGFzcyZ3b3JkPD",
                "\\u0026 \\u003c %26 &amp; &#38; \\\" \\/",
                "caf\u00e9 %C3%A9 &eacute; \\u00e9 \ud83d\ude00")) {
            assertThat(one.text(other)).isSameAs(other);
        }
    }

    @Test
    void shouldLeaveNothingOfSecretsThatOverlap() {
        Redactor two = Redactor.of(Secrets.ofTexts("abcdefgh", "efghijkl", "fgh"));

        assertThat(two.text("x abcdefghijkl y efgh")).isEqualTo("x **** y e****");
    }

    @Test
    @DisplayName("protocol: what is masked — an endpoint that echoes its own URL does not give its token away")
    void shouldMaskWhatIsSecretInAUrl() {
        Redactor one = Redactor.of(
                Secrets.NONE,
                List.of(
                        URI.create(
                                "https://me:pass%2Fword@chat.example.com/services/T0AB12CD3/notify/x%2By-9876z?token=Quite%26Other&v=2")));

        assertThat(
                        one.text(
                                "POST https://me:pass%2Fword@chat.example.com/services/T0AB12CD3/notify/x%2By-9876z?token=Quite%26Other&v=2"))
                .isEqualTo("POST https://****@chat.example.com/services/****");
        assertThat(one.text("POST /services/T0AB12CD3/notify/x%2By-9876z?token=Quite%26Other&v=2 HTTP/1.1"))
                .isEqualTo("POST /services/**** HTTP/1.1");
        assertThat(one.text("no team T0AB12CD3, token Quite&Other, Quite%26Other, channel x+y-9876z, by me: pass/word"))
                .isEqualTo("no team ****, token ****, ****, channel ****, by me: ****");
        assertThat(one.text("chat.example.com/services does not notify, v=2"))
                .isEqualTo("chat.example.com/services does not notify, v=2");
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

    @Test
    void shouldKnowTheSecretsAndUrlsOfAllWebhooks() {
        WebhookDirectory directory = new WebhookDirectory() {
            @Override
            public Secrets secrets(String webhook, List<String> secretIds) {
                throw new AssertionError("of one webhook alone");
            }

            @Override
            public Secrets all() {
                return Secrets.ofTexts("first-secret", "second-secret");
            }

            @Override
            public WebhookUrl url(String webhook) {
                throw new AssertionError("of one webhook alone");
            }

            @Override
            public List<URI> urls() {
                return List.of(URI.create("https://example.com/hook/T0AB12CD3"));
            }
        };

        assertThat(directory
                        .redactor(Secrets.ofTexts("one-that-is-gone"))
                        .text("first-secret second-secret T0AB12CD3 one-that-is-gone another"))
                .isEqualTo("**** **** **** **** another");
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

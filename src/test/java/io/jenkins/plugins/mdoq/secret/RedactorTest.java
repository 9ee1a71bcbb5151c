package io.jenkins.plugins.mdoq.secret;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
}

package io.jenkins.plugins.mdoq.secret;

import static io.jenkins.plugins.mdoq.kit.JsonObjects.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactorTest {

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
}

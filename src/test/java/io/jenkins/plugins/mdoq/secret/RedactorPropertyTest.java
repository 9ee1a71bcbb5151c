package io.jenkins.plugins.mdoq.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** A random secret, encoded by a random mixture of encoders, at a random place: it goes, and all else stays. */
class RedactorPropertyTest {

    /** What stands around the secret; none of it ends in the beginning of an escape. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "bad secret ",
                        "{\"error\": \"",
                        "\"}",
                        " a=1&b=",
                        "&x=2",
                        "50% off",
                        "C:\\temp\\ ",
                        "<b>",
                        "</b>",
                        "Line\\n",
                        " ",
                        "",
                        "100&#37; ",
                        "caf\u00e9 ",
                        "YWJjZGVmZ2hpamtsbW5vcA== ",
                        "\\\\ ",
                        "; ",
                        "\ud83d\ude00")
                .list()
                .ofMaxSize(5)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> secrets() {
        Arbitrary<Character> any = Arbitraries.chars().range('!', '~');
        Arbitrary<Character> hard =
                Arbitraries.of('\\', '%', '&', ';', '#', '+', '"', '/', 'u', 'x', '0', '2', '6', 'a', 'n');
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(2, any), net.jqwik.api.Tuple.of(1, hard))
                .list()
                .ofMinSize(8)
                .ofMaxSize(40)
                .map(chars -> {
                    StringBuilder text = new StringBuilder();
                    chars.forEach(text::append);
                    return text.toString();
                });
    }

    @Property(tries = 20_000)
    @Label("protocol: what is masked — a secret in whatever mixture of encodings, and nothing else")
    void shouldMaskASecretInAnyMixtureOfEncodings(
            @ForAll("secrets") String secret,
            @ForAll("texts") String before,
            @ForAll("texts") String after,
            @ForAll @Size(max = 4) List<Encoder> encoders,
            @ForAll long seed) {
        Random random = new Random(seed);
        String encoded = secret;
        for (Encoder encoder : encoders) {
            encoded = encoder.encode(encoded, random);
        }

        String masked = Redactor.of(Secrets.ofTexts(secret)).text(before + " " + encoded + " " + after);

        if (encoders.contains(Encoder.BASE64)) {
            // What stands before the secret in the same Base64 stays, and so may some of what is around it.
            assertThat(masked).startsWith(before + " ").endsWith(" " + after).contains("****");
        } else {
            assertThat(masked).isEqualTo(before + " **** " + after);
        }
    }
}

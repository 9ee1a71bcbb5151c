package io.jenkins.plugins.mdoq.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** A random secret, encoded by a random mixture of encoders, at a random place: it goes, and all else stays. */
class RedactorPropertyTest {

    /** What may stand around the secret; none of it ends in the beginning of an escape. */
    private static final List<String> AROUND = List.of(
            "bad secret ",
            "{\"error\": \"",
            "\"}",
            " a=1&b=",
            "&x=2",
            "50% off",
            "C:\\temp\\ ",
            "<b>",
            "Line\\n",
            "100&#37; ",
            "caf\u00e9 ",
            "YWJjZGVmZ2hpamtsbW5vcA== ",
            "; ",
            "\ud83d\ude00");

    /** The characters that make escapes; a third of the secret's are of these. */
    private static final String HARD = "\\%&;#+\"/ux026an";

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.randomValue(random -> random.ints(random.nextInt(5), 0, AROUND.size())
                .mapToObj(AROUND::get)
                .collect(Collectors.joining()));
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.randomValue(random -> random.ints(8 + random.nextInt(32), '!', '~' + 1)
                .map(c -> random.nextInt(3) == 0 ? HARD.charAt(random.nextInt(HARD.length())) : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining()));
    }

    @Property(tries = 20_000)
    @Label("protocol: what is masked — a secret in whatever mixture of encodings, and nothing else")
    void shouldMaskASecretInAnyMixtureOfEncodings(
            @ForAll("secrets") String secret,
            @ForAll("texts") String before,
            @ForAll("texts") String after,
            @ForAll @Size(max = 3) List<Encoder> encoders,
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

package io.jenkins.plugins.mdoq.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSecretTest {

    private static final String VISIBLE_ASCII =
            IntStream.rangeClosed(0x21, 0x7e).mapToObj(Character::toString).collect(Collectors.joining());

    @Test
    @DisplayName("protocol: secret — every visible ASCII character may stand in it")
    void shouldTakeAllOfVisibleAscii() {
        assertThat(SharedSecret.validationError(VISIBLE_ASCII)).isNull();
        assertThat(SharedSecret.of(VISIBLE_ASCII).reveal()).isEqualTo(VISIBLE_ASCII);
        assertThat(SharedSecret.of("x").reveal()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hush hush",
                " hush",
                "hush\n",
                "hu\rsh",
                "hu\tsh",
                "hu\0sh",
                "hush\u007f",
                "hüsh",
                "hush\ud83d\ude00"
            })
    @DisplayName("protocol: secret — anything but visible ASCII is refused, and the refusal does not repeat it")
    void shouldRefuseAnythingElse(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedSecret.of(value))
                .withMessageContaining("is not visible ASCII")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(value, "hush", "sh "));
    }

    @Test
    void shouldSayWhichCharacterIsWrong() {
        assertThat(SharedSecret.validationError("abc d")).startsWith("character 4 of the secret");
    }

    @Test
    void shouldRefuseAnEmptySecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedSecret.of(""))
                .withMessageContaining("empty");
        assertThat(SharedSecret.validationError(null)).contains("empty");
    }

    @Test
    void shouldMatchItselfAndNothingElse() {
        SharedSecret secret = SharedSecret.of("mdoq-is-awesome");

        assertThat(secret.matches("mdoq-is-awesome")).isTrue();
        assertThat(secret.matches("mdoq-is-awesomE")).isFalse();
        assertThat(secret.matches("mdoq-is-awesom")).isFalse();
        assertThat(secret.matches("mdoq-is-awesome ")).isFalse();
        assertThat(secret.matches("")).isFalse();
    }

    @Test
    @DisplayName("protocol: secret — it prints as stars and cannot be serialized")
    void shouldNotReachALogByAccident() {
        SharedSecret secret = SharedSecret.of("mdoq-is-awesome");

        assertThat(secret).hasToString("****").isNotInstanceOf(Serializable.class);
        assertThat(Secrets.of(List.of(secret)).toString()).isEqualTo("[****]");
        assertThat(secret.equals(SharedSecret.of("mdoq-is-awesome")))
                .as("equality would tempt into comparing without constant time")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eight-88", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec"})
    void shouldFindNothingWeak(String secret) {
        assertThat(SharedSecret.weakness(secret.length() < 8 ? secret + "-long" : secret))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s",
                "seven-7",
                "whsec_",
                "whsec_not-base64-at-all!",
                "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            })
    @DisplayName("protocol: signing — what says that it is a key is one, of 24 to 64 bytes")
    void shouldSayWhatIsWeak(String secret) {
        assertThat(SharedSecret.weakness(secret))
                .startsWith("the secret ")
                .doesNotContain("seven", "not-base64", "AAAA");
    }

    @Test
    void shouldLeaveOutALineBreakAtTheEndOnly() {
        assertThat(SharedSecret.withoutLineBreak("secret\r\n")).isEqualTo("secret");
        assertThat(SharedSecret.withoutLineBreak("sec\nret\n\n")).isEqualTo("sec\nret");
        assertThat(SharedSecret.withoutLineBreak("secret ")).isEqualTo("secret ");
        assertThat(SharedSecret.withoutLineBreak(null)).isNull();
    }

    @Test
    void shouldTakeAKeyOfTheMostBytes() {
        assertThat(SharedSecret.weakness("whsec_" + "A".repeat(86) + "==")).isNull();
        assertThat(SharedSecret.weakness("whsec_" + "A".repeat(87) + "=")).isNotNull();
    }

    @Test
    void shouldNotReachALogByWhatItIsLookedForWith() {
        assertThat(Needle.of("mdoq-is-awesome")).hasToString("****");
        assertThat(Decoding.of("mdoq-is-awesome")).hasToString("****");
    }
}

package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The vectors are those that the libraries of the Standard Webhooks specification are themselves checked against. */
class SignatureTest {

    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1614265330;
    private static final byte[] BODY = bytes("{\"test\": 2432232314}");
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("protocol: signing — the vector of the specification's Go, JavaScript, PHP and Java libraries")
    void shouldSignAsTheSpecificationsLibrariesDo() {
        assertThat(Signature.header(Secrets.ofTexts(KEY), ID, TIMESTAMP, BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    @DisplayName("protocol: signing — the vector of the specification's Rust library")
    void shouldSignAsTheRustLibraryDoes() {
        assertThat(Signature.header(
                        Secrets.ofTexts("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"),
                        "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
                        1649367553,
                        bytes("{\"email\":\"test@example.com\",\"username\":\"test_user\"}")))
                .isEqualTo("v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
    }

    @Test
    @DisplayName("protocol: signing — one signature for each secret while one is rotated, space delimited")
    void shouldSignWithEachSecretWhileOneIsRotated() {
        String other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
        String alone = Signature.header(Secrets.ofTexts(other), ID, TIMESTAMP, BODY);

        assertThat(Signature.header(Secrets.ofTexts(KEY, other), ID, TIMESTAMP, BODY))
                .isEqualTo(SIGNATURE + " " + alone);
        assertThat(Signature.header(Secrets.ofTexts(other, KEY), ID, TIMESTAMP, BODY))
                .isEqualTo(alone + " " + SIGNATURE);
    }

    @Test
    @DisplayName("protocol: signing — a secret in free text is the key as it stands")
    void shouldTakeFreeTextAsTheKey() {
        assertThat(Signature.header(Secrets.ofTexts("mdoq-is-awesome"), ID, TIMESTAMP, BODY))
                .isEqualTo(hmac("mdoq-is-awesome", ID + "." + TIMESTAMP + ".{\"test\": 2432232314}"));
    }

    @Test
    void shouldTakeWhatOnlyLooksLikeTheSpecificationsFormAsFreeText() {
        for (String secret : new String[] {"whsec_", "whsec_no!base64", "whsec_A"}) {
            assertThat(Signature.header(Secrets.ofTexts(secret), "id", 1, bytes("{}")))
                    .as(secret)
                    .isEqualTo(hmac(secret, "id.1.{}"));
        }
    }

    private static String hmac(String key, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(bytes(content)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of the Standard Webhooks specification, symmetric variant (protocol: "signing"). */
public final class Signature {

    private static final String PREFIX = SharedSecret.KEY_PREFIX;

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * The value of {@code webhook-signature}: one signature for each secret, so that a receiver can check with the old or
     * the new one while it is being rotated.
     *
     * @param secrets the webhook's secrets, at least one
     * @param id the value of {@code webhook-id}
     * @param timestamp the value of {@code webhook-timestamp}, seconds since the epoch
     * @param body the body as it travels
     */
    @NonNull
    public static String header(@NonNull Secrets secrets, @NonNull String id, long timestamp, @NonNull byte[] body) {
        return secrets.all().stream()
                .map(secret -> "v1," + sign(secret, id, timestamp, body))
                .collect(Collectors.joining(" "));
    }

    private static String sign(SharedSecret secret, String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(secret.reveal()), ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            // Every Java platform is required to have HmacSHA256, and no key is invalid for it.
            throw new IllegalStateException("this Java cannot compute " + ALGORITHM, e);
        }
    }

    /** A secret without the prefix, or whose rest is no Base64, is a key as it stands: MDOQ's secrets are free text. */
    private static byte[] key(String secret) {
        if (secret.startsWith(PREFIX) && secret.length() > PREFIX.length()) {
            try {
                return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            } catch (IllegalArgumentException e) {
                return secret.getBytes(StandardCharsets.UTF_8);
            }
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }
}

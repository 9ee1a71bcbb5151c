package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * One secret shared with an endpoint. It deliberately has no {@code equals}, is not serializable and prints as stars, so
 * that it cannot end in a log, a journal or a set by accident. Immutable and safe for any thread.
 */
public final class SharedSecret {

    /** What a secret in the form of Standard Webhooks begins with; the rest is the key in Base64. */
    public static final String KEY_PREFIX = "whsec_";

    /** From how many characters on a secret can neither be guessed soon nor be an ordinary word. */
    public static final int LEAST_CHARS = 8;

    private static final int LEAST_KEY_BYTES = 24;
    private static final int MOST_KEY_BYTES = 64;

    private final String value;

    /** Made when it is first asked for: many secrets are only compared. */
    private volatile Needle needle;

    private SharedSecret(String value) {
        this.value = value;
    }

    /**
     * Wraps a secret's text.
     *
     * @param value the secret; it travels in a header, so it must be one or more visible ASCII characters (protocol:
     *     "secret")
     * @return the secret
     * @throws IllegalArgumentException if it is empty or holds anything else; the message never contains the value
     */
    @NonNull
    public static SharedSecret of(@NonNull String value) {
        String problem = validationError(value);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return new SharedSecret(value);
    }

    /**
     * Says what is wrong with a text as a secret, for form validation.
     *
     * @param value the candidate
     * @return one sentence that does not contain the value, or null if nothing is wrong
     */
    @CheckForNull
    public static String validationError(@CheckForNull String value) {
        if (value == null || value.isEmpty()) {
            return "the secret is empty; write one or more visible ASCII characters";
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x21 || c > 0x7e) {
                return "character " + (i + 1) + " of the secret is not visible ASCII; the secret travels in an HTTP"
                        + " header, so use letters, digits and punctuation only";
            }
        }
        return null;
    }

    /**
     * Says what is weak about a secret that is one: too short to be a secret, or no key although it says that it is one
     * (protocol: "signing").
     *
     * @param value the secret
     * @return one sentence that does not contain the value, or null if nothing is
     */
    @CheckForNull
    public static String weakness(@NonNull String value) {
        if (value.length() < LEAST_CHARS) {
            return "the secret has fewer than " + LEAST_CHARS
                    + " characters; use at least as many, better 24 random ones";
        }
        if (!value.startsWith(KEY_PREFIX)) {
            return null;
        }
        int bytes;
        try {
            bytes = Base64.getDecoder().decode(value.substring(KEY_PREFIX.length())).length;
        } catch (IllegalArgumentException e) {
            // Not quoted: what the decoder says of it quotes the secret.
            bytes = -1;
        }
        return bytes >= LEAST_KEY_BYTES && bytes <= MOST_KEY_BYTES
                ? null
                : "the secret begins with " + KEY_PREFIX + " but is no key of Standard Webhooks; let " + LEAST_KEY_BYTES
                        + " to " + MOST_KEY_BYTES + " bytes in Base64 follow, or use a secret without that prefix";
    }

    /** A text without the line break at its end that editors and {@code echo} leave there; null stays null. */
    public static String withoutLineBreak(@CheckForNull String text) {
        return text == null ? null : text.replaceFirst("[\\r\\n]+\\z", "");
    }

    /**
     * Compares in constant time.
     *
     * @param candidate what a caller presented
     * @return whether it is this secret
     */
    public boolean matches(@NonNull String candidate) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** The secret's text, for the request that carries it and for nothing else. */
    @NonNull
    public String reveal() {
        return value;
    }

    /** What the redactor looks for; as secret as the text itself. */
    @NonNull
    Needle needle() {
        Needle made = needle;
        if (made == null) {
            made = Needle.of(value);
            needle = made;
        }
        return made;
    }

    @Override
    public String toString() {
        return Redactor.MASK;
    }
}

package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * One secret shared with an endpoint. It deliberately has no {@code equals}, is not serializable and prints as stars, so
 * that it cannot end in a log, a journal or a set by accident. Immutable and safe for any thread.
 */
public final class SharedSecret {

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

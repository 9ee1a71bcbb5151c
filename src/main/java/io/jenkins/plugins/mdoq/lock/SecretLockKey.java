package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A lock key whose bytes are known here, as outside of Jenkins. Safe for any thread. */
public final class SecretLockKey implements LockKey {

    /** How long a key is, in bytes. */
    public static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /**
     * Takes a key.
     *
     * @throws IllegalArgumentException if it is not {@link #BYTES} long
     */
    public SecretLockKey(@NonNull byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** A new key that nobody can guess. */
    @NonNull
    public static byte[] random() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    @Override
    public byte[] mac(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has " + ALGORITHM, e);
        }
    }
}

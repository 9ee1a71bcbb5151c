package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lock's value, {@code <job full name>#<build number>:<webhook>:<token>} (protocol: "Lock value"): it says where the lock
 * belongs and cannot be guessed.
 *
 * @param job the full name of the job, or what stands for it outside Jenkins; may hold any character
 * @param number the number of the build
 * @param webhook the webhook's name; holds no colon
 * @param token 132 random bits or more in URL-safe Base64
 */
public record LockValue(
        @NonNull String job,
        long number,
        @NonNull String webhook,
        @NonNull String token) {

    private static final int TOKEN_BYTES = 18;
    private static final Pattern FORM =
            Pattern.compile("(.+)#(0|[1-9]\\d{0,17}):([^:]+):([A-Za-z0-9_-]{22,})", Pattern.DOTALL);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new lock for a webhook of a process. Its token has 144 random bits. */
    @NonNull
    public static LockValue mint(@NonNull String job, long number, @NonNull String webhook) {
        return new LockValue(job, number, webhook, randomToken());
    }

    /** 144 random bits in URL-safe Base64. */
    @NonNull
    public static String randomToken() {
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Reads a lock's value; null if it has not the form of one. */
    @CheckForNull
    public static LockValue parse(@NonNull String value) {
        Matcher matcher = FORM.matcher(value);
        return matcher.matches()
                ? new LockValue(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3), matcher.group(4))
                : null;
    }

    /** The value as it travels. */
    @Override
    public String toString() {
        return job + "#" + number + ":" + webhook + ":" + token;
    }
}

package io.jenkins.plugins.mdoq.lock;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A lock's value, {@code <job full name>#<build number>:<webhook>:<token>} (protocol: "lock value"): it says where the lock
 * belongs, cannot be guessed, and cannot be made up. The token is 144 random bits followed by 128 bits of a code of all that
 * stands before, under the controller's {@link LockKey}; both in URL-safe Base64.
 *
 * @param job the full name of the job, or what stands for it outside Jenkins; may hold any character
 * @param number the number of the build
 * @param webhook the webhook's name; holds no colon
 * @param token the token; without the code if it was made by an older version
 */
public record LockValue(
        @NonNull String job,
        long number,
        @NonNull String webhook,
        @NonNull String token) {

    /** The longest value that is looked at, in UTF-16 units. */
    static final int MAX_CHARS = 8_192;

    private static final int RANDOM_BYTES = 18;
    private static final int RANDOM_CHARS = 24;
    private static final int CODE_BYTES = 16;
    private static final int CODE_CHARS = 22;
    private static final Pattern FORM =
            Pattern.compile("(.+)#(0|[1-9]\\d{0,17}):([^:]+):([A-Za-z0-9_-]{22,64})", Pattern.DOTALL);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new lock for a webhook of a process. */
    @NonNull
    public static LockValue mint(@NonNull LockKey key, @NonNull String job, long number, @NonNull String webhook) {
        LockValue bare = new LockValue(job, number, webhook, randomToken());
        return new LockValue(job, number, webhook, bare.token + code(key, bare.toString()));
    }

    /** 144 random bits in URL-safe Base64. */
    @NonNull
    public static String randomToken() {
        byte[] token = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Reads a lock's value; null if it has not the form of one. */
    @CheckForNull
    public static LockValue parse(@NonNull String value) {
        if (value.length() > MAX_CHARS) {
            return null;
        }
        Matcher matcher = FORM.matcher(value);
        return matcher.matches()
                ? new LockValue(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3), matcher.group(4))
                : null;
    }

    /** Whether it was made with a key. Takes the same time for each value of the same length. */
    public boolean isGenuine(@NonNull LockKey key) {
        if (token.length() != RANDOM_CHARS + CODE_CHARS) {
            return false;
        }
        String value = toString();
        int end = value.length() - CODE_CHARS;
        // As texts: several of them would decode to the same bytes.
        return MessageDigest.isEqual(
                code(key, value.substring(0, end)).getBytes(StandardCharsets.US_ASCII),
                value.substring(end).getBytes(StandardCharsets.US_ASCII));
    }

    /** Where the lock belongs, for logs: all of it but the token. */
    @NonNull
    public String place() {
        return job + "#" + number + ":" + webhook;
    }

    private static String code(LockKey key, String text) {
        byte[] mac = key.mac(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, CODE_BYTES));
    }

    /** The value as it travels. */
    @Override
    public String toString() {
        return job + "#" + number + ":" + webhook + ":" + token;
    }
}

package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The chain of a journal: each line ends with the field {@code prev}, the SHA-256 of the line before in URL-safe Base64;
 * the first line's is over what names the process. A line that was changed or taken out breaks it at the line behind.
 */
final class JournalChain {

    private static final Pattern SEALED = Pattern.compile(",\"prev\":\"([A-Za-z0-9_-]{43})\"}$", Pattern.DOTALL);

    private JournalChain() {}

    /** The hash of a line without its line feed, or of a name in UTF-8. */
    @NonNull
    static String hash(@NonNull byte[] bytes) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform is required to have it.
            throw new IllegalStateException("this Java cannot compute SHA-256", e);
        }
    }

    /** A line, without its line feed, of a fact's JSON object. */
    @NonNull
    static byte[] seal(@NonNull byte[] json, @NonNull String previous) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(json.length + 56);
        line.write(json, 0, json.length - 1);
        line.writeBytes((",\"prev\":\"" + previous + "\"}").getBytes(StandardCharsets.US_ASCII));
        return line.toByteArray();
    }

    /** What a line says of the one before it, or null if it says nothing, as lines of older versions do. */
    @CheckForNull
    static String previous(@NonNull byte[] line) {
        // Only the end is looked at; a fact's own fields come before it.
        int from = Math.max(0, line.length - 64);
        Matcher matcher = SEALED.matcher(new String(line, from, line.length - from, StandardCharsets.ISO_8859_1));
        return matcher.find() ? matcher.group(1) : null;
    }
}

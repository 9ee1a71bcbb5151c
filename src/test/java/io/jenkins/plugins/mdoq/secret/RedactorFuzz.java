package io.jenkins.plugins.mdoq.secret;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * What secrets are masked in: never throws, and leaves the secret nowhere. The input is the text; in it {@code \1} stands for
 * the secret, {@code \2} for it in Base64 and {@code \3} for it in percent-encoding.
 */
public final class RedactorFuzz {

    private static final String SECRET = "fuzzed\\Secret\"%26+01";
    private static final String URL_SECRET = "T0k3nOfTheUrl99";
    private static final Redactor REDACTOR =
            Redactor.of(Secrets.ofTexts(SECRET), List.of(URI.create("https://h.example/hooks/" + URL_SECRET)));

    private RedactorFuzz() {}

    /** Called by Jazzer, and with each input that is kept. */
    public static void fuzzerTestOneInput(byte[] data) {
        String raw = new String(data, StandardCharsets.UTF_8);
        String text = raw.replace("\1", SECRET)
                .replace("\2", Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)))
                // Behind half an escape, what follows is read as the rest of it: docs/security.md says so.
                .replace("\3", " " + URLEncoder.encode(SECRET, StandardCharsets.UTF_8));

        String masked = REDACTOR.text(text);
        holdsNoSecret(masked);
        if (!masked.contains(Redactor.MASK) && !masked.equals(text)) {
            throw new AssertionError("changed, and nothing masked: " + text);
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put(text, text).putArray("a").add(text).add(1.5);
        holdsNoSecret(REDACTOR.object(object).toString());
        ShownUrl.of(text);
    }

    private static void holdsNoSecret(String text) {
        if (text.contains(SECRET) || text.contains(URL_SECRET) || decoded(text).contains(SECRET)) {
            throw new AssertionError("a secret in " + text);
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not percent-encoded.
            return text;
        }
    }
}

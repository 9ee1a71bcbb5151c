package io.jenkins.plugins.mdoq.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What an endpoint answers: whatever it is, it is an answer or a failure with a reason, and keeps no secret. The first byte of
 * the input chooses the status, the second one a content coding, and the rest is the body.
 */
public final class AnswerFuzz {

    /** Begins with no letter of an escape: behind a backslash, JSON would make the beginning of it of something else. */
    private static final String SECRET = "Guessed-Secret-01";

    private static final Redactor REDACTOR = Redactor.of(Secrets.ofTexts(SECRET));
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final int[] STATUSES = {200, 204, 302, 400, 401, 404, 408, 409, 425, 429, 500, 503, 599};
    private static final String[] CODINGS = {null, "gzip", "x-gzip", "deflate", "gzip, deflate", "identity", "br"};

    private AnswerFuzz() {}

    /** Called by Jazzer, and with each input that is kept. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        int status = STATUSES[(data[0] & 0xff) % STATUSES.length];
        String coding = CODINGS[(data[1] & 0xff) % CODINGS.length];
        byte[] body;
        try {
            body = ContentCoding.decode(Arrays.copyOfRange(data, 2, data.length), coding);
        } catch (BoundedBody.TooLarge | ContentCoding.UndecodableException e) {
            return;
        }
        check(AnswerReader.read(status, body, null, null, REDACTOR));
        RetryAfter.read(new String(body, StandardCharsets.ISO_8859_1), NOW);
    }

    private static void check(Reply reply) {
        if (reply instanceof Reply.Answer answer) {
            holdsNoSecret(answer.data().toString());
            answer.notes().forEach(AnswerFuzz::holdsNoSecret);
            JsonNode result = answer.data().get("result");
            if (result != null && answer.result() != Result.read(result)) {
                throw new AssertionError("read as " + answer.result() + ": " + answer.data());
            }
        } else if (reply instanceof Reply.Failure failure) {
            for (String text : List.of(failure.error(), String.valueOf(failure.body()))) {
                holdsNoSecret(text);
                if (text.length() > Limits.MESSAGE_CHARS) {
                    throw new AssertionError("a failure of " + text.length() + " characters");
                }
            }
            if (failure.error().isBlank()) {
                throw new AssertionError("a failure without a reason");
            }
        }
    }

    private static void holdsNoSecret(String text) {
        if (text.contains(SECRET)) {
            throw new AssertionError("a secret in " + text);
        }
    }
}

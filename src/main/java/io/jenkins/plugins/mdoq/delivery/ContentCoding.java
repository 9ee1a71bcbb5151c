package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Decodes an answer that was compressed although nobody asked for that. What comes out is bounded, so a small answer cannot
 * fill the heap (protocol: "answer size").
 */
final class ContentCoding {

    /** More than anyone needs, and each costs a pass over the answer. */
    private static final int MOST = 4;

    /** The coding cannot be undone; the message continues "the answer". */
    static final class UndecodableException extends Exception {
        private static final long serialVersionUID = 1L;

        UndecodableException(String message) {
            super(message);
        }
    }

    private ContentCoding() {}

    /**
     * Decodes a body.
     *
     * @param codings the value of {@code Content-Encoding}, or null
     * @throws BoundedBody.TooLarge if more than the limit comes out
     * @throws UndecodableException if it is not in that coding, or the coding is not known here
     */
    @NonNull
    static byte[] decode(@NonNull byte[] body, @CheckForNull String codings)
            throws UndecodableException, BoundedBody.TooLarge {
        if (codings == null || body.length == 0) {
            return body;
        }
        String[] names = codings.toLowerCase(Locale.ROOT).split(",", -1);
        if (names.length > MOST) {
            throw new UndecodableException("is encoded more than " + MOST + " times over");
        }
        byte[] decoded = body;
        // The last one was applied last.
        for (int i = names.length - 1; i >= 0; i--) {
            decoded = decodeOne(decoded, names[i].strip());
        }
        return decoded;
    }

    private static byte[] decodeOne(byte[] body, String name) throws UndecodableException, BoundedBody.TooLarge {
        try {
            return switch (name) {
                case "", "identity" -> body;
                case "gzip", "x-gzip" -> bounded(new GZIPInputStream(new ByteArrayInputStream(body)));
                case "deflate" -> inflate(body);
                default ->
                    throw new UndecodableException("is compressed as '" + Limits.text(name, 40)
                            + "', which nobody asked for and which is not read here; have the endpoint answer without"
                            + " Content-Encoding");
            };
        } catch (BoundedBody.TooLarge e) {
            throw e;
        } catch (IOException e) {
            throw new UndecodableException("says that it is compressed as " + name + ", but is not, or is cut short");
        }
    }

    /** With the frame that the standard asks for or, as some servers send it, without. */
    private static byte[] inflate(byte[] body) throws IOException {
        boolean framed = body.length > 1 && (body[0] & 0x0f) == 8 && ((body[0] & 0xff) << 8 | body[1] & 0xff) % 31 == 0;
        Inflater inflater = new Inflater(!framed);
        try {
            return bounded(new InflaterInputStream(new ByteArrayInputStream(body), inflater));
        } finally {
            inflater.end();
        }
    }

    private static byte[] bounded(InputStream in) throws IOException {
        try (in) {
            byte[] decoded = in.readNBytes(Limits.BODY_BYTES + 1);
            if (decoded.length > Limits.BODY_BYTES) {
                throw new BoundedBody.TooLarge();
            }
            return decoded;
        }
    }
}

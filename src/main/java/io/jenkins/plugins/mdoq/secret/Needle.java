package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.NonNull;

/** A text that is looked for: as it stands, and as it is when all that looks like an escape in it is decoded. Immutable. */
final class Needle {

    private final char[] plain;
    private final char[] decoded;
    private final boolean backslash;

    private Needle(char[] plain, char[] decoded, boolean backslash) {
        this.plain = plain;
        this.decoded = decoded;
        this.backslash = backslash;
    }

    /** @param text not empty */
    @NonNull
    static Needle of(@NonNull String text) {
        Decoding decoding = Decoding.of(text);
        char[] decoded = new char[decoding.size()];
        for (int i = 0; i < decoded.length; i++) {
            decoded[i] = folded(decoding.charAt(i));
        }
        char[] plain = text.toCharArray();
        for (int i = 0; i < plain.length; i++) {
            plain[i] = folded(plain[i]);
        }
        return new Needle(plain, decoded, decoding.isEscaped(0));
    }

    /** A blank and a plus are the same: which of them is meant by which, forms and URLs do not agree on. */
    static char folded(char c) {
        return c == ' ' ? '+' : c;
    }

    /** How long the text is; in no encoding is it shorter. */
    int length() {
        return plain.length;
    }

    /** The length of the decoded text. */
    int decodedLength() {
        return decoded.length;
    }

    char lastPlain() {
        return plain[plain.length - 1];
    }

    char lastDecoded() {
        return decoded[decoded.length - 1];
    }

    /** Whether the text begins with a backslash, which is none of the decoded characters. */
    boolean beginsWithBackslash() {
        return backslash;
    }

    /** Whether the text ends, as it stands, behind a character of the given ones. */
    boolean endsPlainAt(CharSequence text, int end) {
        int at = end - plain.length;
        if (at < 0) {
            return false;
        }
        for (int i = plain.length - 1; i >= 0; i--) {
            if (plain[i] != folded(text.charAt(at + i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text, decoded, ends with the last character of what was read. */
    boolean endsDecoded(Decoding text) {
        int at = text.size() - decoded.length;
        if (at < 0) {
            return false;
        }
        for (int i = decoded.length - 1; i >= 0; i--) {
            if (decoded[i] != folded(text.charAt(at + i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return Redactor.MASK;
    }
}

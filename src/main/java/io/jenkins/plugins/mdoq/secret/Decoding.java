package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Arrays;

/**
 * A text while it is read, with every escape in it replaced by the character that it stands for: percent-encoding, the
 * entities of HTML, the Unicode escapes and backslashes of JSON and its relatives, in each other to any depth. Only what
 * stands for an ASCII character is replaced, as secrets hold nothing else.
 *
 * <p>Each character knows where it stands in what was read. An escape counts as soon as its last character is read, so that
 * at every moment the characters read so far are decoded as far as they can be; the time taken grows with the length of the
 * text alone. A backslash in front of any character is dropped, as all of JSON, PHP, JavaScript and shells write some that
 * way.
 *
 * <p>Used by one thread.
 */
class Decoding {

    /** The longest entity looked for, leading zeros included. */
    private static final int ENTITY_CHARS = 24;

    /** The value of a hexadecimal digit, else -1. */
    private static final byte[] HEX = new byte[128];

    static {
        Arrays.fill(HEX, (byte) -1);
        for (int value = 0; value < 16; value++) {
            HEX[Character.forDigit(value, 16)] = (byte) value;
            HEX[Character.toUpperCase(Character.forDigit(value, 16))] = (byte) value;
        }
    }

    private final char[] chars;

    /** Where a character begins in what was read, the backslashes in front of it included. */
    private final int[] begin;

    /** The same without those backslashes. */
    private final int[] own;

    /** How many backslashes stand as such in front of a character; of a backslash, itself among them. */
    private final char[] written;

    /** How many more stand before those that came out of escapes. */
    private final char[] escaped;

    /** Whether of two backslashes that come out of escapes the second one begins another escape. */
    private final boolean apart;

    private boolean ambiguous;
    private int size;

    /** How much was read. */
    private int read;

    /**
     * @param most how many characters are going to be read at the most
     * @param apart whether of two backslashes that come out of escapes the second one begins another escape, or is the first
     *     one doubled: what stands there does not tell
     */
    Decoding(int most, boolean apart) {
        this.apart = apart;
        chars = new char[most];
        begin = new int[most];
        own = new int[most];
        written = new char[most];
        escaped = new char[most];
    }

    /** A text as it is when nothing in it is left to decode. */
    @NonNull
    static Decoding of(@NonNull String text) {
        Decoding decoding = new Decoding(text.length(), false);
        for (int i = 0; i < text.length(); i++) {
            decoding.add(text.charAt(i));
        }
        return decoding;
    }

    /** Reads one more character. */
    final void add(char c) {
        int top = size - 1;
        if (top < 0 || chars[top] != '\\') {
            top = size++;
            begin[top] = read;
            written[top] = 0;
            escaped[top] = 0;
        }
        if (c == '\\') {
            written[top] = sum(written[top], 1);
        }
        chars[top] = c;
        own[top] = read++;
        changed();
        while (decoded()) {
            changed();
        }
    }

    /** The last character is another one. */
    void changed() {
        // Of interest to those who look for something.
    }

    /** Replaces an escape that the last character ends; whether it did end one. */
    private boolean decoded() {
        char c = chars[size - 1];
        if (c == ';') {
            return entity();
        }
        int low = hex(size - 1);
        if (low < 0 || size < 3) {
            return false;
        }
        int high = hex(size - 2);
        if (high < 0) {
            return false;
        }
        int value = high << 4 | low;
        char mark = chars[size - 3];
        if (mark == '%') {
            return replaced(size - 3, value, false);
        }
        if (mark == 'x') {
            return isEscaped(size - 3) && replaced(size - 3, value, true);
        }
        if (mark != '0' || size < 5 || chars[size - 4] != '0' || chars[size - 5] != 'u') {
            return false;
        }
        if (isEscaped(size - 5)) {
            return replaced(size - 5, value, true);
        }
        return size > 5 && chars[size - 6] == '%' && replaced(size - 6, value, false);
    }

    /** Whether a backslash stands in front of a character. */
    final boolean isEscaped(int index) {
        return written[index] + escaped[index] > 0;
    }

    private int hex(int index) {
        char c = chars[index];
        return c < 128 ? HEX[c] : -1;
    }

    private boolean replaced(int from, int value, boolean withBackslash) {
        if (value >= 128) {
            return false;
        }
        chars[from] = (char) value;
        int before = escaped[from] + written[from];
        if (withBackslash) {
            own[from] = begin[from];
            boolean more =
                    written[from] > 0 ? escaped[from] > 0 || !isDoubled(written[from]) : !isDoubled(escaped[from]);
            before = more ? 1 : 0;
        }
        boolean second = value == '\\' && escaped[from] > 0 && !withBackslash;
        ambiguous |= second;
        if (second && apart) {
            written[from] = sum(written[from], 1);
        } else if (value == '\\') {
            escaped[from] = sum(before, 1);
            written[from] = 0;
        } else if (withBackslash) {
            escaped[from] = (char) before;
            written[from] = 0;
        }
        size = from + 1;
        return true;
    }

    private static char sum(int one, int other) {
        return (char) Math.min(one + other, Character.MAX_VALUE);
    }

    /**
     * Whether a number of backslashes comes of doubling one again and again. If not, one of them belongs to the escape alone,
     * and a backslash before that to what the escape stands for.
     */
    private static boolean isDoubled(int backslashes) {
        return Integer.bitCount(backslashes) == 1;
    }

    private boolean entity() {
        int from = size - 2;
        int least = Math.max(0, size - ENTITY_CHARS);
        while (from >= least && chars[from] != '&') {
            from--;
        }
        if (from < least || size - from < 4) {
            return false;
        }
        int value = chars[from + 1] == '#'
                ? number(from + 2)
                : EntityNames.value(new String(chars, from + 1, size - 2 - from));
        return value >= 0 && replaced(from, value, false);
    }

    /** A number up to the semicolon, or -1 if there is none or it is beyond ASCII. */
    private int number(int from) {
        boolean isHex = chars[from] == 'x' || chars[from] == 'X';
        int first = isHex ? from + 1 : from;
        int value = first < size - 1 ? 0 : -1;
        for (int i = first; value >= 0 && i < size - 1; i++) {
            int digit = hex(i);
            value = digit < 0 || digit > 9 && !isHex ? -1 : value * (isHex ? 16 : 10) + digit;
            value = value < 128 ? value : -1;
        }
        return value;
    }

    /** Whether it made a difference how such backslashes are taken. */
    final boolean isAmbiguous() {
        return ambiguous;
    }

    /** How many characters there are. */
    final int size() {
        return size;
    }

    /** How many characters were read. */
    final int read() {
        return read;
    }

    final char charAt(int index) {
        return chars[index];
    }

    /** Where a character begins in what was read, the backslashes in front of it included. */
    final int begin(int index) {
        return begin[index];
    }

    /** The same without those backslashes. */
    final int own(int index) {
        return own[index];
    }

    /** Where a character ends in what was read: behind it. */
    final int end(int index) {
        return index + 1 < size ? begin[index + 1] : read;
    }

    @Override
    public String toString() {
        return Redactor.MASK;
    }
}

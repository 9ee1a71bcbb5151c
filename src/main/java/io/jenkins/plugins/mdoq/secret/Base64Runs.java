package io.jenkins.plugins.mdoq.secret;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The runs of a text that may be Base64, of either alphabet and over several lines, decoded. A run may begin with characters
 * that are no part of it, so each is decoded from each of its first four characters on. Only what is text afterwards is
 * given on.
 */
final class Base64Runs {

    private static final int PHASES = 4;
    private static final byte[] SEXTETS = new byte[128];

    static {
        Arrays.fill(SEXTETS, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        for (int i = 0; i < alphabet.length(); i++) {
            SEXTETS[alphabet.charAt(i)] = (byte) i;
        }
        SEXTETS['+'] = 62;
        SEXTETS['-'] = 62;
        SEXTETS['/'] = 63;
        SEXTETS['_'] = 63;
    }

    private final Decoding text;
    private final int least;
    private final BiConsumer<CharSequence, Search.Place> found;

    /** The values of the run's characters, and where these are in the text. */
    private final byte[] sextets;

    private final int[] places;
    private int length;

    private Base64Runs(Decoding text, int least, BiConsumer<CharSequence, Search.Place> found) {
        this.text = text;
        this.least = least;
        this.found = found;
        this.sextets = new byte[text.size()];
        this.places = new int[text.size()];
    }

    /**
     * Finds them.
     *
     * @param least how many characters are of interest at the least
     * @param found is given each decoded text, and where it stands in what the text was read from
     */
    static void in(@NonNull Decoding text, int least, @NonNull BiConsumer<CharSequence, Search.Place> found) {
        if (text.size() * 6L >= least * 8L) {
            new Base64Runs(text, least, found).all();
        }
    }

    private void all() {
        for (int i = 0; i < text.size(); i++) {
            char c = text.charAt(i);
            int sextet = c < 128 ? SEXTETS[c] : -1;
            if (isLineBreak(i, c)) {
                continue;
            }
            if (sextet < 0) {
                run();
            } else {
                sextets[length] = (byte) sextet;
                places[length++] = i;
            }
        }
        run();
    }

    /** Base64 is broken into lines, and the breaks may be written as JSON writes them. */
    private boolean isLineBreak(int i, char c) {
        return c == '\n' || c == '\r' || (c == 'n' || c == 'r') && text.begin(i) < text.own(i);
    }

    private void run() {
        for (int phase = 0; phase < PHASES && (length - phase) * 6L >= least * 8L; phase++) {
            phase(phase);
        }
        length = 0;
    }

    private void phase(int phase) {
        int bytes = (int) ((length - phase) * 6L / 8);
        int from = 0;
        for (int i = 0; i < bytes; i++) {
            if (!isText(octet(phase, i))) {
                part(phase, from, i, bytes);
                from = i + 1;
            }
        }
        part(phase, from, bytes, bytes);
    }

    private static boolean isText(int octet) {
        return octet >= ' ' && octet <= '~' || octet == '\n' || octet == '\r' || octet == '\t';
    }

    private int octet(int phase, int index) {
        int at = phase + index / 3 * 4;
        return switch (index % 3) {
            case 0 -> sextets[at] << 2 | sextets[at + 1] >> 4;
            case 1 -> (sextets[at + 1] & 0xf) << 4 | sextets[at + 2] >> 2;
            default -> (sextets[at + 2] & 0x3) << 6 | sextets[at + 3];
        };
    }

    private void part(int phase, int from, int to, int bytes) {
        if (to - from < least) {
            return;
        }
        StringBuilder decoded = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            decoded.append((char) octet(phase, i));
        }
        found.accept(decoded, new Search.Place() {
            @Override
            public int begin(int index) {
                int octet = from + index;
                return text.own(places[phase + octet / 3 * 4 + octet % 3]);
            }

            @Override
            public int end(int index) {
                int octet = from + index;
                int last = places[phase + octet / 3 * 4 + octet % 3 + 1];
                return text.end(octet == bytes - 1 ? padded(last) : last);
            }
        });
    }

    /** The last character of the padding behind a character; that character itself if there is none. */
    private int padded(int last) {
        int padded = last;
        while (padded + 1 < text.size() && padded < last + 2 && text.charAt(padded + 1) == '=') {
            padded++;
        }
        return padded;
    }
}

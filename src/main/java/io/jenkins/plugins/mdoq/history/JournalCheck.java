package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Whether a journal is as it was written, as its chain of hashes tells. Whole lines that were cut off at its end leave no
 * trace in it: the number of lines and the last hash are there to be compared with what was noted elsewhere.
 *
 * @param state what was found
 * @param line the number of the line that shows it, from 1; 0 if there is none
 * @param lines how many whole lines there are
 * @param lastHash the SHA-256 of the last whole line in URL-safe Base64; empty without a line
 */
public record JournalCheck(
        @NonNull State state, int line, int lines, @NonNull String lastHash) {

    /** What can be found. */
    public enum State {
        /** Each line fits the one before. */
        WHOLE,
        /** Whole, but for a last line that a crash tore; nothing acted upon it. */
        TORN,
        /** A line does not fit the one before it: that one was changed, or lines between them were taken out. */
        ALTERED,
        /** The first line is not the one that this process began with: its beginning was cut off, or it is another's. */
        BEGINNING_MISSING,
        /** The first lines are older than the chain, so that nothing is known of them; the others are whole. */
        PARTLY_CHAINED,
        /** Nothing was ever written. */
        EMPTY
    }

    /** Reads a journal from its beginning; see {@link Journal#check}. */
    static JournalCheck of(Path file, @CheckForNull String name) throws IOException {
        Reader reader = new Reader(name);
        int torn = JournalLines.forward(file, 0, reader::line);
        return reader.end(torn);
    }

    private static final class Reader {
        private final String name;
        private State found = State.WHOLE;
        private int foundAt;
        private int lines;
        private boolean chained;
        private String last = "";

        Reader(String name) {
            this.name = name;
        }

        void line(byte[] line) {
            lines++;
            String previous = JournalChain.previous(line);
            if (lines == 1) {
                if (previous == null) {
                    found(State.PARTLY_CHAINED);
                } else if (name != null && !previous.equals(hash(name))) {
                    found(State.BEGINNING_MISSING);
                }
            } else if (previous == null ? chained : !previous.equals(last)) {
                found(State.ALTERED);
            }
            chained |= previous != null;
            last = JournalChain.hash(line);
        }

        /** The first find counts, but for an older beginning, which is none to worry about. */
        private void found(State state) {
            if (found == State.WHOLE || found == State.PARTLY_CHAINED) {
                found = state;
                foundAt = lines;
            }
        }

        private static String hash(String text) {
            return JournalChain.hash(text.getBytes(StandardCharsets.UTF_8));
        }

        JournalCheck end(int torn) {
            if (lines == 0 && torn == 0) {
                return new JournalCheck(State.EMPTY, 0, 0, "");
            }
            if (torn > 0 && found == State.WHOLE) {
                return new JournalCheck(State.TORN, lines + 1, lines, last);
            }
            return new JournalCheck(found, foundAt, lines, last);
        }
    }

    /** What was found, in one sentence. */
    @NonNull
    public String sentence() {
        return switch (state) {
            case WHOLE ->
                "whole: each of its " + lines + " lines fits the one before; the last one's hash is " + lastHash;
            case TORN ->
                "torn at the end: line " + line
                        + " was cut short by a crash in mid-write, and nothing acted upon it; the " + lines
                        + " lines before it are whole, the last one's hash is " + lastHash;
            case ALTERED ->
                "altered: line " + line + " does not fit the one before it, so that one was changed or lines between"
                        + " them were taken out";
            case BEGINNING_MISSING ->
                "not what this process wrote: its first line is not the one that a history of this name begins with";
            case PARTLY_CHAINED -> "whole as far as that can be said: it was begun by a version that kept no hashes";
            case EMPTY -> "empty: nothing was ever written";
        };
    }
}

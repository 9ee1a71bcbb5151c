package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Whether a journal is as it was written, as its chain of hashes tells. Whole lines that were cut off at its end leave no
 * trace in it, and a last line that was changed leaves none either: the number of lines and the last hash are there to be
 * noted elsewhere, and a hash that was noted is looked for. {@link HistoryEnd} says what else a missing end shows by.
 *
 * @param state what was found
 * @param line the number of the line that shows it, from 1; 0 if there is none
 * @param lines how many whole lines there are
 * @param lastHash the SHA-256 of the last whole line in URL-safe Base64; empty without a line
 */
public record JournalCheck(
        @NonNull State state, int line, int lines, @NonNull String lastHash) {

    /** What can be found, what is known for certain before what is not. */
    public enum State {
        /** Each line fits the one before. */
        WHOLE,
        /** Whole, but for a last line that a crash tore; nothing acted upon it. */
        TORN,
        /** Nothing was ever written. */
        EMPTY,
        /** The first lines are older than the chain, so that nothing is known of them; the others are whole. */
        PARTLY_CHAINED,
        /** A line behind chained ones has no hash: an older version wrote it, or it was changed. The others are whole. */
        UNCHAINED,
        /** Each line fits the one before, but none has the hash that was noted: what was there then is gone, or was rewritten. */
        NOTED_MISSING,
        /** A line does not fit the one before it: that one was changed, or lines between them were taken out. */
        ALTERED,
        /** The first line is not the one that this process began with: its beginning was cut off, or it is another's. */
        BEGINNING_MISSING;

        /** Whether the journal is certainly not what was written. */
        public boolean tampered() {
            return compareTo(NOTED_MISSING) >= 0;
        }
    }

    /** Reads a journal from its beginning; see {@link Journal#check}. */
    static JournalCheck of(Disk disk, Path file, @CheckForNull String name, @CheckForNull String noted)
            throws IOException {
        Reader reader = new Reader(name, noted);
        int torn = JournalLines.forward(disk, file, 0, reader::line);
        return reader.end(torn);
    }

    private static final class Reader {
        private final String name;
        private final String noted;
        private State found = State.WHOLE;
        private int foundAt;
        private int lines;
        private boolean chained;
        private boolean notedSeen;
        private String last = "";

        Reader(String name, String noted) {
            this.name = name;
            this.noted = noted;
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
            } else if (previous != null && !previous.equals(last)) {
                found(State.ALTERED);
            } else if (previous == null && chained) {
                found(State.UNCHAINED);
            }
            chained |= previous != null;
            last = JournalChain.hash(line);
            notedSeen |= last.equals(noted);
        }

        /** The first find counts, unless a graver one follows it. */
        private void found(State state) {
            if (!found.tampered() && state.compareTo(found) > 0) {
                found = state;
                foundAt = lines;
            }
        }

        private static String hash(String text) {
            return JournalChain.hash(text.getBytes(StandardCharsets.UTF_8));
        }

        JournalCheck end(int torn) {
            if (noted != null && !notedSeen && !found.tampered()) {
                return new JournalCheck(State.NOTED_MISSING, 0, lines, last);
            }
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
                        + " lines before it are whole" + (lines == 0 ? "" : ", the last one's hash is " + lastHash);
            case EMPTY -> "empty: nothing was ever written";
            case PARTLY_CHAINED ->
                "whole as far as that can be said: it was begun by a version that kept no hashes; of its " + lines
                        + " lines the last one's hash is " + lastHash;
            case UNCHAINED ->
                "not certain: line " + line + " has no hash, so a version that kept none wrote it, or it was changed";
            case NOTED_MISSING ->
                "truncated or rewritten: each of its " + lines
                        + " lines fits the one before, but none has the hash that"
                        + " was noted, so the lines from there on were cut off, or all were written anew";
            case ALTERED ->
                "altered: line " + line + " does not fit the one before it, so line " + (line - 1)
                        + " was changed, or lines were taken out or put in between the two";
            case BEGINNING_MISSING ->
                "not what this process wrote: line 1 is not the one that its history begins with, so the beginning was"
                        + " cut off, or it is the history of another process";
        };
    }
}

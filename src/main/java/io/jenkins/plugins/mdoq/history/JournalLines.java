package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The lines of a journal's file. A line counts once its line feed is there; what follows the last is torn. */
final class JournalLines {

    private static final int BLOCK = 16 * 1024;

    /** Most lines fit into it. */
    private static final int SMALL_BLOCK = 1024;

    private JournalLines() {}

    /**
     * All whole lines from a line's beginning on. An absent file has no lines.
     *
     * @param from where to begin, in bytes from the file's beginning
     * @return the size in bytes of a torn last line, or 0 if there is none
     */
    static int forward(Disk disk, Path file, long from, Consumer<byte[]> lines) throws IOException {
        if (!disk.exists(file)) {
            // Nothing was written yet: no lines.
            return 0;
        }
        try (InputStream in = disk.read(file)) {
            in.skipNBytes(from);
            byte[] block = new byte[BLOCK];
            ByteArrayOutputStream line = new ByteArrayOutputStream(512);
            for (int length = in.read(block); length != -1; length = in.read(block)) {
                int begin = 0;
                for (int i = 0; i < length; i++) {
                    if (block[i] == '\n') {
                        line.write(block, begin, i - begin);
                        lines.accept(line.toByteArray());
                        line.reset();
                        begin = i + 1;
                    }
                }
                line.write(block, begin, length - begin);
            }
            return line.size();
        }
    }

    /**
     * Writes facts as lines behind the last whole one, each chained to the one before, and returns once they are on disk; if
     * it throws, none of them counts.
     *
     * @param name what names the process, for the first line of a journal
     * @param known the history up to now, which spares a look at the end of the file, or null
     * @param facts JSON objects
     * @return the lines as they were written, without line feeds
     */
    static List<byte[]> append(
            Disk disk, Path file, boolean exists, String name, @Nullable History known, List<byte[]> facts)
            throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "a journal lies in a folder");
        Path standing = exists ? folder : disk.makeFolder(folder);
        List<byte[]> lines;
        try (Disk.Open journal = disk.open(file)) {
            long length = journal.length();
            boolean whole = known != null && known.bytes() == length;
            long end = whole ? length : soundEnd(journal, length);
            if (end < length) {
                // A line that a crash tore was never acted upon. It must go, or the next one would be written into it.
                journal.setLength(end);
            }
            byte[] last = whole ? known.lastLine() : lastLine(journal, end);
            lines = chain(facts, end == 0 ? name.getBytes(StandardCharsets.UTF_8) : last);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(SMALL_BLOCK);
            for (byte[] line : lines) {
                bytes.writeBytes(line);
                bytes.write('\n');
            }
            try {
                journal.write(end, bytes.toByteArray());
            } catch (IOException e) {
                try {
                    journal.setLength(end);
                } catch (IOException undone) {
                    e.addSuppressed(undone);
                }
                throw e;
            }
        }
        if (!exists) {
            // A new file is only found after a crash if the folders that name it are on disk as well.
            for (Path made = folder; made != null; made = made.equals(standing) ? null : made.getParent()) {
                disk.forceFolder(made);
            }
        }
        return lines;
    }

    /** The lines that facts become behind a line, or behind a name; see {@link JournalChain}. */
    static List<byte[]> chain(List<byte[]> facts, byte[] before) {
        List<byte[]> lines = new ArrayList<>(facts.size());
        String previous = JournalChain.hash(before);
        for (byte[] fact : facts) {
            byte[] line = JournalChain.seal(fact, previous);
            lines.add(line);
            if (lines.size() < facts.size()) {
                previous = JournalChain.hash(line);
            }
        }
        return lines;
    }

    /** The line that ends at a place, which is behind its line feed, without that. */
    static byte[] lastLine(Disk.Open journal, long end) throws IOException {
        byte[] line = new byte[0];
        long position = end - 1;
        int length = SMALL_BLOCK;
        while (position > 0) {
            int size = (int) Math.min(length, position);
            byte[] block = journal.read(position - size, size);
            int begin = size;
            while (begin > 0 && block[begin - 1] != '\n') {
                begin--;
            }
            byte[] joined = Arrays.copyOfRange(block, begin, size + line.length);
            System.arraycopy(line, 0, joined, size - begin, line.length);
            line = joined;
            if (begin > 0) {
                return line;
            }
            position -= size;
            length = BLOCK;
        }
        return line;
    }

    /** Where the last whole line ends; everything behind it is torn. */
    static long soundEnd(Disk.Open journal, long length) throws IOException {
        long end = length;
        // The ordinary case costs one byte: a journal ends with a line feed, however long it is.
        int block = 1;
        while (end > 0) {
            int size = (int) Math.min(block, end);
            byte[] bytes = journal.read(end - size, size);
            for (int i = size - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return end - size + i + 1;
                }
            }
            end -= size;
            block = BLOCK;
        }
        return 0;
    }
}

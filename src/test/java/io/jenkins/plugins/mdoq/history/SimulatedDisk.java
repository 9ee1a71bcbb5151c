package io.jenkins.plugins.mdoq.history;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A disk in memory that loses power: what was not forced is gone then, a write that was under way leaves its beginning, and a
 * new file is only found again if the folders that name it were forced. It can also refuse. For one thread at a time.
 */
public final class SimulatedDisk implements Disk {

    /** The power is gone: the program ends here, whatever it was about to do. */
    public static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;

        PowerCut() {
            super("the power is gone");
        }
    }

    /** What a disk does. */
    public enum Operation {
        MAKE_FOLDER,
        MAKE_FILE,
        CUT,
        WRITE,
        FORCE_FOLDER
    }

    private static final class Content {
        /** What a program reads. */
        private byte[] now = new byte[0];
        /** What is there after a power cut. */
        private byte[] durable = new byte[0];
    }

    private final Map<Path, Content> files = new HashMap<>();

    /** The files and folders that were made, and whether their names are durable. */
    private final Map<Path, Boolean> names = new HashMap<>();

    private boolean off;
    private int fuse = -1;
    private int choice;
    private int writes;
    private Function<Operation, IOException> refusal = operation -> null;
    private int keptOfRefusedWrites;
    private Runnable onWrite = () -> {};

    /** A journal on this disk, whose folder is made with its first line. */
    public Journal journal(Path folder) {
        return Journal.on(this, () -> folder);
    }

    /**
     * Has the power go during an operation.
     *
     * @param operations how many are carried out before it
     * @param how decides how much of it is left, of what that allows for
     */
    public void cutPowerAfter(int operations, int how) {
        fuse = operations;
        choice = how;
    }

    /** Has the power go now. */
    public void cutPower(int how) {
        choice = how;
        off = true;
    }

    /** Whether the power is gone. */
    public boolean isOff() {
        return off;
    }

    /** Gives the power back; only what is durable is there. */
    public void restorePower() {
        off = false;
        fuse = -1;
        boolean lucky = choice % 2 == 0;
        files.entrySet().removeIf(file -> !isNamed(file.getKey()) && !lucky);
        names.replaceAll((path, durable) -> true);
        names.keySet().removeIf(path -> path.endsWith(Journal.FILE_NAME) && !files.containsKey(path));
        files.values().forEach(file -> file.now = file.durable);
    }

    /** Whether all that was written would be there after a power cut. */
    public boolean isDurable() {
        return files.entrySet().stream()
                .allMatch(file -> isNamed(file.getKey()) && file.getValue().now == file.getValue().durable);
    }

    private boolean isNamed(Path path) {
        for (Path each = path; each != null; each = each.getParent()) {
            if (Boolean.FALSE.equals(names.get(each))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Refuses what it is asked to refuse.
     *
     * @param with gives why, or null to carry an operation out
     * @param keptOfWrites how many bytes of a refused write are on the disk all the same, at the most
     */
    public void refuse(Function<Operation, IOException> with, int keptOfWrites) {
        refusal = with;
        keptOfRefusedWrites = keptOfWrites;
    }

    /** Does something in the middle of each write, such as to let time pass. */
    public void duringWrites(Runnable what) {
        onWrite = what;
    }

    /** How many writes were carried out. */
    public int writes() {
        return writes;
    }

    /** What is in a file as a program reads it; null if there is none. */
    public byte[] bytes(Path file) {
        Content content = files.get(file);
        return content == null ? null : content.now.clone();
    }

    private void demandPower() {
        if (off) {
            throw new PowerCut();
        }
    }

    /** Whether the power goes during this operation. */
    private boolean isLast() {
        demandPower();
        if (fuse < 0 || fuse-- > 0) {
            return false;
        }
        off = true;
        return true;
    }

    private void begin(Operation operation) throws IOException {
        if (isLast()) {
            throw new PowerCut();
        }
        IOException refused = refusal.apply(operation);
        if (refused != null) {
            throw refused;
        }
    }

    private Content content(Path file) throws IOException {
        demandPower();
        Content content = files.get(file);
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return content;
    }

    @Override
    public boolean exists(Path file) {
        demandPower();
        return files.containsKey(file);
    }

    @Override
    public long size(Path file) throws IOException {
        return exists(file) ? content(file).now.length : ABSENT;
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return new ByteArrayInputStream(content(file).now);
    }

    @Override
    public Open open(Path file) throws IOException {
        demandPower();
        if (!files.containsKey(file)) {
            begin(Operation.MAKE_FILE);
            files.put(file, new Content());
            names.put(file, false);
        }
        return new OpenFile(content(file));
    }

    @Override
    public Path makeFolder(Path folder) throws IOException {
        begin(Operation.MAKE_FOLDER);
        Path standing = folder;
        while (standing.getParent() != null && !names.containsKey(standing)) {
            names.put(standing, false);
            standing = standing.getParent();
        }
        return standing;
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        begin(Operation.FORCE_FOLDER);
        names.replaceAll((path, durable) -> durable || folder.equals(path.getParent()));
    }

    private final class OpenFile implements Open {
        private final Content content;

        OpenFile(Content content) {
            this.content = content;
        }

        @Override
        public long length() {
            demandPower();
            return content.now.length;
        }

        @Override
        public void setLength(long length) throws IOException {
            begin(Operation.CUT);
            content.now = Arrays.copyOf(content.now, (int) length);
        }

        @Override
        public byte[] read(long position, int length) {
            demandPower();
            return Arrays.copyOfRange(content.now, (int) position, (int) position + length);
        }

        @Override
        public void write(long position, byte[] bytes) throws IOException {
            if (isLast()) {
                put(position, bytes, Math.floorMod(choice / 2, bytes.length + 1));
                throw new PowerCut();
            }
            onWrite.run();
            IOException refused = refusal.apply(Operation.WRITE);
            if (refused != null) {
                put(position, bytes, Math.min(keptOfRefusedWrites, bytes.length));
                throw refused;
            }
            put(position, bytes, bytes.length);
            writes++;
        }

        private void put(long position, byte[] bytes, int count) {
            byte[] after = Arrays.copyOf(content.now, Math.max(content.now.length, (int) position + count));
            System.arraycopy(bytes, 0, after, (int) position, count);
            content.now = after;
            content.durable = after;
        }

        @Override
        public void close() {
            // Nothing is left to do: a write is durable when it returns.
        }
    }
}

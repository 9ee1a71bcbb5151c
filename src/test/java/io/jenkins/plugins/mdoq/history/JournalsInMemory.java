package io.jenkins.plugins.mdoq.history;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Journals that are on no disk, for tests that write very many of them. */
public final class JournalsInMemory implements Disk {

    private static final Path FOLDER = Path.of("in-memory").toAbsolutePath();

    private final ConcurrentMap<Path, byte[]> files = new ConcurrentHashMap<>();

    private JournalsInMemory() {}

    /** An empty journal. */
    public static Journal empty() {
        return Journal.on(new JournalsInMemory(), () -> FOLDER);
    }

    /** A journal whose file holds some bytes. */
    public static Journal of(byte[] bytes) {
        JournalsInMemory disk = new JournalsInMemory();
        disk.files.put(FOLDER.resolve(Journal.FILE_NAME), bytes.clone());
        return Journal.on(disk, () -> FOLDER);
    }

    @Override
    public boolean exists(Path file) {
        return files.containsKey(file);
    }

    @Override
    public long size(Path file) {
        byte[] bytes = files.get(file);
        return bytes == null ? ABSENT : bytes.length;
    }

    @Override
    public InputStream read(Path file) throws NoSuchFileException {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new NoSuchFileException(file.toString());
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public Open open(Path file) {
        files.putIfAbsent(file, new byte[0]);
        return new Open() {
            @Override
            public long length() {
                return files.get(file).length;
            }

            @Override
            public void setLength(long length) {
                files.computeIfPresent(file, (path, bytes) -> Arrays.copyOf(bytes, (int) length));
            }

            @Override
            public byte[] read(long position, int length) {
                return Arrays.copyOfRange(files.get(file), (int) position, (int) position + length);
            }

            @Override
            public void write(long position, byte[] written) {
                files.computeIfPresent(file, (path, bytes) -> {
                    byte[] longer = Arrays.copyOf(bytes, Math.max(bytes.length, (int) position + written.length));
                    System.arraycopy(written, 0, longer, (int) position, written.length);
                    return longer;
                });
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        };
    }

    @Override
    public Path makeFolder(Path folder) {
        return folder;
    }

    @Override
    public void forceFolder(Path folder) {
        // Nothing of it outlives the test.
    }
}

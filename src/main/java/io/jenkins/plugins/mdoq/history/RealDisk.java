package io.jenkins.plugins.mdoq.history;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** The file systems of this machine, as journals use them. */
final class RealDisk implements Disk {

    /**
     * Whether a journal's file is there.
     *
     * <p>"No such file" alone does not say that a journal was deleted. Below a file, or below a link whose target is not
     * mounted, some JDKs report the same. So an absent file counts only if the nearest thing that is there on its path is
     * a folder.
     *
     * @throws IOException if it cannot be determined
     */
    @Override
    public boolean exists(Path file) throws IOException {
        // The ordinary answers, at less cost than the search below.
        if (file.toFile().exists()) {
            return true;
        }
        File folder = file.toFile().getAbsoluteFile().getParentFile();
        if (folder != null && folder.isDirectory() && folder.canExecute() && !Files.isSymbolicLink(file)) {
            return false;
        }
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            Path path = file.toAbsolutePath();
            while (path != null && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                path = path.getParent();
            }
            if (path == null || !Files.isDirectory(path)) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        "cannot be reached, as "
                                + (path == null ? file.toAbsolutePath().getRoot() : path) + " is not a folder");
            }
            return false;
        }
    }

    @Override
    public long size(Path file) throws IOException {
        // One call to the system in the ordinary case; 0 is also the answer where there is no file.
        long size = file.toFile().length();
        return size > 0 || exists(file) ? size : ABSENT;
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public Open open(Path file) throws IOException {
        return new RealFile(file);
    }

    /**
     * No file channel: that one is closed, in mid-write, when its thread is interrupted. In the mode {@code rwd}, a write
     * returns once its data is on the device, and what is needed to find it again.
     */
    private static final class RealFile implements Open {
        private final RandomAccessFile file;

        RealFile(Path path) throws IOException {
            file = new RandomAccessFile(path.toFile(), "rwd");
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void setLength(long length) throws IOException {
            file.setLength(length);
        }

        @Override
        public byte[] read(long position, int length) throws IOException {
            byte[] bytes = new byte[length];
            file.seek(position);
            try {
                file.readFully(bytes);
            } catch (EOFException e) {
                throw new IOException("the journal became shorter while it was read", e);
            }
            return bytes;
        }

        @Override
        public void write(long position, byte[] bytes) throws IOException {
            file.seek(position);
            file.write(bytes);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @Override
    public Path makeFolder(Path folder) throws IOException {
        if (folder.toFile().isDirectory()) {
            return folder;
        }
        Path standing = folder;
        Path parent = standing.getParent();
        while (parent != null && !Files.isDirectory(standing)) {
            standing = parent;
            parent = standing.getParent();
        }
        Files.createDirectories(folder);
        return standing;
    }

    /** Windows cannot open folders and needs no such call. */
    @Override
    public void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem().getSeparator().equals("\\")) {
            return;
        }
        boolean interrupted = false;
        try {
            for (boolean forced = false; !forced; ) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                    forced = true;
                } catch (ClosedByInterruptException e) {
                    // Folders can only be forced through a channel, which gives up where the journal must not.
                    interrupted = Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.lock.LockKey;
import io.jenkins.plugins.mdoq.lock.SecretLockKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The key for the values of a run's locks: a file beside its history, so that a run which is resumed has the same, in another
 * place as well. Only its owner may read it, where the file system knows owners. For one run at a time, which holds the
 * folder.
 */
final class LockKeyFile {

    /** The file's name in the folder of a history. */
    static final String NAME = "lock.key";

    private LockKeyFile() {}

    /**
     * The key in a folder, which is made if there is none.
     *
     * @throws UsageException if the file holds no key
     * @throws IOException if it cannot be read or made
     */
    static LockKey in(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        byte[] key;
        try {
            key = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            key = SecretLockKey.random();
            write(folder, file, key);
        }
        if (key.length != SecretLockKey.BYTES) {
            throw new UsageException(
                    file + " holds no key for locks; restore the file, or remove it: a new one is made, and"
                            + " locks that are waited for stay good");
        }
        return new SecretLockKey(key);
    }

    /** Written whole before it has its name, so that a crash leaves all of it or nothing. */
    private static void write(Path folder, Path file, byte[] key) throws IOException {
        Path fresh = folder.resolve(NAME + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel =
                FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            ByteBuffer bytes = ByteBuffer.wrap(key);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(folder);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** A name is on disk once its folder is; Windows opens no folders and needs none of this. */
    private static void forceFolder(Path folder) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}

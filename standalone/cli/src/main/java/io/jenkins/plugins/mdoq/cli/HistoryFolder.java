package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Journal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The folder of one run, held for as long as it runs: two runs in one folder would undo each other's journal. */
final class HistoryFolder implements AutoCloseable {

    /** Where folders are made for runs that name none, below the working directory. */
    static final String DEFAULT_PARENT = ".mdoq";

    /** Locked by the operating system while a run holds the folder, so that it is free again however the run ended. */
    static final String LOCK_NAME = "in-use.lock";

    /** What this program makes in a folder, in the order in which it is removed. */
    private static final List<String> OWN = List.of(Journal.FILE_NAME, LOCK_NAME, LockKeyFile.NAME);

    private static final int LOOKS = 10;
    private static final long BETWEEN_LOOKS_NANOS = 50_000_000;

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path path;
    private final FileChannel lock;
    private final Journal journal;
    private final long number;

    private HistoryFolder(Path path, FileChannel lock, Journal journal, long number) {
        this.path = path;
        this.lock = lock;
        this.journal = journal;
        this.number = number;
    }

    /**
     * Takes a folder, which is made if need be.
     *
     * @param path the folder, or null for a fresh one
     * @param now the time, for the name and number of a fresh one
     * @throws UsageException if another run holds it
     * @throws IOException if it cannot be made or written
     */
    static HistoryFolder open(@CheckForNull Path path, Instant now) throws IOException {
        Path folder = path == null ? fresh(Path.of(DEFAULT_PARENT), now) : path;
        try {
            Files.createDirectories(folder);
            FileChannel lock = hold(folder);
            try {
                Journal journal = Journal.in(folder);
                return new HistoryFolder(folder, lock, journal, number(journal, now));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IOException("the history folder " + folder + " cannot be made or written: " + IoReasons.of(e), e);
        }
    }

    private static Path fresh(Path parent, Instant now) throws IOException {
        Files.createDirectories(parent);
        for (int i = 1; ; i++) {
            try {
                return Files.createDirectory(parent.resolve(NAME.format(now) + (i == 1 ? "" : "-" + i)));
            } catch (FileAlreadyExistsException e) {
                // Another run began in the same second.
                continue;
            }
        }
    }

    private static FileChannel hold(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            // Whoever lists histories looks for a moment whether it is held, and must not pass for a run.
            for (int i = 0; i < LOOKS && !held; i++) {
                held = channel.tryLock() != null;
                if (!held) {
                    LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
                }
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very JVM: as good as by another one.
            held = false;
        } finally {
            if (!held) {
                channel.close();
            }
        }
        if (!held) {
            throw new UsageException("--history " + folder
                    + " is in use by a run that goes on; wait for its end or name another folder");
        }
        return channel;
    }

    /**
     * Whether a run holds a folder now.
     *
     * @throws IOException if that cannot be determined
     */
    static boolean inUse(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(LOCK_NAME))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK_NAME), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            // Held by this very JVM.
            return true;
        }
    }

    /**
     * Removes a history and its folder, unless a run holds it.
     *
     * @return why it was kept, one line, or null if it is gone
     * @throws IOException if a part of it cannot be removed
     */
    @CheckForNull
    static String remove(Path folder) throws IOException {
        FileChannel lock;
        try {
            lock = hold(folder);
        } catch (UsageException e) {
            return "it is in use";
        }
        try (lock) {
            List<Path> others;
            try (Stream<Path> files = Files.list(folder)) {
                others = files.filter(file -> !OWN.contains(file.getFileName().toString()))
                        .toList();
            }
            if (!others.isEmpty()) {
                return "it holds something else, " + others.get(0).getFileName()
                        + "; move that away, or remove the folder yourself";
            }
            // The lock last: as long as it is there, no other run begins in this folder.
            for (String name : OWN) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
        Files.delete(folder);
        return null;
    }

    /** The number of the process (protocol: "body"): the one it had before, if it is resumed. */
    private static long number(Journal journal, Instant now) throws IOException {
        for (EventHistory event : journal.read().events()) {
            return event.fired().parentLog();
        }
        return now.getEpochSecond();
    }

    Path path() {
        return path;
    }

    Journal journal() {
        return journal;
    }

    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Histories that were looked at lately, for pages that show many builds and ask again every few seconds. A view and no
 * store: it is never asked on the way of a release, and a journal that has changed since is read anew. Safe for any thread.
 */
public final class HistoryCache {

    /** The most that the journals of the histories in it may have together, in bytes. */
    static final long MOST_BYTES = 16L << 20;

    private record Known(long size, FileTime changed, History history) {}

    private final Map<Path, Known> known = new LinkedHashMap<>(16, 0.75f, true);
    private final long most;
    private long bytes;

    /** A cache of the usual size. */
    public HistoryCache() {
        this(MOST_BYTES);
    }

    HistoryCache(long most) {
        this.most = most;
    }

    /**
     * The history of a build as its journal has it now, empty if it has none.
     *
     * @return to be read only; others may be reading it too
     */
    @NonNull
    public History of(@NonNull Run<?, ?> build) throws IOException {
        return of(BuildHistory.of(build));
    }

    /** The history in a journal. */
    @NonNull
    History of(@NonNull Journal journal) throws IOException {
        Path file = journal.file();
        BasicFileAttributes stamp;
        try {
            stamp = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return new History();
        }
        synchronized (known) {
            Known before = known.get(file);
            if (before != null
                    && before.size() == stamp.size()
                    && before.changed().equals(stamp.lastModifiedTime())) {
                return before.history();
            }
        }
        // Read after the stamp was taken: if the journal has grown in between, the next look reads it again.
        Known fresh = new Known(stamp.size(), stamp.lastModifiedTime(), journal.read());
        put(file, fresh);
        return fresh.history();
    }

    private void put(Path file, Known fresh) {
        synchronized (known) {
            Known before = known.put(file, fresh);
            bytes += fresh.size() - (before == null ? 0 : before.size());
            Iterator<Known> eldest = known.values().iterator();
            while (bytes > most && eldest.hasNext()) {
                bytes -= eldest.next().size();
                eldest.remove();
            }
        }
    }

    /** How many histories are kept. */
    int size() {
        synchronized (known) {
            return known.size();
        }
    }
}

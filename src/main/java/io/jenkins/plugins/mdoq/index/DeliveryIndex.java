package io.jenkins.plugins.mdoq.index;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The newest deliveries of all processes. A view and no store: it is read from the journals when somebody asks for it, kept in
 * memory alone, and made anew without loss. A release neither reads nor writes it; it leaves no more than the name of its
 * process in {@link #touch}. It holds at most a given number of rows of less than a kibibyte each.
 *
 * <p>Reading is done on one thread at a time; everything else is safe for any thread.
 */
public final class DeliveryIndex {

    /** So many deliveries are kept unless said otherwise. */
    public static final int MOST = 10_000;

    /** So many journals are read until those who wait see what is there so far. */
    private static final int JOURNALS_PER_LOOK = 250;

    private static final Logger LOGGER = Logger.getLogger(DeliveryIndex.class.getName());

    private static final Comparator<DeliveryRow> NEWEST_FIRST = Comparator.comparing(DeliveryRow::firedAt)
            .reversed()
            .thenComparing(row -> row.process().job())
            .thenComparing(row -> row.process().number(), Comparator.reverseOrder());

    /** What tells whether a journal has changed. */
    private record Stamp(long size, FileTime changed) {}

    /** What was read of a journal; {@code open} as long as it may change without its file changing. */
    private record Known(Stamp stamp, List<DeliveryRow> rows, boolean open) {}

    private record Candidate(ProcessName process, Journal journal, Stamp stamp) {}

    /**
     * How far the reading is.
     *
     * @param complete whether all was read at least once; until then there may be newer deliveries than those that are shown
     * @param read how many processes were read by the reading under way, or by the last one
     * @param unreadable how many of them could not be read
     */
    public record Progress(boolean complete, int read, int unreadable) {}

    private final ProcessJournals processes;
    private final int most;
    private final Map<ProcessName, Known> known = new HashMap<>();
    private final Set<ProcessName> touched = ConcurrentHashMap.newKeySet();
    private final Map<String, String> names = new HashMap<>();
    private volatile boolean wanted;
    private volatile List<DeliveryRow> rows = List.of();
    private volatile Progress progress = new Progress(false, 0, 0);

    /** An index of the usual size. */
    public DeliveryIndex(@NonNull ProcessJournals processes) {
        this(processes, MOST);
    }

    /** @param most how many deliveries it keeps, 1 or more */
    public DeliveryIndex(@NonNull ProcessJournals processes, int most) {
        this.processes = processes;
        this.most = most;
    }

    /** Says that a process is about to write to its history. Costs next to nothing, and nothing at all before anybody has looked. */
    public void touch(@NonNull ProcessName process) {
        if (wanted && touched.size() < most) {
            touched.add(process);
        }
    }

    /** The deliveries that were read so far, newest first. */
    @NonNull
    public List<DeliveryRow> rows() {
        return rows;
    }

    /** How far the reading is. */
    @NonNull
    public Progress progress() {
        return progress;
    }

    /** Reads the newest journals there are, those alone that have changed since they were read. */
    public synchronized void readAll() {
        wanted = true;
        boolean before = progress.complete();
        progress = new Progress(before, 0, 0);
        names.clear();
        Set<ProcessName> kept = new HashSet<>();
        int count = 0;
        for (Candidate candidate : newest()) {
            if (count >= most) {
                break;
            }
            Known now = read(candidate.process(), candidate.journal(), candidate.stamp());
            kept.add(candidate.process());
            if (now != null) {
                count += now.rows().size();
            }
            progress = new Progress(before, kept.size(), progress.unreadable() + (now == null ? 1 : 0));
            if (!before && kept.size() % JOURNALS_PER_LOOK == 0) {
                publish();
            }
        }
        known.keySet().retainAll(kept);
        publish();
        progress = new Progress(true, progress.read(), progress.unreadable());
    }

    /** Reads the journals of those processes that said they were about to write, and of those that are not done, if changed. */
    public synchronized void readTouched() {
        boolean changed = false;
        Set<ProcessName> moving = new HashSet<>(touched);
        known.forEach((process, each) -> {
            if (each.open()) {
                moving.add(process);
            }
        });
        for (ProcessName process : moving) {
            Known before = known.get(process);
            // Asked before the journal is read: what a process writes that ends meanwhile is seen by this reading.
            boolean over = processes.over(process);
            Journal journal = processes.journal(process);
            Stamp stamp = journal == null ? null : stamp(journal);
            if (journal != null && stamp != null) {
                read(process, journal, stamp);
            } else {
                known.remove(process);
            }
            changed |= known.get(process) != before;
            if (over) {
                touched.remove(process);
            }
        }
        if (changed) {
            publish();
        }
    }

    /** The journals that were written to last, newest first; no more of them than there may be deliveries. */
    private List<Candidate> newest() {
        Comparator<Candidate> oldestFirst =
                Comparator.comparing(each -> each.stamp().changed());
        PriorityQueue<Candidate> newest = new PriorityQueue<>(oldestFirst);
        processes.forEach((process, journal) -> {
            Stamp stamp = stamp(journal);
            if (stamp != null) {
                newest.add(new Candidate(process, journal, stamp));
                if (newest.size() > most) {
                    newest.remove();
                }
            }
        });
        List<Candidate> sorted = new ArrayList<>(newest);
        sorted.sort(oldestFirst.reversed());
        return sorted;
    }

    @Nullable
    private static Stamp stamp(Journal journal) {
        try {
            BasicFileAttributes file = Files.readAttributes(journal.file(), BasicFileAttributes.class);
            return new Stamp(file.size(), file.lastModifiedTime());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Could not look at " + journal.file());
            return null;
        }
    }

    /** What a journal holds, from what is known of it if that is still so; null if it cannot be read. */
    @Nullable
    private Known read(ProcessName process, Journal journal, Stamp stamp) {
        Known before = known.get(process);
        if (before != null && !before.open() && before.stamp().equals(stamp)) {
            return before;
        }
        try {
            boolean over = processes.over(process);
            History history = journal.read();
            List<DeliveryRow> all = DeliveryRow.of(process, history, over, name -> names.computeIfAbsent(name, n -> n));
            List<DeliveryRow> newest = List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
            Known now = new Known(
                    stamp, newest, newest.stream().anyMatch(row -> row.state().open()));
            known.put(process, now);
            return now;
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Could not read the webhook history of " + process.job() + "#" + process.number()
                            + "; its deliveries are not shown among those of the others");
            known.remove(process);
            return null;
        }
    }

    /** Shows what is known, and forgets what is older than the oldest that is shown. */
    private void publish() {
        List<DeliveryRow> all = new ArrayList<>();
        known.values().forEach(each -> all.addAll(each.rows()));
        all.sort(NEWEST_FIRST);
        if (all.size() > most) {
            all.subList(most, all.size()).clear();
            Set<ProcessName> shown = new HashSet<>();
            all.forEach(row -> shown.add(row.process()));
            known.keySet().retainAll(shown);
        }
        rows = List.copyOf(all);
    }
}

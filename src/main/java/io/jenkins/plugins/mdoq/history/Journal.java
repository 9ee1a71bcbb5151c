package io.jenkins.plugins.mdoq.history;

import com.fasterxml.jackson.databind.ObjectWriter;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The append-only journal of one process: one JSON line a fact, in a file of the process's own folder. A handle is cheap
 * and keeps no file open and no facts in memory, so that a process that waits costs nothing here.
 *
 * <p>Safe for any thread. Within this JVM, writers of the same file exclude each other; processes of the operating system
 * do not, so a folder belongs to one of them at a time.
 */
public final class Journal {

    /** The journal's name in its folder. */
    public static final String FILE_NAME = "webhook-history.jsonl";

    private static final Object[] STRIPES = new Object[256];

    private static final ObjectWriter WRITER = Json.MAPPER.writerFor(Fact.class);

    static {
        for (int i = 0; i < STRIPES.length; i++) {
            STRIPES[i] = new Object();
        }
    }

    private final Disk disk;
    private final Supplier<Path> folder;
    private final String name;
    private final Redactor redactor;

    private Journal(Disk disk, Supplier<Path> folder, String name, Redactor redactor) {
        this.disk = disk;
        this.folder = folder;
        this.name = name;
        this.redactor = redactor;
    }

    /** The journal in a folder, which is made when the first fact is written. */
    @NonNull
    public static Journal in(@NonNull Path folder) {
        return in(() -> folder);
    }

    /** The journal in a folder that may move while the journal is in use; it is asked for its place each time. */
    @NonNull
    public static Journal in(@NonNull Supplier<Path> folder) {
        return on(Disk.REAL, folder);
    }

    /** The journal in a folder on a disk. */
    static Journal on(Disk disk, Supplier<Path> folder) {
        return new Journal(disk, folder, "", Redactor.NONE);
    }

    /** A handle on the same journal that knows what names its process; its chain of hashes begins with that. */
    @NonNull
    public Journal named(@NonNull String process) {
        return new Journal(disk, folder, process, redactor);
    }

    /**
     * Checks whether the journal is as it was written. Reads all of it; keeps no more than a line in memory.
     *
     * @param process what names its process, or null if that is not known here
     * @param noted the {@linkplain JournalCheck#lastHash hash} of a line that must be there, or null
     * @throws IOException if it is there and cannot be read
     */
    @NonNull
    public JournalCheck check(@Nullable String process, @Nullable String noted) throws IOException {
        Path file = file();
        JournalCheck check = JournalCheck.of(disk, file, process, noted);
        if (check.state() != JournalCheck.State.TORN) {
            return check;
        }
        // A writer may just be at that line. When none is, what looks torn is torn.
        synchronized (stripe(file)) {
            return JournalCheck.of(disk, file, process, noted);
        }
    }

    /** The same without a hash that was noted. */
    @NonNull
    public JournalCheck check(@Nullable String process) throws IOException {
        return check(process, null);
    }

    /** A handle on the same journal that masks the given secrets in whatever it writes. */
    @NonNull
    public Journal redacting(@NonNull Redactor withRedactor) {
        return new Journal(disk, folder, name, withRedactor);
    }

    /** The journal's file, which need not exist. */
    @NonNull
    public Path file() {
        return folder.get().resolve(FILE_NAME);
    }

    /** Whether anything was ever written; false as well if that cannot be determined, on which {@link #read} throws. */
    public boolean exists() {
        return Files.exists(file());
    }

    /** A look at the history with no other writer in between, and what is to be written because of it. */
    public interface Transaction {

        /** The history as it is on disk, with what this transaction appended. */
        @NonNull
        History history();

        /** Appends a fact: it is folded into the history at once, and written together with the others of this transaction. */
        void append(@NonNull Fact fact);
    }

    /**
     * What a transaction came to, once it is on disk.
     *
     * @param result what was decided
     * @param facts the facts as they were written, secrets masked
     */
    public record Committed<R>(@Nullable R result, @NonNull List<Fact> facts) {}

    /**
     * Writes facts without reading, and returns once they are on disk. A journal begins with a process that begins, an event
     * that is fired or a step that is started; any other fact needs one that is there.
     *
     * @return the facts as they were written, secrets masked
     * @throws IOException if they could not be written; then none of them counts
     */
    @NonNull
    public List<Fact> append(@NonNull List<? extends Fact> facts) throws IOException {
        if (facts.isEmpty()) {
            return List.of();
        }
        List<Fact> masked = new ArrayList<>();
        facts.forEach(fact -> masked.add(fact.redacted(redactor)));
        Path file = file();
        synchronized (stripe(file)) {
            write(file, disk.exists(file), null, masked);
        }
        return masked;
    }

    /** Like {@link #transact(History, Function)} on a journal of which nothing was read yet. */
    @NonNull
    public <R> Committed<R> transact(@NonNull Function<Transaction, R> decision) throws IOException {
        return transact(new History(), decision);
    }

    /**
     * Decides on the history and writes what was decided, with no other writer in between.
     *
     * @param known what this journal held when it was read. It is brought up to what is on disk first, for which no more is
     *     read than was written since, and takes what is written now; so it costs the same however long the journal is. Of
     *     no use any more if this throws
     * @param decision appends what is to be written; it must not use this journal
     * @throws GoneException if the journal was deleted since the history was read
     * @throws IOException if the journal could not be read or written; then none of the facts counts
     */
    @NonNull
    public <R> Committed<R> transact(@NonNull History known, @NonNull Function<Transaction, R> decision)
            throws IOException {
        Path file = file();
        synchronized (stripe(file)) {
            boolean exists = catchUp(file, known);
            List<Fact> facts = new ArrayList<>();
            R result = decision.apply(new Transaction() {
                @Override
                public History history() {
                    return known;
                }

                @Override
                public void append(Fact fact) {
                    Fact masked = fact.redacted(redactor);
                    facts.add(masked);
                    known.apply(masked);
                }
            });
            if (!facts.isEmpty()) {
                write(file, exists, known, facts).forEach(known::advance);
            }
            return new Committed<>(result, facts);
        }
    }

    /**
     * Writes at least one fact, with no other writer in between; returns the lines without line feeds.
     *
     * @param known the history up to now, or null if it was not read
     */
    private List<byte[]> write(Path file, boolean exists, @Nullable History known, List<Fact> facts)
            throws IOException {
        if (!exists && !begins(facts.get(0))) {
            throw new GoneException(file);
        }
        List<byte[]> json = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            json.add(WRITER.writeValueAsBytes(fact));
        }
        return JournalLines.append(disk, file, exists, name, known, json);
    }

    /** Folds what was written since a history was read, with no writer in between; whether there is a journal at all. */
    private boolean catchUp(Path file, History history) throws IOException {
        long size = disk.size(file);
        if (size == Disk.ABSENT) {
            if (history.bytes() > 0) {
                throw new GoneException(file);
            }
            return false;
        }
        if (size < history.bytes()) {
            throw new IOException(file + ": the webhook history became shorter than it was when it was read");
        }
        if (size > history.bytes()) {
            scan(file, history);
        }
        return true;
    }

    /** The journal was deleted, as with its build: what comes late must not bring it back. */
    public static final class GoneException extends NoSuchFileException {

        private static final long serialVersionUID = 1L;

        GoneException(Path file) {
            super(file.toString(), null, "the webhook history is gone");
        }
    }

    private static boolean begins(Fact fact) {
        return fact instanceof Begun || fact instanceof Fact.Fired || fact instanceof StepFact.Started;
    }

    private static Object stripe(Path file) {
        return STRIPES[file.toAbsolutePath().normalize().hashCode() & (STRIPES.length - 1)];
    }

    /**
     * Reads the whole history.
     *
     * @return the history; empty if nothing was ever written. Lines that cannot be read are passed over and reported in
     *     {@link History#damage()}
     * @throws IOException if the file is there and cannot be read
     */
    @NonNull
    public History read() throws IOException {
        Path file = file();
        History history = new History();
        if (scan(file, history) > 0) {
            // A writer may just be at that line. When none is, what looks torn is torn.
            synchronized (stripe(file)) {
                int torn = scan(file, history);
                if (torn > 0) {
                    history.damaged("line " + (history.lines() + 1) + " is torn (the last " + torn
                            + " bytes, no line end) and was dropped: a crash in mid-write, nothing acted upon it");
                }
            }
        }
        return history;
    }

    /** Folds the whole lines that the history does not have yet; returns the size of a torn last one, or 0. */
    private int scan(Path file, History history) throws IOException {
        return JournalLines.forward(disk, file, history.bytes(), line -> {
            Fact fact = FactReader.read(history, "line " + (history.lines() + 1), line);
            if (fact != null) {
                history.apply(fact);
            }
            history.advance(line);
        });
    }
}

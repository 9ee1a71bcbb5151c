package io.jenkins.plugins.mdoq.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
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
 * <p>Safe for any thread, an interrupted one included. Within this JVM, writers of the same file exclude each other; processes of the operating system
 * do not, so a folder belongs to one of them at a time.
 */
public final class Journal {

    /** The journal's name in its folder. */
    public static final String FILE_NAME = "webhook-history.jsonl";

    private static final Object[] STRIPES = new Object[256];

    private static final ObjectWriter WRITER = Json.MAPPER.writerFor(Fact.class);
    private static final ObjectReader READER =
            Json.MAPPER.readerFor(Fact.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static {
        for (int i = 0; i < STRIPES.length; i++) {
            STRIPES[i] = new Object();
        }
    }

    private final Supplier<Path> folder;
    private final Redactor redactor;

    private Journal(Supplier<Path> folder, Redactor redactor) {
        this.folder = folder;
        this.redactor = redactor;
    }

    /** The journal in a folder, which is made when the first fact is written. */
    @NonNull
    public static Journal in(@NonNull Path folder) {
        return new Journal(() -> folder, Redactor.NONE);
    }

    /** The journal in a folder that may move while the journal is in use; it is asked for its place each time. */
    @NonNull
    public static Journal in(@NonNull Supplier<Path> folder) {
        return new Journal(folder, Redactor.NONE);
    }

    /** A handle on the same journal that masks the given secrets in whatever it writes. */
    @NonNull
    public Journal redacting(@NonNull Redactor withRedactor) {
        return new Journal(folder, withRedactor);
    }

    /** The journal's file, which need not exist. */
    @NonNull
    public Path file() {
        return folder.get().resolve(FILE_NAME);
    }

    /** Whether anything was ever written. */
    public boolean exists() {
        return Files.exists(file());
    }

    /**
     * Writes facts and returns once they are on disk. A journal begins with an event that is fired or a step that is
     * started; any other fact needs one that is there.
     *
     * @return the facts as they were written, secrets masked
     * @throws IOException if they could not be written; then none of them counts
     */
    @NonNull
    public List<Fact> append(@NonNull List<? extends Fact> facts) throws IOException {
        return facts.isEmpty() ? List.of() : transact(null, history -> facts);
    }

    /**
     * Reads the history, decides on it and writes what was decided, with no other writer in between.
     *
     * @param decision from the history to the facts to write, which may be none; it must not touch this journal
     * @return the facts as they were written, secrets masked, once they are on disk
     * @throws IOException if the journal could not be read or written; then none of the facts counts
     */
    @NonNull
    public List<Fact> update(@NonNull Function<History, List<? extends Fact>> decision) throws IOException {
        return transact(this::read, decision);
    }

    private List<Fact> transact(Reading reading, Function<History, List<? extends Fact>> decision) throws IOException {
        Path file = file();
        synchronized (stripe(file)) {
            List<? extends Fact> facts = decision.apply(reading == null ? null : reading.history());
            List<Fact> redacted = new ArrayList<>(facts.size());
            facts.forEach(fact -> redacted.add(fact.redacted(redactor)));
            if (!redacted.isEmpty()) {
                if (!begins(redacted.get(0)) && !Files.exists(file)) {
                    // Its folder went with the build; a late answer must not bring it back.
                    throw new NoSuchFileException(file.toString(), null, "the webhook history is gone");
                }
                write(file, lines(redacted));
            }
            return redacted;
        }
    }

    private static boolean begins(Fact fact) {
        return fact instanceof Fact.Fired || fact instanceof Fact.StepStarted;
    }

    private static Object stripe(Path file) {
        return STRIPES[file.toAbsolutePath().normalize().hashCode() & (STRIPES.length - 1)];
    }

    private interface Reading {
        History history() throws IOException;
    }

    private static byte[] lines(List<Fact> facts) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(512 * facts.size());
        for (Fact fact : facts) {
            lines.writeBytes(WRITER.writeValueAsBytes(fact));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private static void write(Path file, byte[] lines) throws IOException {
        Path standing = Files.exists(file) ? file : JournalLines.makeFolder(file.getParent());
        // No file channel: that one is closed, in mid-write, when its thread is interrupted.
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw")) {
            long end = JournalLines.soundEnd(journal);
            if (end < journal.length()) {
                // A line that a crash tore was never acted upon. It must go, or the next one would be written into it.
                journal.setLength(end);
            }
            journal.seek(end);
            try {
                journal.write(lines);
                journal.getFD().sync();
            } catch (IOException e) {
                try {
                    journal.setLength(end);
                } catch (IOException undone) {
                    e.addSuppressed(undone);
                }
                throw e;
            }
        }
        // A new file is only found after a crash if the folders that name it are on disk as well.
        for (Path made = file; !made.equals(standing); made = made.getParent()) {
            JournalLines.forceFolder(made.getParent());
        }
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
        if (scan(file, history) != null) {
            // A writer may just be at that line. When none is, what looks torn is torn.
            synchronized (stripe(file)) {
                history = new History();
                String torn = scan(file, history);
                if (torn != null) {
                    history.damaged(torn);
                }
            }
        }
        return history;
    }

    /** Folds all whole lines; returns what to say of a torn last one, or null if there is none. */
    private static String scan(Path file, History history) throws IOException {
        return JournalLines.forward(file, (number, line) -> {
            Fact fact = parse(history, "line " + number, line);
            if (fact != null) {
                history.apply(fact);
            }
        });
    }

    /**
     * Reads the newest entries only, from the end of the file and no further than it takes.
     *
     * @param entries how many entries at the least, if there are as many
     * @return a history of the newest fired events
     * @throws IOException if the file is there and cannot be read
     */
    @NonNull
    public History newest(int entries) throws IOException {
        History history = new History(true);
        List<Fact> newestFirst = new ArrayList<>();
        int[] found = {0};
        JournalLines.backward(file(), line -> {
            Fact fact = parse(history, "a line near the end", line);
            if (fact != null) {
                newestFirst.add(fact);
            }
            if (fact instanceof Fact.Fired fired) {
                found[0] += fired.deliveries().size();
            }
            return found[0] < entries;
        });
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            history.apply(newestFirst.get(i));
        }
        return history;
    }

    private static Fact parse(History history, String where, byte[] line) {
        try {
            Fact fact = READER.readValue(line);
            if (fact == null) {
                history.damaged(where + " is a JSON null, no fact, and was passed over");
            }
            return fact;
        } catch (JsonProcessingException e) {
            history.damaged(where + " is not a fact this version can read and was passed over: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            history.damaged(where + " could not be read and was passed over: " + e.getMessage());
        }
        return null;
    }
}

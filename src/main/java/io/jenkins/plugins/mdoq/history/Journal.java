package io.jenkins.plugins.mdoq.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Whether anything was ever written; false as well if that cannot be determined, on which {@link #read} throws. */
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
        return facts.isEmpty() ? List.of() : transact(null, List.of(history -> facts));
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
        return update(new History(), List.of(decision));
    }

    /**
     * Like {@link #update(Function)} on a history that was read before: it is first brought up to what is on disk, for
     * which no more is read than was written since, and also takes what is written now. So it costs the same however long
     * the journal is.
     *
     * @param history what this journal held when it was read; of no use any more if this throws
     * @param decisions each decides on the history with the facts of those before it; all facts are written at once
     */
    @NonNull
    public List<Fact> update(@NonNull History history, @NonNull List<Function<History, List<? extends Fact>>> decisions)
            throws IOException {
        return transact(history, decisions);
    }

    private List<Fact> transact(History history, List<Function<History, List<? extends Fact>>> decisions)
            throws IOException {
        Path file = file();
        synchronized (stripe(file)) {
            if (history != null) {
                catchUp(file, history);
            }
            List<Fact> redacted = new ArrayList<>();
            for (Function<History, List<? extends Fact>> decision : decisions) {
                for (Fact fact : decision.apply(history)) {
                    Fact masked = fact.redacted(redactor);
                    redacted.add(masked);
                    if (history != null) {
                        history.apply(masked);
                    }
                }
            }
            if (!redacted.isEmpty()) {
                boolean exists = JournalLines.exists(file);
                if (!exists && !begins(redacted.get(0))) {
                    throw gone(file);
                }
                List<byte[]> lines = lines(redacted);
                JournalLines.append(file, exists, lines);
                if (history != null) {
                    lines.forEach(line -> history.advance(line.length));
                }
            }
            return redacted;
        }
    }

    /** Folds what was written since a history was read; called with no writer in between. */
    private static void catchUp(Path file, History history) throws IOException {
        if (!JournalLines.exists(file)) {
            if (history.bytes() > 0) {
                throw gone(file);
            }
            return;
        }
        long size = Files.size(file);
        if (size < history.bytes()) {
            throw new IOException(file + ": the webhook history became shorter than it was when it was read");
        }
        if (size > history.bytes()) {
            scan(file, history);
        }
    }

    /** The journal's folder went with the build; a late answer must not bring it back. */
    private static NoSuchFileException gone(Path file) {
        return new NoSuchFileException(file.toString(), null, "the webhook history is gone");
    }

    private static boolean begins(Fact fact) {
        return fact instanceof Fact.Fired || fact instanceof StepFact.Started;
    }

    private static Object stripe(Path file) {
        return STRIPES[file.toAbsolutePath().normalize().hashCode() & (STRIPES.length - 1)];
    }

    /** One line a fact, its line feed included. */
    private static List<byte[]> lines(List<Fact> facts) throws IOException {
        List<byte[]> lines = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            byte[] json = WRITER.writeValueAsBytes(fact);
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            lines.add(line);
        }
        return lines;
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
    private static int scan(Path file, History history) throws IOException {
        return JournalLines.forward(file, history.bytes(), line -> {
            Fact fact = parse(history, "line " + (history.lines() + 1), line);
            if (fact != null) {
                history.apply(fact);
            }
            history.advance(line.length + 1);
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

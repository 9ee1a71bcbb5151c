package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.HistoryEnd;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.JournalCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether the history in a folder is as it was written, and has its end.
 *
 * @param folder the folder
 * @param check what its chain of hashes tells; null if it cannot be read
 * @param missing what it lacks at its end, one line; null if nothing, if its run goes on, or if it was altered
 * @param unreadable the lines that are no facts to this version, one line each
 * @param problem why it cannot be read, one line; null if it can
 */
record HistoryVerification(
        Path folder,
        @CheckForNull JournalCheck check,
        @CheckForNull String missing,
        List<String> unreadable,
        @CheckForNull String problem) {

    /** What a history came to, and the exit code that says so; of several the highest one counts. */
    enum Outcome {
        WHOLE(0),
        UNREADABLE(1),
        UNCERTAIN(3),
        ALTERED(4);

        private final int code;

        Outcome(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** @param noted the hash of a line that must be in it, or null */
    static HistoryVerification of(Path folder, @CheckForNull String noted) {
        Journal journal = Journal.in(folder);
        try {
            Path lock = folder.resolve(HistoryFolder.LOCK_NAME);
            // Where nothing may be written, as in a copy that is kept, no run is at work.
            boolean inUse = Files.isWritable(lock) && HistoryFolder.inUse(folder);
            // What the folder of a build begins with is known to its Jenkins alone; a run of this program has no name.
            JournalCheck check = journal.check(ofThisProgram(folder) ? "" : null, noted);
            History history = journal.read();
            List<String> unreadable = history.damage().stream()
                    .filter(line -> check.state() != JournalCheck.State.TORN
                            || !line.startsWith("line " + check.line() + " is torn"))
                    .toList();
            boolean endIsDue = !inUse && !check.state().tampered();
            return new HistoryVerification(folder, check, endIsDue ? missing(folder, history) : null, unreadable, null);
        } catch (IOException e) {
            return new HistoryVerification(folder, null, null, List.of(), IoReasons.of(e));
        }
    }

    private static boolean ofThisProgram(Path folder) {
        return Stream.of(HistoryFolder.LOCK_NAME, LockKeyFile.NAME)
                .anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    @CheckForNull
    private static String missing(Path folder, History history) {
        HistoryEnd end = HistoryEnd.missing(history);
        if (end != null) {
            return end.sentence();
        }
        RunState state = RunState.of(history);
        return state.ended() || !ofThisProgram(folder)
                ? null
                : state.why() + ", so the run was interrupted there, or the lines from there on were cut off";
    }

    Outcome outcome() {
        if (check == null) {
            return Outcome.UNREADABLE;
        }
        if (check.state().tampered()) {
            return Outcome.ALTERED;
        }
        return check.state() == JournalCheck.State.WHOLE && missing == null && unreadable.isEmpty()
                ? Outcome.WHOLE
                : Outcome.UNCERTAIN;
    }

    /** A line for people, and one more for each thing that is amiss beside the chain. */
    List<String> lines() {
        if (check == null) {
            return List.of(folder + ": unreadable: " + problem);
        }
        return Stream.of(
                        Stream.of(check.sentence()),
                        Stream.ofNullable(missing).map(line -> "its end is missing: " + line),
                        unreadable.stream())
                .flatMap(lines -> lines)
                .map(line -> folder + ": " + line)
                .toList();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("folder", folder.toString());
        json.put("outcome", outcome().name().toLowerCase(Locale.ROOT));
        json.put("state", check == null ? null : check.state().name().toLowerCase(Locale.ROOT));
        json.put("line", check == null || check.line() == 0 ? null : (Integer) check.line());
        json.put("lines", check == null ? null : (Integer) check.lines());
        json.put("lastHash", check == null || check.lines() == 0 ? null : check.lastHash());
        json.put("sentence", check == null ? problem : check.sentence());
        json.put("missing", missing);
        unreadable.forEach(json.putArray("unreadable")::add);
        return json;
    }
}

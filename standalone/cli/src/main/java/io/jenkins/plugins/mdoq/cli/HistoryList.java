package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.protocol.Times;
import io.jenkins.plugins.mdoq.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The histories in the folders of a folder, and how each of their runs stands. */
final class HistoryList {

    private static final List<TextTable.Column> COLUMNS = List.of(
            TextTable.Column.unbounded("FOLDER"),
            TextTable.Column.unbounded("BEGAN (" + Times.ZONE + ")"),
            new TextTable.Column("STATE", 15),
            new TextTable.Column("INSTANCE", 50),
            new TextTable.Column("WHY", 70));

    private static final String IN_USE = "in use";
    private static final String UNREADABLE = "unreadable";

    /**
     * One of them.
     *
     * @param history what is in it, or null if it cannot be read
     * @param state how its run stands; null if it cannot be read
     * @param problem why it cannot be read, or null if it can
     */
    private record Entry(
            Path folder,
            boolean inUse,
            @CheckForNull History history,
            @CheckForNull RunState state,
            @CheckForNull String problem) {

        @CheckForNull
        Instant began() {
            if (history == null) {
                return null;
            }
            return history.begun() != null
                    ? history.begun().at()
                    : history.events().stream()
                            .map(event -> event.fired().at())
                            .findFirst()
                            .orElse(null);
        }

        String word() {
            return state == null ? UNREADABLE : inUse ? IN_USE : state.outcome().replace('_', ' ');
        }

        String why() {
            return state == null ? problem : state.why();
        }
    }

    private final Path parent;
    private final List<Entry> entries;

    private HistoryList(Path parent, List<Entry> entries) {
        this.parent = parent;
        this.entries = entries;
    }

    /**
     * The histories in the folders of a folder, by name.
     *
     * @throws UsageException if there is no such folder
     * @throws IOException if it cannot be read
     */
    static HistoryList in(Path parent) throws IOException {
        List<Path> folders;
        try (Stream<Path> files = Files.list(parent)) {
            folders = files.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .filter(each -> Files.exists(each.resolve(HistoryFolder.LOCK_NAME))
                            || Journal.in(each).exists())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no folder " + parent
                    + ", where runs without --history have their histories; name the folder of yours");
        }
        List<Entry> entries = new ArrayList<>();
        for (Path folder : folders) {
            entries.add(entry(folder));
        }
        return new HistoryList(parent, entries);
    }

    /** The same of a folder that is none of a history itself; null if there are none in it, or it is no folder at all. */
    @CheckForNull
    static HistoryList ofFolder(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return null;
        }
        HistoryList list = in(parent);
        return list.entries.isEmpty() ? null : list;
    }

    private static Entry entry(Path folder) {
        try {
            boolean inUse = HistoryFolder.inUse(folder);
            History history = Journal.in(folder).read();
            return new Entry(folder, inUse, history, RunState.of(history), null);
        } catch (IOException e) {
            return new Entry(folder, false, null, null, IoReasons.of(e));
        }
    }

    /** The folders of the histories, by name. */
    List<Path> folders() {
        return entries.stream().map(Entry::folder).toList();
    }

    /** A table for people. */
    List<String> lines() {
        if (entries.isEmpty()) {
            return List.of("no webhook history in " + parent);
        }
        TextTable table = new TextTable(COLUMNS);
        for (Entry entry : entries) {
            table.add(List.of(
                    entry.folder().toString(),
                    entry.began() == null ? TextTable.NONE : Times.bare(entry.began()),
                    entry.word(),
                    instance(entry),
                    entry.why()));
        }
        return table.lines();
    }

    /** The same as JSON for machines. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode histories = json.putArray("histories");
        for (Entry entry : entries) {
            ObjectNode one = histories.addObject();
            one.put("folder", entry.folder().toString());
            one.put("beganAt", entry.began() == null ? null : entry.began().toString());
            one.put("inUse", entry.inUse());
            one.put("outcome", entry.state() == null ? null : entry.state().outcome());
            one.put("ended", entry.state() != null && entry.state().ended());
            one.put("deployed", entry.state() != null && entry.state().deployed());
            one.put("why", entry.why());
            one.set("instance", firstInstance(entry));
        }
        return json;
    }

    @CheckForNull
    private static ObjectNode firstInstance(Entry entry) {
        return entry.history() == null
                ? null
                : entry.history().events().stream()
                        .map(EventHistory::fired)
                        .map(fired -> fired.instance())
                        .findFirst()
                        .orElse(null);
    }

    private static String instance(Entry entry) {
        ObjectNode instance = firstInstance(entry);
        return instance == null || instance.isEmpty()
                ? TextTable.NONE
                : instance.properties().stream()
                        .map(field -> field.getKey() + "=" + field.getValue().asText())
                        .collect(Collectors.joining(" "));
    }

    /**
     * Removes the histories whose runs ended before a time, and what such a run left that never fired anything.
     *
     * @return what was done, a line each
     * @throws IOException if a history cannot be removed
     */
    List<String> prune(Instant before) throws IOException {
        List<String> done = new ArrayList<>();
        int kept = 0;
        for (Entry entry : entries) {
            String reason = whyKept(entry, before);
            if (reason == null) {
                reason = HistoryFolder.remove(entry.folder());
            }
            if (reason == null) {
                done.add("removed " + entry.folder() + " ("
                        + (entry.history().events().isEmpty()
                                ? "nothing was fired"
                                : entry.state().words()) + ")");
            } else {
                kept++;
                if (!reason.isEmpty()) {
                    done.add("kept " + entry.folder() + ": " + reason);
                }
            }
        }
        long removed = done.stream().filter(line -> line.startsWith("removed ")).count();
        done.add(parent + ": " + removed + " removed, " + kept + " kept");
        return done;
    }

    /** Why a history is kept; empty if it is just too young, null if it is not. */
    @CheckForNull
    private static String whyKept(Entry entry, Instant before) throws IOException {
        if (entry.state() == null) {
            return "it cannot be read: " + entry.problem();
        }
        if (entry.inUse()) {
            return "it is in use";
        }
        Instant at = entry.state().at() == null
                ? Files.getLastModifiedTime(entry.folder()).toInstant()
                : entry.state().at();
        if (at.isAfter(before)) {
            return "";
        }
        boolean nothing = entry.history().events().isEmpty();
        return entry.state().ended() || nothing
                ? null
                : "its run has not ended: " + entry.state().why();
    }
}

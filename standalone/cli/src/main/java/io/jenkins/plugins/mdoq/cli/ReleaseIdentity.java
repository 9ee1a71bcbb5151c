package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.Begun;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which release a run is for. A history folder belongs to one: without this, the folder of the last version would answer
 * "released" for the next one, and nothing would be deployed.
 *
 * @param command the command of this program, such as {@code release}
 * @param event the key of the one event that it fires, or null if it fires both of a release
 * @param instance what is known of the thing being released
 * @param data more fields for the requests, or null
 * @param lines the command lines that it may run, by the names of their options without the dashes
 */
record ReleaseIdentity(
        String command,
        @CheckForNull String event,
        ObjectNode instance,
        @CheckForNull ObjectNode data,
        Map<String, String> lines) {

    /** The command that releases. */
    static final String RELEASE = "release";

    /**
     * Takes a folder for this release: refuses it if it belongs to another one, and writes down whose it is.
     *
     * @param redactor masks what must not be shown or kept
     * @throws UsageException if the folder belongs to another release
     */
    void claim(HistoryFolder folder, Redactor redactor, Instant now) throws IOException {
        History history = folder.journal().read();
        String problem = problem(history, redactor);
        if (problem != null) {
            RunState state = RunState.of(history);
            throw new UsageException("--history " + folder.path() + " belongs to another release"
                    + (state.ended() ? ", which has ended (" + state.words() + ")" : "") + ": " + problem
                    + "; for a new release name a --history of its own, or none");
        }
        Map<String, String> digests = new TreeMap<>();
        lines.forEach((name, line) -> digests.put(name, digest(line)));
        if (history.begun() == null || !history.begun().commands().keySet().containsAll(digests.keySet())) {
            folder.journal().append(List.of(new Begun(now, command, digests)));
        }
    }

    /** In what the release that a history belongs to is another one, one line; null if it is this one. */
    @CheckForNull
    private String problem(History history, Redactor redactor) {
        Begun begun = history.begun();
        String kind = begun != null ? begun.kind() : history.started(ReleaseRun.RELEASE) != null ? RELEASE : command;
        if (!kind.equals(command)) {
            return "it was begun by the command '" + kind + "', not by '" + command + "'";
        }
        for (EventHistory fired : history.decisions()) {
            Fact.Fired before = fired.fired();
            String problem = difference("--instance", before.instance(), redactor.object(instance));
            if (problem == null && (event == null || event.equals(before.key()))) {
                problem = difference("--data", before.data(), data == null ? null : redactor.object(data));
            }
            if (problem != null) {
                return problem;
            }
        }
        for (Map.Entry<String, String> line : lines.entrySet()) {
            String digest = begun == null ? null : begun.commands().get(line.getKey());
            if (digest != null && !digest.equals(digest(line.getValue()))) {
                return "--" + line.getKey() + " is not the command line that it was begun with";
            }
        }
        return null;
    }

    @CheckForNull
    private static String difference(String option, @CheckForNull ObjectNode before, @CheckForNull ObjectNode now) {
        ObjectNode was = before == null ? JsonNodeFactory.instance.objectNode() : before;
        ObjectNode is = now == null ? JsonNodeFactory.instance.objectNode() : now;
        Set<String> names = new TreeSet<>();
        was.fieldNames().forEachRemaining(names::add);
        is.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode old = was.get(name);
            JsonNode given = is.get(name);
            if (old == null || !old.equals(given)) {
                return option + " " + YamlMap.shown(name) + " was " + shown(old) + " and is " + shown(given);
            }
        }
        return null;
    }

    private static String shown(@CheckForNull JsonNode value) {
        return value == null ? "not given" : "'" + YamlMap.shown(value.asText()) + "'";
    }

    /** The SHA-256 of a command line, in hexadecimal. */
    static String digest(String line) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package io.jenkins.plugins.mdoq.history;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A process began that has no build of its own to say which release it is: what a history was begun with is what it goes on
 * with. Of several the first one counts; a later one may add commands.
 *
 * @param kind what kind of process it is, such as {@code release}
 * @param commands for each command that the process may run, by its name, the SHA-256 of its command line in hexadecimal: the
 *     line itself may hold a password
 */
public record Begun(Instant at, String kind, Map<String, String> commands) implements Fact {

    /** Refuses an absent field. */
    public Begun {
        Objects.requireNonNull(at, "its field 'at' is missing");
        Objects.requireNonNull(kind, "its field 'kind' is missing");
        commands = commands == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(commands));
    }

    /** The same with the commands of a later one that it does not have itself. */
    @NonNull
    Begun with(@NonNull Begun later) {
        Map<String, String> all = new TreeMap<>(later.commands);
        all.putAll(commands);
        return new Begun(at, kind, all);
    }
}

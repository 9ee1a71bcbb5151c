package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.History;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The events under way that only tell what happened and decide nothing (protocol: "more events"): each is run by one
 * {@link EventRun} at a time in this JVM, whoever asks for it to be resumed. Safe for any thread.
 */
final class NoticeRuns {

    private static final Logger LOGGER = Logger.getLogger(NoticeRuns.class.getName());

    private final EngineServices services;
    private final ConcurrentMap<String, EventRun> running = new ConcurrentHashMap<>();

    NoticeRuns(@NonNull EngineServices services) {
        this.services = services;
    }

    /** Resumes each that the history knows and that is not over; completes, never exceptionally, when all are. */
    @NonNull
    CompletableFuture<Void> resume(@NonNull ReleaseProcess process, @NonNull History history) {
        return all(history.notices().stream()
                .filter(event -> event.settled() == null)
                .map(EventHistory::key)
                .map(key -> resume(process, key))
                .toList());
    }

    /** Resumes one that was fired; completes, never exceptionally, when it is over. */
    @NonNull
    CompletableFuture<Void> resume(@NonNull ReleaseProcess process, @NonNull String key) {
        return run(process, key, null);
    }

    /** Fires one, or resumes it if it was fired; completes, never exceptionally, when it is over. */
    @NonNull
    CompletableFuture<Void> fire(@NonNull ReleaseProcess process, @NonNull FireRequest request) {
        return run(process, request.key(), request);
    }

    private CompletableFuture<Void> run(ReleaseProcess process, String key, @CheckForNull FireRequest request) {
        String id = process.job() + "#" + process.number() + "\n" + key;
        EventRun mine = new EventRun(services, process, key, this);
        EventRun before = running.putIfAbsent(id, mine);
        EventRun run = before == null ? mine : before;
        CompletableFuture<Void> over = run.verdict().handle((settled, error) -> ended(process, key, id, run, error));
        if (before == null) {
            run.begin(request);
        }
        return over;
    }

    private Void ended(ReleaseProcess process, String key, String id, EventRun run, @CheckForNull Throwable error) {
        if (running.remove(id, run) && error != null) {
            // Whoever waits goes on; what was not said stays in the history and is said when it is resumed.
            LOGGER.log(Level.WARNING, "Could not fire" + key + " of " + process.job() + " #" + process.number(), error);
        }
        return null;
    }

    @NonNull
    static CompletableFuture<Void> all(@NonNull List<CompletableFuture<Void>> runs) {
        return CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new));
    }
}

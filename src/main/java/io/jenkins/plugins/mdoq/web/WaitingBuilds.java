package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.controller.RunningBuilds;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.lock.LockValue;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The builds that wait for a lock on this controller, those alone that the viewer may read. For one request. */
final class WaitingBuilds {

    private static final Logger LOGGER = Logger.getLogger(WaitingBuilds.class.getName());

    /**
     * A build that waits.
     *
     * @param lock one of the locks of the event that it waits with
     */
    record Waiting(@NonNull Run<?, ?> build, @NonNull String lock) {}

    private final ReadableJobs jobs;

    /** Looked for when it is needed: only for jobs that were renamed, and for those that the viewer may not read. */
    private Map<Path, Run<?, ?>> running;

    WaitingBuilds(@NonNull ReadableJobs jobs) {
        this.jobs = jobs;
    }

    /** The builds that wait, the longest first, once for each event that they wait with. No history is read for it. */
    @NonNull
    List<Waiting> all() {
        return ReleaseHookService.get().waiting().stream()
                .map(this::find)
                .filter(Objects::nonNull)
                .toList();
    }

    @CheckForNull
    private Waiting find(LockWaiters.Waiting waiting) {
        LockValue lock = LockValue.parse(waiting.lock());
        Job<?, ?> job = lock == null || lock.number() > Integer.MAX_VALUE ? null : jobs.get(lock.job());
        Run<?, ?> build = lock == null || job == null ? null : job.getBuildByNumber((int) lock.number());
        if (build == null) {
            build = running(waiting.waiter().journal().file());
        }
        return build == null ? null : new Waiting(build, waiting.lock());
    }

    @CheckForNull
    private Run<?, ?> running(Path journal) {
        if (running == null) {
            running = RunningBuilds.byJournal();
        }
        Run<?, ?> build = running.get(journal);
        return build != null && build.hasPermission(Item.READ) ? build : null;
    }

    /**
     * The event that a build waits with.
     *
     * @return null if it waits no longer, or if its history could not be read
     */
    @CheckForNull
    static EventHistory event(@NonNull Waiting waiting) {
        try {
            History history = BuildPages.history(waiting.build());
            EventHistory event = history.eventOfLock(waiting.lock());
            return event == null || event.settled() != null ? null : event;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the webhook history of " + waiting.build());
            return null;
        }
    }
}

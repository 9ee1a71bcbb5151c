package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.PeriodicWork;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.hook.ReleaseEnd;
import io.jenkins.plugins.mdoq.hook.ReleaseHook;
import io.jenkins.plugins.mdoq.hook.ReleaseProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/**
 * Tells the webhooks that listen to {@code release_ended} how builds ended (protocol: "more events"): when they end, and after a
 * restart those that ended without it. Whether it was said stands in the build's webhook history alone. Safe for any thread.
 */
@Extension
public final class ReleaseEndings {

    private static final Logger LOGGER = Logger.getLogger(ReleaseEndings.class.getName());

    /** How long after a build looked lost it is looked at again. */
    private static final Duration SECOND_LOOK = Duration.ofMinutes(1);

    private final OpenReleases open =
            new OpenReleases(Path.of(Jenkins.get().getRootDir().getPath()));

    /**
     * The builds that looked lost when they were looked at last: gone, or over with an event undecided. What is given up on cannot be
     * taken back, so it takes two looks. A restart forgets them, which costs one look more.
     */
    private final Set<OpenReleases.Build> suspects = ConcurrentHashMap.newKeySet();

    /** Those of this controller. */
    @NonNull
    public static ReleaseEndings get() {
        return ExtensionList.lookupSingleton(ReleaseEndings.class);
    }

    /** Notes that a build has fired an event, and is to be looked at when it has ended; before any request of it leaves. */
    public void begun(@NonNull Run<?, ?> build) {
        try {
            open.add(OpenReleases.Build.of(build));
        } catch (IOException e) {
            // The release is not the worse for it: the build is looked at when it ends, unless Jenkins crashes in
            // between.
            LOGGER.log(Level.WARNING, e, () -> "Could not note below Jenkins' home that " + build + " fired an event");
        }
    }

    /** Looks at all builds that were noted: those that are over are told of. */
    @SuppressWarnings("try") // The context is there to be closed.
    void look() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (OpenReleases.Build noted : open.all()) {
                Run<?, ?> build = noted.find(Jenkins.get());
                if (build != null && !BuildHistory.isOver(build)) {
                    suspects.remove(noted);
                    ReleaseHookService.get()
                            .hook()
                            .resumeNotices(
                                    process(build), BuildHistory.of(build).read());
                } else if (looksLost(build) && suspects.add(noted)) {
                    Timer.get().schedule(this::lookLater, SECOND_LOOK.toMillis(), TimeUnit.MILLISECONDS);
                } else if (build == null) {
                    suspects.remove(noted);
                    open.remove(noted);
                } else {
                    suspects.remove(noted);
                    giveUpWhatIsUndecided(build)
                            .thenRunAsync(
                                    () -> ended(build), ReleaseHookService.get().executor());
                }
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Could not look at the builds that have ended", e);
        }
    }

    private static boolean looksLost(@CheckForNull Run<?, ?> build) throws IOException {
        return build == null
                || BuildHistory.of(build).read().decisions().stream().anyMatch(event -> event.settled() == null);
    }

    /** A build that was killed has left events without a verdict, and endpoints that hold locks. */
    private static CompletableFuture<Void> giveUpWhatIsUndecided(Run<?, ?> build) throws IOException {
        List<CompletableFuture<?>> verdicts = new ArrayList<>();
        for (EventHistory event : BuildHistory.of(build).read().decisions()) {
            if (event.settled() == null) {
                verdicts.add(ReleaseHookService.get()
                        .hook()
                        .cancel(process(build), event.key(), "the build ended before the webhooks had decided")
                        .verdict()
                        .exceptionally(error -> null));
            }
        }
        return CompletableFuture.allOf(verdicts.toArray(CompletableFuture[]::new));
    }

    /** Tells how a build ended, once: it ends but once. */
    private void ended(Run<?, ?> build) {
        OpenReleases.Build noted = OpenReleases.Build.of(build);
        try {
            History history = BuildHistory.of(build).read();
            ReleaseHook hook = ReleaseHookService.get().hook();
            CompletableFuture<Void> told = ReleaseEnd.wasSaid(history)
                    ? hook.resumeNotices(process(build), history)
                    : hook.end(
                            process(build),
                            history,
                            MdoqGlobalConfiguration.get().engineWebhooks(),
                            BuildEnd.of(history, result(build)));
            told.thenRunAsync(() -> done(build, noted), ReleaseHookService.get().executor());
        } catch (IOException | IllegalStateException e) {
            // It stays noted, so it is looked at again.
            LOGGER.log(Level.WARNING, "Could not tell the webhooks how " + build + " ended: " + e.getMessage());
        }
    }

    @CheckForNull
    private static String result(Run<?, ?> build) {
        Result result = build.getResult();
        return result == null ? null : result.toString();
    }

    private void done(Run<?, ?> build, OpenReleases.Build noted) {
        try {
            if (BuildHistory.of(build).read().events().stream().allMatch(event -> event.settled() != null)) {
                open.remove(noted);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not see whether all has been told of " + build);
        }
    }

    /** The log of the build is closed by then; the history has it all, and this log what could not be said. */
    private static ReleaseProcess process(Run<?, ?> build) {
        return ReleaseHookService.process(build, fact -> {
            if (fact instanceof Fact.AttemptFailed failed && failed.retryAt() == null) {
                LOGGER.log(Level.WARNING, "A webhook could not be told what became of {0}: {1}", new Object[] {
                    build, failed.error()
                });
            }
        });
    }

    private void lookLater() {
        ReleaseHookService.get().executor().execute(this::look);
    }

    /** Looks when a build has ended. */
    @Extension
    public static final class Builds extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> build) {
            // Of the builds of a controller few are releases.
            if (BuildHistory.of(build).exists()) {
                ReleaseHookService.get().executor().execute(() -> get().ended(build));
            }
        }
    }

    /** Looks when Jenkins has started, and follows what is renamed. */
    @Extension
    public static final class Items extends ItemListener {
        @Override
        public void onLoaded() {
            get().lookLater();
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            try {
                get().open.moved(oldFullName, newFullName);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Could not follow the builds of " + newFullName);
            }
        }
    }

    /** Looks now and then: for builds that ended in another way, and what could not be done before. */
    @Extension
    public static final class Now extends PeriodicWork {
        @Override
        public long getRecurrencePeriod() {
            return TimeUnit.MINUTES.toMillis(10);
        }

        @Override
        protected void doRun() {
            get().lookLater();
        }
    }
}

package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.mdoq.config.ConfiguredWebhooks;
import io.jenkins.plugins.mdoq.config.WebhookFormat;
import io.jenkins.plugins.mdoq.delivery.DeliveryClient;
import io.jenkins.plugins.mdoq.delivery.RetryPolicy;
import io.jenkins.plugins.mdoq.hook.EngineServices;
import io.jenkins.plugins.mdoq.hook.HistoryListener;
import io.jenkins.plugins.mdoq.hook.Ping;
import io.jenkins.plugins.mdoq.hook.ReleaseHook;
import io.jenkins.plugins.mdoq.hook.ReleaseProcess;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.index.DeliveryIndex;
import io.jenkins.plugins.mdoq.index.IndexKeeper;
import io.jenkins.plugins.mdoq.index.ProcessName;
import io.jenkins.plugins.mdoq.lock.LockApi;
import io.jenkins.plugins.mdoq.lock.LockDirectory;
import io.jenkins.plugins.mdoq.lock.LockKey;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import io.jenkins.plugins.mdoq.lock.Locks;
import io.jenkins.plugins.mdoq.lock.Throttle;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/** The engine of this controller: one for all builds, made when the plugin is loaded. Safe for any thread. */
@Extension
public final class ReleaseHookService {

    /** Disk I/O is what it does; a few threads keep the disk busy, and no build holds one while it waits. */
    public static final int THREADS = 8;

    /** The path of the lock API below the Jenkins URL. */
    public static final String LOCK_PATH = "mdoq/lock/";

    /** The path of a build's webhook history below the build. */
    public static final String PAGE = "mdoq/";

    /** The longest that a test event waits for its answer. */
    public static final Duration LONGEST_TRIAL = Duration.ofSeconds(60);

    private final ExecutorService executor = Executors.newFixedThreadPool(
            THREADS, new NamingThreadFactory(new DaemonThreadFactory(), "MDOQ release hook"));
    private final DeliveryClient client;
    private final RecentReplies replies;
    private final LockWaiters held = new LockWaiters();
    private final EngineServices services;
    private final ReleaseHook hook;
    private final Locks locks;
    private final LockApi lockApi;
    private final IndexKeeper recent;

    /** Called by Jenkins. */
    public ReleaseHookService() {
        Clock clock = Clock.systemUTC();
        LockDirectory directory = new BuildLockDirectory();
        WebhookDirectory webhooks = new ConfiguredWebhooks();
        LockKey key = new ControllerLockKey();
        client = new DeliveryClient(new JenkinsProxySettings(), Timer.get(), clock, product());
        replies = new RecentReplies(client);
        services = new EngineServices(
                replies,
                new RetryPolicy(new SecureRandom()),
                Timer.get(),
                executor,
                clock,
                webhooks,
                held,
                WebhookFormat.formats(),
                key);
        hook = new ReleaseHook(services);
        locks = new Locks(directory, webhooks, held, clock, key);
        lockApi = new LockApi(directory, webhooks, locks, new Throttle(clock));
        recent = new IndexKeeper(
                new DeliveryIndex(new ControllerJournals()),
                task -> Computer.threadPoolForRemoting.execute(task),
                clock);
    }

    private static String product() {
        String version = ReleaseHookService.class.getPackage().getImplementationVersion();
        return version == null ? "mdoq-release-hook" : "mdoq-release-hook/" + version.replaceAll("[^\\w.+-].*", "");
    }

    /**
     * Sends a webhook a test event, which is no part of any release. It waits for the answer as long as the webhook is set to,
     * and no longer than {@link #LONGEST_TRIAL}, since somebody is waiting at the page.
     *
     * @param webhook the webhook
     * @param directory knows its secrets and its URL
     * @return completes with what it brought, secrets masked; never exceptionally
     */
    @NonNull
    public CompletableFuture<Ping.Trial> tryOut(@NonNull Webhook webhook, @NonNull WebhookDirectory directory) {
        Duration timeout = webhook.timeout().compareTo(LONGEST_TRIAL) > 0 ? LONGEST_TRIAL : webhook.timeout();
        return Ping.trial(
                // Past the client that remembers failures: what is only being tried makes no release fail.
                services.with(client, directory),
                new Webhook(
                        webhook.name(),
                        webhook.url(),
                        webhook.secretIds(),
                        timeout,
                        1,
                        webhook.sign(),
                        List.of(),
                        List.of(),
                        webhook.format(),
                        webhook.jobs()));
    }

    /** The service of this controller. */
    @NonNull
    public static ReleaseHookService get() {
        return ExtensionList.lookupSingleton(ReleaseHookService.class);
    }

    /** Ends the threads with Jenkins: what a build was waiting for is in its history and goes on with the next start. */
    @Extension
    public static final class Shutdown extends ItemListener {
        @Override
        public void onBeforeShutdown() {
            ReleaseHookService service = get();
            service.executor.shutdownNow();
            // After the threads that write: what is under way is not to be noted as failed, it is sent again.
            service.client.close();
        }
    }

    /** Fires and settles events. */
    @NonNull
    public ReleaseHook hook() {
        return hook;
    }

    /** What requests brought lately. */
    @NonNull
    RecentReplies replies() {
        return replies;
    }

    /** The locks, for callers that have been let in already. */
    @NonNull
    public Locks locks() {
        return locks;
    }

    /** The lock API, for endpoints. */
    @NonNull
    public LockApi lockApi() {
        return lockApi;
    }

    /** The events that wait for a lock here and now, those that wait longest first. */
    @NonNull
    public List<LockWaiters.Waiting> waiting() {
        return held.waiting();
    }

    /** What the builds of this controller delivered lately; nothing is read before somebody looks. */
    @NonNull
    public IndexKeeper recent() {
        return recent;
    }

    /** Where work that does disk I/O is done. */
    @NonNull
    public Executor executor() {
        return executor;
    }

    /** A build as the process that fires events. */
    @NonNull
    public static ReleaseProcess process(@NonNull Run<?, ?> build, @NonNull HistoryListener listener) {
        String root = Jenkins.get().getRootUrl();
        String job = build.getParent().getFullName();
        get().recent.index().touch(new ProcessName(job, build.getNumber()));
        return new ReleaseProcess(
                job,
                build.getNumber(),
                BuildHistory.of(build),
                below(root, LOCK_PATH + "release"),
                below(root, LOCK_PATH + "log"),
                listener,
                below(root, build.getUrl()),
                below(root, build.getUrl() + PAGE));
    }

    /** A URL below that of Jenkins; null if Jenkins has none, or what it has is none. */
    @CheckForNull
    private static URI below(@CheckForNull String root, String path) {
        try {
            return root == null ? null : URI.create(root + path);
        } catch (IllegalArgumentException e) {
            // Anything can be saved as the URL of Jenkins; it is said where it is used that there is none.
            return null;
        }
    }
}

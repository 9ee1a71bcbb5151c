package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.delivery.DeliveryClient;
import io.jenkins.plugins.mdoq.delivery.RetryPolicy;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.hook.EngineServices;
import io.jenkins.plugins.mdoq.hook.EventRun;
import io.jenkins.plugins.mdoq.hook.FireRequest;
import io.jenkins.plugins.mdoq.hook.ReleaseEnd;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.ReleaseHook;
import io.jenkins.plugins.mdoq.hook.ReleaseProcess;
import io.jenkins.plugins.mdoq.lock.LockApi;
import io.jenkins.plugins.mdoq.lock.LockKey;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import io.jenkins.plugins.mdoq.lock.Locks;
import io.jenkins.plugins.mdoq.lock.Throttle;
import io.jenkins.plugins.mdoq.protocol.WrittenDuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One run of the program against one history: the engine, the lock API and the console put together. Used by the main
 * thread alone, which waits here; everything else goes on in the engine's threads.
 */
final class Session implements AutoCloseable {

    private static final int ENGINE_THREADS = 4;

    /**
     * What a session is opened with.
     *
     * @param configuration the webhooks and their secrets
     * @param environment where secrets of webhooks come from that the configuration no longer has
     * @param listen where the lock API is served
     * @param job the first part of its locks' values
     * @param release what is released
     * @param limits how long it may take and be silent
     */
    record Settings(
            Configuration configuration,
            Map<String, String> environment,
            ListenAddress listen,
            String job,
            ReleaseIdentity release,
            Limits limits) {}

    /**
     * How long a session may take and be silent.
     *
     * @param timeout how long it may take, or null for as long as it likes
     * @param heartbeat how long it may be silent, or null for as long as it likes
     */
    record Limits(
            @CheckForNull Duration timeout, @CheckForNull Duration heartbeat) {
        static final Limits NONE = new Limits(null, null);
    }

    private final Settings settings;
    private final HistoryFolder folder;
    private final Clock clock = Clock.systemUTC();
    private final ExecutorService executor = DaemonThreads.pool("mdoq-engine", ENGINE_THREADS);
    private final ScheduledExecutorService scheduler = DaemonThreads.scheduler("mdoq-scheduler");
    private final DeliveryClient client;
    private final Abort abort;
    private final LockServer server;
    private final ReleaseHook engine;
    private final ReleaseProcess process;
    private final Teller teller;
    private final Notices notices;
    private final SignsOfLife signs;

    /**
     * Opens a session. The folder stays the caller's.
     *
     * @throws UsageException if the lock API cannot be served where it was asked for
     */
    Session(Settings settings, HistoryFolder folder, Console console) throws IOException {
        this.settings = settings;
        this.folder = folder;
        RunDirectory directory = new RunDirectory(folder.journal());
        ConfigurationDirectory webhooks = new ConfigurationDirectory(settings.configuration(), settings.environment());
        LockWaiters held = new LockWaiters();
        LockKey key = LockKeyFile.in(folder.path());
        client = new DeliveryClient(
                new EnvironmentProxies(settings.environment()), scheduler, clock, "mdoq-release-hook/" + Version.TEXT);
        EngineServices services = new EngineServices(
                client,
                // A generator for any thread: it asks for the thread's own one each time.
                new RetryPolicy(() -> ThreadLocalRandom.current().nextLong()),
                scheduler,
                executor,
                clock,
                webhooks,
                held,
                key);
        Locks locks = new Locks(directory, webhooks, held, clock, key);
        server = LockServer.start(new LockApi(directory, webhooks, locks, new Throttle(clock)), settings.listen());
        teller = new Teller(console, server.url("release"));
        engine = new ReleaseHook(services);
        process = new ReleaseProcess(
                settings.job(), folder.number(), folder.journal(), server.url("release"), server.url("log"), teller);
        abort = Abort.install();
        notices = new Notices(folder.journal(), abort, scheduler, teller);
        abort.lastWords(notices::tellWhoIsNotTold);
        signs = new SignsOfLife(scheduler, executor, settings.limits().heartbeat(), teller, clock);
        if (settings.limits().timeout() != null) {
            String over = "the run took longer than its --timeout of "
                    + WrittenDuration.text(settings.limits().timeout());
            scheduler.schedule(
                    () -> executor.execute(() -> abort.end(over)),
                    settings.limits().timeout().toMillis(),
                    TimeUnit.MILLISECONDS);
        }
        settings.configuration().notes().forEach(this::tell);
    }

    /** Ends the run in good order when a signal comes. */
    Abort abort() {
        return abort;
    }

    /** The history as it is on disk now. */
    History history() throws IOException {
        return folder.journal().read();
    }

    /** The folder of the history. */
    HistoryFolder folder() {
        return folder;
    }

    /** Says at intervals that something goes on. */
    SignsOfLife signs() {
        return signs;
    }

    /** The environment of this program. */
    Map<String, String> environment() {
        return settings.environment();
    }

    /** The variables that no command gets to see: those that the webhooks' secrets and URLs come from. */
    Set<String> secretVariables() throws IOException {
        Set<String> variables = new HashSet<>(settings.configuration().variables());
        history().events().stream()
                .flatMap(event -> event.entries().stream())
                .forEach(entry -> variables.addAll(entry.plan().secretIds()));
        return variables;
    }

    /** Prints a line of our own. */
    void tell(String line) {
        teller.tell(line);
    }

    /** Writes a fact about the process down and prints it. */
    void record(Fact fact) throws IOException {
        folder.journal().append(List.of(fact)).forEach(teller::onFact);
    }

    Clock clock() {
        return clock;
    }

    /**
     * Fires an event, or resumes it if the history says that it was fired already, and waits for its verdict.
     *
     * @throws UsageException if what is to be sent cannot be
     * @throws AbortedException if a signal came
     */
    Fact.Settled fire(ReleaseEvent event) throws IOException {
        abort.check();
        EventHistory before = history().event(event.name());
        if (before != null) {
            teller.resumed(before, clock.instant());
        }
        Reach.warnings(
                        server.url("release"),
                        settings.job(),
                        settings.configuration().webhooks(),
                        event)
                .forEach(this::tell);
        EventRun run = engine.fire(
                process,
                new FireRequest(
                        event.name(),
                        event,
                        settings.configuration().webhooks(),
                        settings.release().instance(),
                        settings.release().data(),
                        source()));
        abort.during(run::cancel);
        signs.during(() -> SignsOfLife.waitingFor(history().event(event.name())));
        try {
            Fact.Settled settled = await(run.verdict());
            // Nothing of the release waits for it, but the program does before it is gone.
            notices.add(run.notices());
            abort.during(null);
            abort.check();
            return settled;
        } finally {
            signs.during(null);
        }
    }

    /** What this program knows for certain (protocol: "source"): nothing that a CI system's variables say. */
    private ObjectNode source() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sender", "command_line")
                .put("job", settings.job())
                .put("build", folder.number())
                .put("version", Version.TEXT);
    }

    /** Tells the webhooks that listen to it how the release ended, and waits until all is said that is to be said. */
    void end(ReleaseEnd end) throws IOException {
        notices.add(engine.end(process, history(), settings.configuration().webhooks(), end));
        awaitNotices();
    }

    /** Waits until the webhooks have been told of the locks that were given up. */
    void awaitNotices() throws IOException {
        notices.add(engine.resumeNotices(process, history()));
        signs.during(() -> "still telling webhooks what happened");
        try {
            notices.await();
        } finally {
            signs.during(null);
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortedException("the run was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException unwritten) {
                throw new IOException(unwritten.getMessage(), unwritten);
            }
            if (e.getCause() instanceof IllegalArgumentException unsendable) {
                throw new UsageException(unsendable.getMessage());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        server.close();
        scheduler.shutdownNow();
        executor.shutdownNow();
        // Last: what is under way is not to be noted as failed.
        client.close();
        abort.close();
    }
}

package io.jenkins.plugins.mdoq.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.delivery.DeliveryClient;
import io.jenkins.plugins.mdoq.delivery.ProxySettings;
import io.jenkins.plugins.mdoq.delivery.RetryPolicy;
import io.jenkins.plugins.mdoq.delivery.WebhookSender;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.hook.EngineServices;
import io.jenkins.plugins.mdoq.hook.EventRun;
import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.FireRequest;
import io.jenkins.plugins.mdoq.hook.HistoryListener;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.ReleaseHook;
import io.jenkins.plugins.mdoq.hook.ReleaseProcess;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.lock.LockAnswer;
import io.jenkins.plugins.mdoq.lock.LockApi;
import io.jenkins.plugins.mdoq.lock.LockDirectory;
import io.jenkins.plugins.mdoq.lock.LockKey;
import io.jenkins.plugins.mdoq.lock.LockRequest;
import io.jenkins.plugins.mdoq.lock.LockValue;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import io.jenkins.plugins.mdoq.lock.Locks;
import io.jenkins.plugins.mdoq.lock.SecretLockKey;
import io.jenkins.plugins.mdoq.lock.Throttle;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The engine as a controller would set it up, and an endpoint for it on loopback. */
final class EngineFixture implements AutoCloseable {

    static final LockKey LOCK_KEY = new SecretLockKey(SecretLockKey.random());

    static final String JOB = "shop/website/main";
    static final String SECRET = "rB5mTq8sWz2vXc7nLk4jHg9f";

    private static final String WEBHOOK = "release-gate";
    /** Threads that wait for the disk: several, as it can make several files durable in one go. */
    private static final int DISK_THREADS = 16;

    private final LoopbackEndpoint endpoint = new LoopbackEndpoint();

    /** Where the requests of webhooks go that have another endpoint. */
    private final Map<String, URI> elsewhere = new ConcurrentHashMap<>();

    private final ThreadPoolExecutor executor = pool(DISK_THREADS);
    private final ThreadPoolExecutor httpExecutor = pool(4);
    // As in Jenkins' own timer, a task that was cancelled stays in the queue until it would have been due.
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, EngineFixture::daemon);
    private final DeliveryClient client;
    private final LockWaiters held = new LockWaiters();
    private final ReleaseHook hook;
    private final LockApi lockApi;

    /** An engine that sends as the product does. */
    EngineFixture() throws IOException {
        this(false);
    }

    /** @param jdk whether it sends as the product once did, by the JDK's client */
    EngineFixture(boolean jdk) throws IOException {
        Clock clock = Clock.systemUTC();
        OneWebhook directory = new OneWebhook();
        client = new DeliveryClient(ProxySettings.direct(), scheduler, clock, "mdoq-release-hook/benchmark");
        WebhookSender sender = jdk ? new JdkSender(httpExecutor, scheduler) : client;
        RetryPolicy retries = new RetryPolicy(RandomGenerator.getDefault());
        hook = new ReleaseHook(
                new EngineServices(sender, retries, scheduler, executor, clock, directory, held, LOCK_KEY));
        lockApi = new LockApi(
                directory, directory, new Locks(directory, directory, held, clock, LOCK_KEY), new Throttle(clock));
        scheduler.prestartAllCoreThreads();
    }

    private final class OneWebhook implements LockDirectory, WebhookDirectory {
        private final Secrets secrets = Secrets.ofTexts(SECRET);

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Home find(LockValue lock) {
            // Every process of these benchmarks waits here and now.
            return null;
        }

        @Override
        public Secrets secrets(String webhook, List<String> secretIds) {
            return secrets;
        }

        @Override
        public Secrets all() {
            return secrets;
        }

        @Override
        public WebhookUrl url(String webhook) {
            return WebhookUrl.of(elsewhere.getOrDefault(webhook, endpoint.uri()));
        }

        @Override
        public Collection<URI> urls() {
            return List.of(endpoint.uri());
        }
    }

    private static ThreadPoolExecutor pool(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), EngineFixture::daemon);
        pool.prestartAllCoreThreads();
        return pool;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = Executors.defaultThreadFactory().newThread(work);
        thread.setDaemon(true);
        return thread;
    }

    LoopbackEndpoint endpoint() {
        return endpoint;
    }

    ThreadPoolExecutor executor() {
        return executor;
    }

    LockWaiters held() {
        return held;
    }

    LockApi lockApi() {
        return lockApi;
    }

    /** The one webhook, set to listen to Before Release. */
    List<Webhook> webhooks(boolean blocking, Duration lockTimeout) {
        return webhooks(WEBHOOK, endpoint.uri(), blocking, lockTimeout);
    }

    /** A webhook of another endpoint. */
    List<Webhook> webhooks(URI uri, boolean blocking, Duration lockTimeout) {
        String name = "endpoint-" + uri.getPort();
        elsewhere.put(name, uri);
        return webhooks(name, uri, blocking, lockTimeout);
    }

    private static List<Webhook> webhooks(String name, URI uri, boolean blocking, Duration lockTimeout) {
        EventSettings event = new EventSettings(
                ReleaseEvent.BEFORE_RELEASE,
                blocking,
                lockTimeout,
                OnFail.CONTINUE,
                OnDeliveryError.FAIL,
                Duration.ZERO,
                OnLockTimeout.FAIL);
        return List.of(new Webhook(
                name,
                WebhookUrl.of(uri),
                List.of("mdoq-release-gate"),
                Duration.ofSeconds(Webhook.DEFAULT_TIMEOUT_SECONDS),
                Webhook.DEFAULT_TRIES,
                false,
                List.of(),
                List.of(event)));
    }

    /** What a build says of itself. */
    static ObjectNode instance(long number) {
        ObjectNode instance = JsonNodeFactory.instance.objectNode();
        instance.put("job", JOB)
                .put("build", number)
                .put("url", "https://jenkins.example.com/job/shop/job/website/job/main/" + number + "/")
                .put("branch", "main")
                .put("commit", "930f497f410b1fd1930f497f410b1fd1930f497f")
                .put("started_by", "admin");
        instance.putObject("parameters").put("ENVIRONMENT", "production").put("VERSION", "4.2.0");
        return instance;
    }

    /** Fires Before Release for a process with a folder, which exists already as a build's does. */
    EventRun fire(Path folder, long number, List<Webhook> webhooks, HistoryListener listener) {
        ReleaseProcess process = new ReleaseProcess(
                JOB,
                number,
                Journal.in(folder),
                URI.create("https://jenkins.example.com/mdoq/lock/release"),
                URI.create("https://jenkins.example.com/mdoq/lock/log"),
                listener);
        return hook.fire(process, new FireRequest("1", ReleaseEvent.BEFORE_RELEASE, webhooks, instance(number), null));
    }

    /** Waits until the engine and the client have nothing left to do. */
    void awaitIdle() throws InterruptedException {
        while (executor.getActiveCount() + httpExecutor.getActiveCount() > 0
                || !executor.getQueue().isEmpty()
                || !httpExecutor.getQueue().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public void close() {
        client.close();
        executor.shutdownNow();
        httpExecutor.shutdownNow();
        scheduler.shutdownNow();
        endpoint.close();
    }

    /** Releases a lock as its endpoint would. */
    static void release(LockApi lockApi, String lock) {
        byte[] body = ("{\"lock\":\"" + lock + "\",\"secret\":\"" + SECRET + "\",\"result\":\"success\"}")
                .getBytes(StandardCharsets.UTF_8);
        LockAnswer answer = lockApi.answer(new LockRequest("release", "application/json", body, null, "127.0.0.1"));
        if (answer.status() != 200) {
            throw new IllegalStateException("the lock API answered " + answer.status() + " " + answer.body());
        }
    }
}

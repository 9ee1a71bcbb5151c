package io.jenkins.plugins.mdoq.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.delivery.RetryPolicy;
import io.jenkins.plugins.mdoq.delivery.WebhookSender;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import io.jenkins.plugins.mdoq.kit.MovableClock;
import io.jenkins.plugins.mdoq.lock.LockAnswer;
import io.jenkins.plugins.mdoq.lock.LockApi;
import io.jenkins.plugins.mdoq.lock.LockKey;
import io.jenkins.plugins.mdoq.lock.LockRequest;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import io.jenkins.plugins.mdoq.lock.Locks;
import io.jenkins.plugins.mdoq.lock.SecretLockKey;
import io.jenkins.plugins.mdoq.lock.Throttle;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * An engine in a world that stands still: nothing happens but what a test lets happen, on the test's own thread. Its
 * webhooks are named after their paths, and each has the credential {@code secret-of-<name>}.
 */
final class EngineFixture {

    static final LockKey LOCK_KEY = new SecretLockKey(SecretLockKey.random());
    static final String JOB = "shop/release";
    static final long NUMBER = 7;
    static final URI RELEASE_URL = URI.create("http://127.0.0.1:8080/mdoq/lock/release");
    static final URI LOG_URL = URI.create("http://127.0.0.1:8080/mdoq/lock/log");

    /** What the listener was told. */
    record Told(String webhook, Fact fact) {}

    final MovableClock clock;
    final ManualScheduler scheduler;
    final QueueExecutor executor = new QueueExecutor();
    final FakeHttp http;
    final LockWaiters held = new LockWaiters();
    final TestDirectory directory;
    final Journal journal;
    final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    final EngineServices services;
    final ReleaseHook engine;
    final ReleaseProcess process;
    final LockApi api;
    final Locks locks;

    EngineFixture(Path folder) {
        this(Journal.in(folder), Facts.START, new TestDirectory());
    }

    EngineFixture(Journal journal, Instant now, TestDirectory directory) {
        this.clock = new MovableClock(now);
        this.scheduler = new ManualScheduler(clock);
        this.directory = directory;
        this.journal = journal;
        directory.add(JOB, NUMBER, journal, false);
        http = new FakeHttp(scheduler);
        services = services(executor, http);
        engine = new ReleaseHook(services);
        process = process(NUMBER, journal);
        locks = new Locks(directory, directory, held, clock, LOCK_KEY);
        api = new LockApi(directory, directory, locks, new Throttle(clock));
    }

    /** Another engine on the same journal, as after a crash: it knows nothing but what is on disk. */
    EngineFixture restarted() {
        return new EngineFixture(journal, clock.instant(), directory);
    }

    EngineServices services(Executor work, WebhookSender client) {
        return new EngineServices(
                client, new RetryPolicy(new Random(1)), scheduler, work, clock, directory, held, LOCK_KEY);
    }

    ReleaseProcess process(long number, Journal of) {
        return new ReleaseProcess(
                JOB, number, of, RELEASE_URL, LOG_URL, fact -> told.add(new Told(webhookOf(of, fact), fact)));
    }

    private static String webhookOf(Journal journal, Fact fact) {
        if (!(fact instanceof Fact.OfDelivery ofDelivery)) {
            return null;
        }
        try {
            return journal.read().events().stream()
                    .map(event -> event.entry(ofDelivery.delivery()))
                    .filter(Objects::nonNull)
                    .map(entry -> entry.plan().webhook())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A webhook that listens to an event; its credential is made unless there is one. */
    Webhook webhook(String name, EventSettings... events) {
        return webhookAt(URI.create("http://127.0.0.1:8099/" + name), name, events);
    }

    Webhook webhookAt(URI url, String name, EventSettings... events) {
        directory.credentials.computeIfAbsent("secret-of-" + name, id -> Secrets.ofTexts(secret(name)));
        directory.urls.put(name, WebhookUrl.of(url));
        return new Webhook(
                name,
                WebhookUrl.of(url),
                List.of("secret-of-" + name),
                Duration.ofSeconds(60),
                3,
                false,
                List.of(),
                List.of(events));
    }

    /** The same webhook, for some jobs alone. */
    static Webhook forJobs(Webhook webhook, String... jobs) {
        return new Webhook(
                webhook.name(),
                webhook.url(),
                webhook.secretIds(),
                webhook.timeout(),
                webhook.tries(),
                webhook.sign(),
                webhook.allowFrom(),
                webhook.events(),
                webhook.format(),
                new JobPatterns(List.of(jobs)));
    }

    static String secret(String webhook) {
        return "s3cret/" + webhook;
    }

    static EventSettings plain() {
        return EventSettings.of(ReleaseEvent.BEFORE_RELEASE);
    }

    /** Listens to what tells that a lock of before_release was given up. */
    static EventSettings hears() {
        return EventSettings.of(ReleaseEvent.BEFORE_RELEASE.cancelled());
    }

    static EventSettings blocking() {
        return blocking(Duration.ZERO);
    }

    static EventSettings blocking(Duration timeout) {
        return new EventSettings(
                ReleaseEvent.BEFORE_RELEASE,
                true,
                timeout,
                OnFail.CONTINUE,
                OnDeliveryError.FAIL,
                Duration.ZERO,
                OnLockTimeout.FAIL);
    }

    /** A blocking event with deadlines; zero: none. */
    static EventSettings blocking(Duration timeout, Duration heartbeat, OnLockTimeout onLockTimeout) {
        return new EventSettings(
                ReleaseEvent.BEFORE_RELEASE,
                true,
                timeout,
                OnFail.CONTINUE,
                OnDeliveryError.FAIL,
                heartbeat,
                onLockTimeout);
    }

    static FireRequest firing(Webhook... webhooks) {
        return new FireRequest(
                "before_release", ReleaseEvent.BEFORE_RELEASE, List.of(webhooks), Facts.json("{'job':'shop'}"), null);
    }

    EventRun fire(Webhook... webhooks) {
        return fire(firing(webhooks));
    }

    EventRun fire(FireRequest firing) {
        EventRun run = engine.fire(process, firing);
        settle();
        return run;
    }

    /** The verdict of a run, or null as long as it has none. */
    static Fact.Settled verdict(EventRun run) {
        return run.verdict().getNow(null);
    }

    EventRun resume() {
        EventRun run = engine.resume(process, "before_release");
        settle();
        return run;
    }

    /** Lets everything happen that can without the time moving and without an endpoint answering. */
    void settle() {
        boolean busy = true;
        while (busy) {
            busy = executor.runNext() || scheduler.runNext();
        }
    }

    /** Moves the time, from one thing that is due to the next. */
    void advance(Duration by) {
        Instant end = clock.instant().plus(by);
        settle();
        for (Instant due = scheduler.nextDue(); due != null && !due.isAfter(end); due = scheduler.nextDue()) {
            clock.set(due);
            settle();
        }
        clock.set(end);
    }

    /** The newest request to a webhook. */
    FakeHttp.Exchange request(String webhook) {
        List<FakeHttp.Exchange> requests = requests(webhook);
        if (requests.isEmpty()) {
            throw new AssertionError("no request to " + webhook);
        }
        return requests.get(requests.size() - 1);
    }

    List<FakeHttp.Exchange> requests(String webhook) {
        return http.exchanges().stream()
                .filter(exchange -> exchange.webhook().equals(webhook))
                .toList();
    }

    void answer(String webhook, int status, String json) {
        request(webhook).answer(status, json);
        settle();
    }

    /** Calls the lock API as a webhook's endpoint, with the fields given in single quotes. */
    LockAnswer call(String action, String webhook, String lock, String fields) {
        ObjectNode body = Facts.json(fields);
        body.put("lock", lock).put("secret", secret(webhook));
        LockAnswer answer = api.answer(new LockRequest(
                action, "application/json", body.toString().getBytes(StandardCharsets.UTF_8), null, "127.0.0.1"));
        settle();
        return answer;
    }

    LockAnswer release(String webhook, String fields) {
        return call("release", webhook, lock(webhook), fields);
    }

    /** The lock of a webhook, as its endpoint was told. */
    String lock(String webhook) {
        return requests(webhook).get(0).text("lock");
    }

    EventHistory history() {
        try {
            return journal.read().event("before_release");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    List<Fact> facts(String webhook) {
        return told.stream()
                .filter(each -> webhook == null ? each.webhook() == null : webhook.equals(each.webhook()))
                .map(Told::fact)
                .toList();
    }
}

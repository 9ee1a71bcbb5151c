package io.jenkins.plugins.mdoq.lock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.PlanBuilder;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.kit.JsonObjects;
import io.jenkins.plugins.mdoq.kit.MovableClock;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The lock API in front of one build, {@code team/app#17}, whose journal is in a folder of the test. */
final class LockApiFixture implements LockDirectory, WebhookDirectory {

    static final String GATE = "release-gate";
    static final String SECRET = "gate-secret-now";
    static final String OLD_SECRET = "gate-secret-before";
    static final String OTHERS_SECRET = "smoke-test-secret";
    static final String ADDRESS = "192.0.2.7";

    private static final String JOB = "team/app";
    private static final URI URL = URI.create("http://127.0.0.1/hook");
    private static final Map<String, Secrets> SECRETS =
            Map.of(GATE, Secrets.ofTexts(SECRET, OLD_SECRET), "smoke-test", Secrets.ofTexts(OTHERS_SECRET));

    /** A process that waits, and remembers what it was woken with. */
    static final class Waiter implements LockWaiters.Waiter {
        final List<History> woken = Collections.synchronizedList(new ArrayList<>());
        private final Journal journal;

        Waiter(Journal journal) {
            this.journal = journal;
        }

        @Override
        public Journal journal() {
            return journal;
        }

        @Override
        public Instant since() {
            return MovableClock.START;
        }

        @Override
        public void decide(Journal.Transaction transaction) {}

        @Override
        public void wake(History history) {
            woken.add(history);
        }
    }

    final MovableClock clock = new MovableClock();
    final LockWaiters held = new LockWaiters();
    final Throttle throttle = new Throttle(clock);
    final LockKey key = new SecretLockKey(SecretLockKey.random());
    final Locks locks = new Locks(this, this, held, clock, key);
    final LockApi api = new LockApi(this, this, locks, throttle);

    boolean ready = true;
    boolean over;
    IOException findFails;
    Runnable onFind = () -> {};

    /** What is on disk, read by a handle that has seen nothing of the test. */
    private final Supplier<Journal> onDisk;

    private Journal journal;
    private int fired;

    LockApiFixture(Path folder) {
        this(() -> Journal.in(folder));
    }

    private LockApiFixture(Supplier<Journal> onDisk) {
        this.onDisk = onDisk;
        this.journal = onDisk.get();
    }

    /** The lock API in front of a journal that is somewhere else. */
    static LockApiFixture on(Journal journal) {
        return new LockApiFixture(() -> journal);
    }

    void journalIs(Journal other) {
        journal = other;
    }

    /** Fires an event whose delivery holds a lock; the attempt is under way. */
    String hold(String... allowFrom) throws IOException {
        return holdLock(LockValue.mint(key, JOB, 17, GATE).toString(), allowFrom);
    }

    /** As {@link #hold}, with a value for the lock. */
    String holdLock(String lock, String... allowFrom) throws IOException {
        String id = "dlv_" + ++fired;
        PlannedDelivery plan = new PlanBuilder(GATE)
                .id(id)
                .url(URL.toString())
                .secretIds("cred")
                .lock(lock)
                .allowFrom(allowFrom)
                .build();
        write(
                new Fact.Fired(
                        clock.instant(),
                        "hook_" + fired,
                        "before_release",
                        17,
                        JsonObjects.object(),
                        null,
                        List.of(plan)),
                new Fact.Attempted(clock.instant(), id, 1));
        return lock;
    }

    /** Writes that the endpoint answered while its lock is held; {@code json} is the answer's data. */
    void answered(String lock, int status, Result result, String json) throws IOException {
        write(new Fact.Answered(
                clock.instant(), delivery(lock), 1, status, 5, result, JsonObjects.object(json), List.of()));
    }

    /** Writes that the only attempt failed for good. */
    void failed(String lock, String error) throws IOException {
        write(new Fact.AttemptFailed(clock.instant(), delivery(lock), 1, null, 5, error, null, null));
    }

    Waiter waits(String lock) {
        Waiter waiter = new Waiter(journal);
        held.put(lock, waiter);
        return waiter;
    }

    void write(Fact... facts) throws IOException {
        onDisk.get().append(List.of(facts));
    }

    /** The entry of a lock as it is on disk, read by a handle that has seen nothing of the test. */
    DeliveryHistory onDisk(String lock) throws IOException {
        History history = onDisk.get().read();
        EventHistory event = history.eventOfLock(lock);
        if (event == null || !history.damage().isEmpty()) {
            throw new AssertionError("not in a sound journal: " + lock + ", " + history.damage());
        }
        return event.entryOfLock(lock);
    }

    /** All that is on disk of the event of a lock. */
    List<Fact> facts(String lock) throws IOException {
        return onDisk.get().read().eventOfLock(lock).facts();
    }

    String delivery(String lock) throws IOException {
        return onDisk(lock).plan().id();
    }

    String key(String lock) throws IOException {
        return onDisk.get().read().eventOfLock(lock).key();
    }

    LockAnswer release(String lock, String fields) {
        return ask("release", body(lock, SECRET, fields));
    }

    LockAnswer log(String lock, String message) {
        return ask("log", body(lock, SECRET, "\"message\":" + message));
    }

    LockAnswer status(String lock) {
        return ask("status", body(lock, SECRET, ""));
    }

    LockAnswer ask(String action, String body) {
        return ask(action, body, null, ADDRESS);
    }

    LockAnswer ask(String action, String body, String secretHeader, String address) {
        return api.answer(new LockRequest(
                action, "application/json", body.getBytes(StandardCharsets.UTF_8), secretHeader, address));
    }

    static String body(String lock, String secret, String fields) {
        return "{\"lock\":" + quoted(lock) + ",\"secret\":" + quoted(secret) + (fields.isEmpty() ? "" : "," + fields)
                + "}";
    }

    static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public Home find(LockValue lock) throws IOException {
        if (findFails != null) {
            throw findFails;
        }
        onFind.run();
        if (!lock.job().equals(JOB) || lock.number() != 17) {
            return null;
        }
        History history = journal.read();
        return history.eventOfLock(lock.toString()) == null ? null : new Home(journal, history, over);
    }

    @Override
    public Secrets secrets(String webhook, List<String> secretIds) {
        return SECRETS.getOrDefault(webhook, Secrets.NONE);
    }

    @Override
    public Secrets all() {
        return Secrets.union(SECRETS.values());
    }

    @Override
    public WebhookUrl url(String webhook) {
        return WebhookUrl.of(URL);
    }

    @Override
    public Collection<URI> urls() {
        return List.of(URL);
    }
}

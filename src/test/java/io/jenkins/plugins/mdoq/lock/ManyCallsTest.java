package io.jenkins.plugins.mdoq.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.JournalCheck;
import io.jenkins.plugins.mdoq.history.PlanBuilder;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.kit.CapturedLog;
import io.jenkins.plugins.mdoq.kit.JsonObjects;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Very many calls of the lock API at once. */
class ManyCallsTest {

    private static final int BUILDS = 50;
    private static final int LOCKS_OF_A_BUILD = 100;
    private static final int THREADS = 32;
    private static final String JOB = "shop/release";
    private static final String SECRET = "s3cret-of-the-gate";
    private static final String GATE = "gate";

    /** Where all builds are, and which of them wait here. */
    private final class Builds implements LockDirectory, WebhookDirectory {
        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Home find(LockValue lock) throws IOException {
            Journal journal = journals.get(lock.number());
            return journal == null ? null : new Home(journal, journal.read(), false);
        }

        @Override
        public Secrets secrets(String webhook, List<String> secretIds) {
            return Secrets.ofTexts(SECRET);
        }

        @Override
        public Secrets all() {
            return Secrets.ofTexts(SECRET);
        }

        @Override
        public WebhookUrl url(String webhook) {
            return WebhookUrl.ofNobody(webhook);
        }

        @Override
        public Collection<URI> urls() {
            return List.of();
        }
    }

    private final Map<Long, Journal> journals = new HashMap<>();
    private final List<String> locks = new ArrayList<>();
    private final LockWaiters held = new LockWaiters();
    private final LockKey key = new SecretLockKey(SecretLockKey.random());
    private final Builds builds = new Builds();
    private final LockApi api = new LockApi(
            builds, builds, new Locks(builds, builds, held, Clock.systemUTC(), key), new Throttle(Clock.systemUTC()));
    private Path folder;

    /** In memory where the system has a place for that: this test forces some ten thousand writes. */
    @BeforeEach
    void makeFolder() throws IOException {
        Path memory = Path.of("/dev/shm");
        folder = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "mdoq")
                : Files.createTempDirectory("mdoq");
    }

    @AfterEach
    void removeFolder() throws IOException {
        for (Journal journal : journals.values()) {
            Files.deleteIfExists(journal.file());
            Files.deleteIfExists(journal.file().getParent());
        }
        Files.delete(folder);
    }

    private void build(long number, int count) throws IOException {
        Journal journal = Journal.in(folder.resolve(Long.toString(number)));
        journals.put(number, journal);
        List<PlannedDelivery> plans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String lock = LockValue.mint(key, JOB, number, GATE).toString();
            locks.add(lock);
            plans.add(new PlanBuilder(GATE)
                    .id("msg_" + number + "_" + i)
                    .url("http://127.0.0.1/hook")
                    .secretIds("cred")
                    .lock(lock)
                    .build());
        }
        journal.append(List.of(
                new Fact.Fired(Instant.now(), "e", "before_release", number, JsonObjects.object(), null, plans)));
    }

    private LockAnswer call(String action, String lock, String fields) {
        String body = LockApiFixture.body(lock, SECRET, fields);
        return api.answer(
                new LockRequest(action, "application/json", body.getBytes(StandardCharsets.UTF_8), null, "127.0.0.1"));
    }

    @Test
    void shouldCarryOutTenThousandReleasesAtOnceEachLockOnce() throws Exception {
        for (long number = 1; number <= BUILDS; number++) {
            build(number, LOCKS_OF_A_BUILD);
        }
        Map<String, List<String>> accepted = new ConcurrentHashMap<>();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (String lock : locks) {
            // Two that contradict each other.
            for (String result : List.of("success", "fail")) {
                calls.add(() -> {
                    LockAnswer answer = call("release", lock, "\"result\":\"" + result + "\"");
                    if (answer.status() == 200) {
                        accepted.computeIfAbsent(lock, each -> Collections.synchronizedList(new ArrayList<>()))
                                .add(result);
                    }
                    return answer.status();
                });
            }
        }
        Collections.shuffle(calls);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Map<Integer, Integer> statuses = new HashMap<>();
        try (CapturedLog refused = CapturedLog.of(LockApi.class)) {
            for (Future<Integer> call : threads.invokeAll(calls)) {
                statuses.merge(call.get(), 1, Integer::sum);
            }
            assertThat(refused.lines()).hasSize(BUILDS * LOCKS_OF_A_BUILD);
        } finally {
            threads.shutdown();
        }

        assertThat(statuses).isEqualTo(Map.of(200, BUILDS * LOCKS_OF_A_BUILD, 409, BUILDS * LOCKS_OF_A_BUILD));
        for (Journal journal : journals.values()) {
            assertThat(journal.check("").state()).isEqualTo(JournalCheck.State.WHOLE);
            History history = journal.read();
            assertThat(history.damage()).isEmpty();
            for (DeliveryHistory entry : history.event("e").entries()) {
                assertThat(accepted.get(entry.plan().lock()))
                        .containsExactly(entry.release().data().path("result").asText());
            }
        }
    }

    @Test
    void shouldKeepABoundedNumberOfNotesAndCountTheOthersWithoutFillingTheLog() throws Exception {
        build(1, 1);
        String lock = locks.get(0);
        Journal journal = journals.get(1L);
        List<Fact> notes = new ArrayList<>();
        for (int i = 1; i < Limits.PROGRESS_NOTES; i++) {
            notes.add(new Fact.Progressed(Instant.now(), "msg_1_0", "step " + i, "endpoint", null));
        }
        journal.append(notes);
        try (CapturedLog log = CapturedLog.of(LockApi.class)) {
            assertThat(call("log", lock, "\"message\":\"the last one\"").status())
                    .isEqualTo(200);
            long full = Files.size(journal.file());
            for (int i = 0; i < 200; i++) {
                LockAnswer answer = call("log", lock, "\"message\":\"one too many\"");
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.retryAfter()).isNotNull();
            }

            DeliveryHistory entry = journal.read().eventOfLock(lock).entryOfLock(lock);
            assertThat(entry.progress()).hasSize(Limits.PROGRESS_NOTES);
            assertThat(entry.refusals()).extracting(Fact.Refused::count).containsExactly(1, 10, 100);
            assertThat(log.lines()).hasSize(3);
            assertThat(Files.size(journal.file()) - full).isLessThan(3 * 1_000);
        }
        assertThat(call("release", lock, "\"result\":\"success\"").status()).isEqualTo(200);
    }
}

package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.delivery.WebhookRequest;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.SimulatedDisk;
import io.jenkins.plugins.mdoq.lock.LockAnswer;
import io.jenkins.plugins.mdoq.lock.LockRequest;
import io.jenkins.plugins.mdoq.lock.LockStatus;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A process that fires events, in a world where everything goes wrong: the power fails at any operation of the disk, requests
 * and answers are lost and change places, endpoints contradict themselves, operators interfere, clocks jump. Each number that
 * an action gets picks among what is possible then. What it holds against the engine is in {@link ModelTruth}.
 */
final class ModelWorld {

    private static final Path FOLDER = Path.of("/jenkins/builds/7/mdoq");
    private static final String NAME = "#7 1767323045000";
    private static final List<String> ALL = List.of("gate", "watch", "plain", "strict");

    /** What an endpoint may answer, and some of what it may not. */
    static final List<String> ANSWERS = List.of(
            "{'result':'success'}",
            "{}",
            "{'message':'queued'}",
            "{'result':'fail'}",
            "{'result':'fail','stop_release':true,'message':'no'}",
            "{'result':'fail','rollback_release':'1','message':'undo'}",
            "{'result':'success','stop_release':true}",
            "{'result':'maybe'}",
            "not json");

    /** What a release may carry, and some of what it may not. */
    static final List<String> RELEASES = List.of(
            "{'result':'success'}",
            "{}",
            "{'message':'done'}",
            "{'result':'fail'}",
            "{'result':'fail','stop_release':1}",
            "{'result':'fail','rollback_release':true,'message':'undo'}",
            "{'result':'success','rollback_release':false}",
            "{'result':'maybe'}");

    /** An engine, from its start to the power cut. */
    private final class Engine {
        private final ModelEngine parts = new ModelEngine(time, directory, ModelWorld.this::leaving);
        private final Map<String, EventRun> runs = new LinkedHashMap<>();
    }

    final SimulatedDisk disk = new SimulatedDisk();
    final ModelTime time = new ModelTime();
    final ModelStatistics statistics;

    private final Journal journal = disk.journal(FOLDER).named(NAME);
    private final TestDirectory directory = new TestDirectory();
    private final Map<String, FireRequest> firings = new LinkedHashMap<>();
    private final ModelTruth truth = new ModelTruth();
    private Engine engine = new Engine();

    ModelWorld(ModelStatistics statistics) {
        this.statistics = statistics;
        directory.add(EngineFixture.JOB, EngineFixture.NUMBER, journal, false);
        for (String name : ALL) {
            directory.credentials.put("secret-of-" + name, Secrets.ofTexts(EngineFixture.secret(name)));
            directory.urls.put(name, WebhookUrl.of(url(name)));
        }
    }

    private static URI url(String name) {
        return URI.create("http://127.0.0.1:8099/" + name);
    }

    // What happens.

    /** An event is fired, one of two, at some of the webhooks; or once more, as a step does that is resumed. */
    void fire(int choice) {
        ReleaseEvent event = choice % 2 == 0 ? ReleaseEvent.BEFORE_RELEASE : ReleaseEvent.BEFORE_RELEASE_COMPLETE;
        String key = event.name();
        firings.computeIfAbsent(key, each -> {
            List<Webhook> webhooks = new ArrayList<>();
            for (int i = 0; i < ALL.size(); i++) {
                if ((choice / 2 >> i) % 2 == 1) {
                    webhooks.add(ModelWebhooks.webhook(ALL.get(i), url(ALL.get(i)), event));
                }
            }
            return new FireRequest(key, event, webhooks, Facts.json("{'job':'shop'}"), null);
        });
        during(() -> start(key));
    }

    private void start(String key) {
        if (!engine.runs.containsKey(key)) {
            engine.runs.put(key, engine.parts.hook.fire(process(), firings.get(key)));
        }
    }

    private ReleaseProcess process() {
        return new ReleaseProcess(
                EngineFixture.JOB,
                EngineFixture.NUMBER,
                journal,
                EngineFixture.RELEASE_URL,
                EngineFixture.LOG_URL,
                this::told);
    }

    /** Some of the engine's tasks run. */
    void work(int choice) {
        during(() -> {
            for (int i = choice % 5; i >= 0 && engine.parts.executor.runNext(); i--) {
                statistics.tasks++;
            }
        });
    }

    /** Time passes, until the next thing is due or for some time. */
    void pass(int choice) {
        Instant due = engine.parts.scheduler.nextDue();
        if (choice % 3 > 0 && due != null) {
            time.passUntil(due);
        } else {
            time.pass(Duration.ofSeconds(choice % 90));
        }
        during(() -> {
            while (engine.parts.scheduler.runNext()) {
                statistics.timers++;
            }
        });
    }

    /** Somebody sets the clock. */
    void setClock(int choice) {
        time.setClock(Duration.ofSeconds(choice % 7_200 - 3_600));
        statistics.clocks++;
    }

    /** A request under way is answered, breaks off, or its answer is one of a proxy. */
    void reply(int choice) {
        List<FakeHttp.Exchange> open = inFlight();
        if (open.isEmpty()) {
            return;
        }
        FakeHttp.Exchange request = open.get(choice % open.size());
        int rest = choice / open.size();
        during(() -> {
            switch (rest % 8) {
                case 0 -> request.breakOff(new IOException("reset"));
                case 1 -> request.answer(503, "down", rest % 3 == 0 ? Duration.ofSeconds(rest % 400) : null);
                case 2 -> request.answer(404, "not here");
                default -> answer(request, rest / 8 % 2 == 0 ? 200 : 500, ANSWERS.get(rest / 16 % ANSWERS.size()));
            }
        });
    }

    private void answer(FakeHttp.Exchange request, int status, String body) {
        if (body.startsWith("{")) {
            truth.answered(request.text("delivery"), Facts.json(body));
        }
        request.answer(status, body);
    }

    private List<FakeHttp.Exchange> inFlight() {
        return engine.parts.http.exchanges().stream()
                .filter(FakeHttp.Exchange::inFlight)
                .toList();
    }

    /** An endpoint calls the lock API, in time, too early, too late, again, or with another webhook's secret. */
    void call(int choice) {
        List<DeliveryHistory> locked = locked();
        if (locked.isEmpty()) {
            return;
        }
        DeliveryHistory entry = locked.get(choice % locked.size());
        int rest = choice / locked.size();
        String action = rest % 4 == 0 ? "log" : rest % 4 == 1 ? "status" : "release";
        boolean stranger = rest / 4 % 8 == 0;
        ObjectNode body = action.equals("log")
                ? Facts.json("{'message':'at work'}")
                : Facts.json(RELEASES.get(rest / 32 % RELEASES.size()));
        String webhook =
                stranger ? ALL.get(rest / 32 % ALL.size()) : entry.plan().webhook();
        call(action, entry.plan().lock(), webhook, body);
    }

    private LockAnswer call(String action, String lock, String webhook, ObjectNode fields) {
        ObjectNode body = fields.deepCopy().put("lock", lock).put("secret", EngineFixture.secret(webhook));
        if (action.equals("release") && lock.contains(":" + webhook + ":")) {
            truth.releaseSent(lock, fields);
        }
        LockAnswer[] answer = new LockAnswer[1];
        during(() -> answer[0] = engine.parts.api.answer(new LockRequest(
                action, "application/json", body.toString().getBytes(StandardCharsets.UTF_8), null, "127.0.0.1")));
        if (answer[0] == null) {
            return null;
        }
        statistics.called(action, answer[0].status());
        if (answer[0].status() == 200) {
            assertThat(disk.isDurable()).as("on disk before it is answered").isTrue();
            if (action.equals("release")) {
                truth.released(history(), lock, fields, answer[0].body());
            }
        }
        return answer[0];
    }

    /** An operator releases a lock, or gives it more time. */
    void operate(int choice) {
        List<DeliveryHistory> locked = locked();
        if (locked.isEmpty()) {
            return;
        }
        String lock = locked.get(choice % locked.size()).plan().lock();
        int rest = choice / locked.size();
        during(() -> {
            try {
                if (rest % 3 == 0) {
                    engine.parts.locks.extend(lock, Duration.ofMinutes(1 + rest % 50), "operator", null);
                    return;
                }
                ObjectNode data = Facts.json(RELEASES.get(rest / 3 % (RELEASES.size() - 1)));
                truth.releaseSent(lock, data);
                LockStatus status = engine.parts.locks.release(lock, data, "operator at 127.0.0.1", "operator");
                if (status != null && status.kind() == LockStatus.Kind.RELEASED) {
                    statistics.operated++;
                    truth.released(history(), lock, data, null);
                }
            } catch (IOException e) {
                throw new AssertionError("nothing refuses here", e);
            }
        });
    }

    /** All locks that the journal knows of what was fired here. */
    private List<DeliveryHistory> locked() {
        if (disk.isOff()) {
            return List.of();
        }
        History history = history();
        return firings.keySet().stream()
                .map(history::event)
                .filter(Objects::nonNull)
                .flatMap(event -> event.entries().stream())
                .filter(entry -> entry.plan().lock() != null)
                .toList();
    }

    /** The process gives an event up. */
    void cancel(int choice) {
        List<EventRun> runs = List.copyOf(engine.runs.values());
        if (!runs.isEmpty()) {
            truth.cancelled();
            during(() -> runs.get(choice % runs.size()).cancel("aborted"));
        }
    }

    /** The power fails, now or in one of the disk's next operations. */
    void cutPower(int choice) {
        if (choice % 3 == 0) {
            disk.cutPower(choice / 3);
        } else {
            disk.cutPowerAfter(choice % 7, choice / 7);
        }
    }

    /** The power is back, and the process is resumed: each event is fired again under its key. */
    void restart() {
        disk.restorePower();
        engine = new Engine();
        statistics.restarts++;
        checkWhatIsLeft();
        firings.keySet().forEach(key -> during(() -> start(key)));
    }

    /** Whether the engine is at work. */
    boolean isUp() {
        return !disk.isOff();
    }

    /** Does something with the engine, which may lose power over it. */
    private void during(Runnable what) {
        if (disk.isOff()) {
            return;
        }
        try {
            what.run();
        } catch (SimulatedDisk.PowerCut e) {
            assertThat(disk.isOff()).isTrue();
            statistics.cutsInTheMiddle++;
        }
    }

    // What is watched.

    private CompletableFuture<Reply> leaving(WebhookRequest request) {
        requirePower();
        assertThat(disk.isDurable()).as("on disk before a request leaves").isTrue();
        truth.leaves(history(), request, firings.keySet());
        statistics.requests++;
        return engine.parts.http.send(request);
    }

    private void told(Fact fact) {
        requirePower();
        assertThat(disk.isDurable()).as("on disk before anybody is told").isTrue();
        statistics.facts++;
    }

    /** A program without power does nothing any more. */
    private void requirePower() {
        if (disk.isOff()) {
            disk.exists(FOLDER);
        }
    }

    private History history() {
        try {
            return journal.read();
        } catch (IOException e) {
            throw new AssertionError("nothing refuses here", e);
        }
    }

    /** What holds after each step. */
    void check() {
        if (!disk.isOff()) {
            truth.check(history(), firings.keySet());
            engine.runs.forEach((key, run) -> truth.verdict(key, run.verdict()));
        }
    }

    private void checkWhatIsLeft() {
        try {
            assertThat(journal.check(NAME).state().tampered())
                    .as("the chain after a power cut")
                    .isFalse();
        } catch (IOException e) {
            throw new AssertionError("nothing refuses here", e);
        }
        truth.check(history(), firings.keySet());
    }

    // How it ends.

    /** The power stays, endpoints answer and release: everything comes to its end. */
    void finish() {
        disk.cutPowerAfter(-1, 0);
        if (disk.isOff()) {
            restart();
        }
        firings.keySet().forEach(this::start);
        for (int round = 0; !isSettled(); round++) {
            assertThat(round).as("rounds until everything is settled").isLessThan(60);
            settle();
            inFlight().forEach(request -> answer(request, 200, "{'result':'success'}"));
            settle();
            for (DeliveryHistory entry : locked()) {
                if (entry.held() && history().eventOfLock(entry.plan().lock()).settled() == null) {
                    LockAnswer answer = call(
                            "release", entry.plan().lock(), entry.plan().webhook(), Facts.json("{'result':'success'}"));
                    assertThat(answer.status()).as("a lock that is held").isEqualTo(200);
                    settle();
                }
            }
            check();
            pass(1);
        }
        settle();
        check();
        assertThat(engine.parts.held.size()).as("locks that are waited for").isZero();
        History history = history();
        // What was given up before it was fired was never fired.
        List<EventHistory> fired = firings.keySet().stream()
                .map(history::event)
                .filter(Objects::nonNull)
                .toList();
        for (EventHistory event : fired) {
            truth.checkVerdict(event);
            statistics.settled(event.settled().outcome());
        }
        restart();
        settle();
        check();
        fired.forEach(event -> assertThat(engine.runs.get(event.key()).verdict())
                .as("after one more restart")
                .isCompletedWithValue(event.settled()));
    }

    private boolean isSettled() {
        return engine.runs.values().stream().allMatch(run -> run.verdict().isDone());
    }

    private void settle() {
        boolean busy = true;
        while (busy) {
            busy = engine.parts.executor.runNext() || engine.parts.scheduler.runNext();
        }
    }
}

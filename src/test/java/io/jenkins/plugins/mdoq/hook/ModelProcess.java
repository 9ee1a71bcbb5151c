package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.delivery.WebhookRequest;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.SimulatedDisk;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A process that fires events, on a disk whose power may fail: with an engine of its own from each start to the next power cut.
 * Whatever it sends or tells is held against the disk and {@link ModelTruth}.
 */
final class ModelProcess {

    private static final Path FOLDER = Path.of("/jenkins/builds/7/mdoq");
    private static final String NAME = "#7 1767323045000";

    /** An engine, from its start to the power cut. */
    private final class Engine {
        private final ModelEngine parts = new ModelEngine(time, directory, ModelProcess.this::leaving);
        private final Map<String, EventRun> runs = new LinkedHashMap<>();
    }

    final SimulatedDisk disk = new SimulatedDisk();

    private final ModelStatistics statistics;
    private final ModelTruth truth;
    private final ModelTime time;
    private final Journal journal = disk.journal(FOLDER).named(NAME);
    private final TestDirectory directory = new TestDirectory();
    private final Map<String, FireRequest> firings = new LinkedHashMap<>();
    private Engine engine;

    ModelProcess(ModelStatistics statistics, ModelTruth truth, ModelTime time) {
        this.statistics = statistics;
        this.truth = truth;
        this.time = time;
        engine = new Engine();
        directory.add(EngineFixture.JOB, EngineFixture.NUMBER, journal, false);
        for (String name : ModelWebhooks.NAMES) {
            directory.credentials.put("secret-of-" + name, Secrets.ofTexts(EngineFixture.secret(name)));
            directory.urls.put(name, WebhookUrl.of(ModelWebhooks.url(name)));
        }
    }

    /** The engine that is at work. */
    ModelEngine engine() {
        return engine.parts;
    }

    /** What the engine that is at work runs. */
    List<EventRun> runs() {
        return List.copyOf(engine.runs.values());
    }

    /** Fires an event; if that was done under its key before, the same one once more. */
    void fire(FireRequest request) {
        firings.putIfAbsent(request.key(), request);
        during(() -> start(request.key()));
    }

    /** Fires everything once more that the engine does not run. */
    void fireAll() {
        firings.keySet().forEach(this::start);
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

    /** The power is back, and the process is resumed: each event is fired again under its key. */
    void restart() {
        disk.restorePower();
        engine = new Engine();
        statistics.restarts++;
        checkWhatIsLeft();
        firings.keySet().forEach(key -> during(() -> start(key)));
    }

    /** Does something with the engine, which may lose power over it. */
    void during(Runnable what) {
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

    /** The requests under way. */
    List<FakeHttp.Exchange> inFlight() {
        return engine.parts.http.exchanges().stream()
                .filter(FakeHttp.Exchange::inFlight)
                .toList();
    }

    History history() {
        try {
            return journal.read();
        } catch (IOException e) {
            throw new AssertionError("nothing refuses here", e);
        }
    }

    /** What the journal knows of what was fired here: what was given up before it was fired was never fired. */
    List<EventHistory> fired() {
        History history = history();
        return firings.keySet().stream()
                .map(history::event)
                .filter(Objects::nonNull)
                .toList();
    }

    /** All locks that the journal knows of what was fired here. */
    List<DeliveryHistory> locked() {
        if (disk.isOff()) {
            return List.of();
        }
        return fired().stream()
                .flatMap(event -> event.entries().stream())
                .filter(entry -> entry.plan().lock() != null)
                .toList();
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

    /** Whether each event has its verdict. */
    boolean isSettled() {
        return engine.runs.values().stream().allMatch(run -> run.verdict().isDone());
    }

    /** The engine does all that is due. */
    void settle() {
        boolean busy = true;
        while (busy) {
            busy = engine.parts.executor.runNext() || engine.parts.scheduler.runNext();
        }
    }

    /** The verdict of an event as the engine that is at work gives it. */
    CompletableFuture<Fact.Settled> verdict(EventHistory event) {
        return engine.runs.get(event.key()).verdict();
    }
}

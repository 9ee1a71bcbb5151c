package io.jenkins.plugins.mdoq.benchmarks;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.hook.EventRun;
import io.jenkins.plugins.mdoq.hook.HistoryListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;

/** A process that waits for its lock, as its owner sees it. */
class WaitingProcess implements HistoryListener {

    private static final int IN_FLIGHT = 64;

    private final Semaphore delivering;
    private EventRun run;
    private volatile String lock;

    WaitingProcess(Semaphore delivering) {
        this.delivering = delivering;
    }

    EventRun run() {
        return run;
    }

    String lock() {
        return lock;
    }

    @Override
    public void onFact(Fact fact) {
        if (fact instanceof Fact.Fired fired) {
            lock = fired.deliveries().get(0).lock();
        } else if (fact instanceof Fact.Answered) {
            delivering.release();
        }
    }

    /**
     * Starts processes and returns once all of them have been answered and wait.
     *
     * @param make makes one with a folder of its own
     */
    static <P extends WaitingProcess> List<P> start(
            EngineFixture fixture, Path folder, int processes, Duration lockTimeout, BiFunction<Semaphore, Path, P> make)
            throws Exception {
        Semaphore delivering = new Semaphore(IN_FLIGHT);
        List<P> all = new ArrayList<>(processes);
        for (int i = 0; i < processes; i++) {
            Path own = Files.createDirectories(folder.resolve(Integer.toString(i)));
            delivering.acquire();
            P process = make.apply(delivering, own);
            WaitingProcess waiting = process;
            waiting.run = fixture.fire(own, i + 1L, fixture.webhooks(true, lockTimeout), process);
            all.add(process);
        }
        delivering.acquire(IN_FLIGHT);
        return all;
    }
}

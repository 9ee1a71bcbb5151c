package io.jenkins.plugins.mdoq.benchmarks;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.lock.LockWaiters;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** What processes that wait for their locks cost, and how soon one of very many is woken. */
final class LockWaitersAtScale implements Benchmark {

    private static final int CALLERS = 4;
    private static final int MAX_BYTES = 2_048;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    /** A process that waits, and when what happened to it; its own size is measured along. */
    private static final class Waiting extends WaitingProcess {
        private volatile long wokenAt;
        private volatile long onDiskAt;
        private volatile long settledAt;

        Waiting(Semaphore delivering) {
            super(delivering);
        }

        @Override
        public void onFact(Fact fact) {
            long now = System.nanoTime();
            super.onFact(fact);
            if (fact instanceof Fact.Released) {
                wokenAt = now;
            }
        }
    }

    /** Notes when a release is on disk: the engine wakes a waiter right after, on the releasing thread. */
    private record Watched(LockWaiters.Waiter waiter, Waiting waiting) implements LockWaiters.Waiter {
        @Override
        public Journal journal() {
            return waiter.journal();
        }

        @Override
        public Instant since() {
            return waiter.since();
        }

        @Override
        public void decide(Journal.Transaction transaction) {
            waiter.decide(transaction);
        }

        @Override
        public void wake(History history) {
            waiting.onDiskAt = System.nanoTime();
            waiter.wake(history);
        }
    }

    @Override
    public List<Measurement> measure(Path folder, boolean quick) throws Exception {
        int processes = quick ? 1_000 : 10_000;
        int released = quick ? 200 : 2_000;
        List<Measurement> rows = new ArrayList<>();
        try (EngineFixture fixture = new EngineFixture()) {
            // Opens the connections, loads the classes and compiles what is hot, so that none of it counts as waiting.
            wait(fixture, folder.resolve("warm-up"), 2_000, Duration.ZERO)
                    .forEach(waiting -> waiting.run().cancel("warm-up"));
            fixture.awaitIdle();
            List<Waiting> one = wait(fixture, folder.resolve("one"), 1, Duration.ZERO);
            fixture.awaitIdle();
            long heapWithOne = usedHeap();
            int threadsWithOne = THREADS.getThreadCount();
            List<Waiting> many = wait(fixture, folder.resolve("many"), processes - 1, Duration.ZERO);
            fixture.awaitIdle();
            int threads = THREADS.getThreadCount();
            long heapWithMany = usedHeap();
            expectHeld(fixture, processes);
            List<Waiting> limited = wait(fixture, folder.resolve("limited"), processes, Duration.ofDays(1));
            fixture.awaitIdle();
            long heapWithLimited = usedHeap();
            expectHeld(fixture, 2 * processes);
            limited.forEach(waiting -> waiting.run().cancel("measured"));
            fixture.awaitIdle();
            expectHeld(fixture, processes);

            rows.add(Measurement.against(
                    String.format(Locale.ROOT, "threads with %,d processes waiting for a lock", processes),
                    "no more than with one",
                    threads + " (with one: " + threadsWithOne + ")",
                    threads <= threadsWithOne));
            long bytes = (heapWithMany - heapWithOne) / (processes - 1);
            rows.add(Measurement.against(
                    "heap a waiting process", "at most 2 KiB", bytes + " bytes", bytes <= MAX_BYTES));
            rows.add(Measurement.figure(
                    "heap a waiting process whose lock has a deadline",
                    "%d bytes",
                    (heapWithLimited - heapWithMany) / processes));
            one.addAll(many);
            rows.addAll(release(fixture, one, released));
        }
        return rows;
    }

    private static void expectHeld(EngineFixture fixture, int locks) {
        if (fixture.held().size() != locks) {
            throw new IllegalStateException(fixture.held().size() + " locks are held instead of " + locks);
        }
    }

    private static List<Waiting> wait(EngineFixture fixture, Path folder, int processes, Duration lockTimeout)
            throws Exception {
        return WaitingProcess.start(
                fixture, folder, processes, lockTimeout, (delivering, own) -> new Waiting(delivering));
    }

    /** Bytes in use after collections that found nothing more to collect. */
    static long usedHeap() throws InterruptedException {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            MEMORY.gc();
            TimeUnit.MILLISECONDS.sleep(50);
            long now = MEMORY.getHeapMemoryUsage().getUsed();
            if (used - now < 1_024) {
                return Math.min(used, now);
            }
            used = now;
        }
        return used;
    }

    private static List<Measurement> release(EngineFixture fixture, List<Waiting> waiting, int released)
            throws Exception {
        List<Waiting> chosen = new ArrayList<>(waiting);
        Collections.shuffle(chosen, new Random(0));
        chosen = chosen.subList(0, released);
        for (Waiting each : chosen) {
            fixture.held().put(each.lock(), new Watched(fixture.held().get(each.lock()), each));
            each.run().verdict().thenRun(() -> each.settledAt = System.nanoTime());
        }
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Future<?>> calls = new ArrayList<>();
        for (Waiting each : chosen) {
            calls.add(callers.submit(() -> EngineFixture.release(fixture.lockApi(), each.lock())));
        }
        for (Future<?> call : calls) {
            call.get();
        }
        callers.shutdown();
        for (Waiting each : chosen) {
            each.run().verdict().get(1, TimeUnit.MINUTES);
        }
        fixture.awaitIdle();
        Samples woken = since(chosen, each -> each.wokenAt);
        Samples settled = since(chosen, each -> each.settledAt);
        return List.of(
                Measurement.against(
                        String.format(
                                Locale.ROOT,
                                "releasing %,d of %,d held locks, %d at a time: on disk until woken, p99",
                                released,
                                waiting.size(),
                                CALLERS),
                        "at most 10 ms",
                        String.format(Locale.ROOT, "%.2f ms", woken.percentile(99)),
                        woken.percentile(99) <= 10),
                Measurement.figure("the same, p50 and slowest", "%.2f ms and %.2f ms", woken.median(), woken.most()),
                Measurement.figure(
                        "on disk, with the verdict, until the waiting side has that, p50 and p99",
                        "%.2f ms and %.2f ms",
                        settled.median(),
                        settled.percentile(99)));
    }

    /** Milliseconds from a release being on disk to a later point. */
    private static Samples since(List<Waiting> released, ToLongFunction<Waiting> point) {
        double[] millis = released.stream()
                .mapToDouble(each -> (point.applyAsLong(each) - each.onDiskAt) / 1e6)
                .toArray();
        if (Arrays.stream(millis).anyMatch(each -> each < 0)) {
            throw new IllegalStateException("a process was woken before its release was on disk");
        }
        return Samples.of(millis);
    }
}

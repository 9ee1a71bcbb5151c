package io.jenkins.plugins.mdoq.benchmarks;

import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.lock.LockAnswer;
import io.jenkins.plugins.mdoq.lock.LockRequest;
import io.jenkins.plugins.mdoq.lock.LockValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * How many releases of locks are taken in a second, each on disk before it is answered, against as many writes of the same lines;
 * and what calls with locks that were made up cost those who wait.
 */
final class LockApiCalls implements Benchmark {

    /** A process that waits, with the folder of its journal. */
    private static final class Waiting extends WaitingProcess {
        private final Path folder;

        Waiting(Semaphore delivering, Path folder) {
            super(delivering);
            this.folder = folder;
        }
    }

    /** What a release writes, the verdict with it; the files beside the journals that get the same lines. */
    private record BareWrites(List<Path> files, byte[] written) {

        /** Copies of the journals of processes that wait, and the lines that a release writes. */
        static BareWrites like(List<Waiting> waiting, Waiting released) throws IOException {
            List<Path> files = new ArrayList<>();
            for (Waiting each : waiting) {
                Path file = each.folder.resolveSibling("bare-" + each.folder.getFileName());
                BareRequest.append(file, Files.readAllBytes(Journal.in(each.folder).file()), null);
                files.add(file);
            }
            List<String> lines = Files.readAllLines(Journal.in(released.folder).file());
            String written = String.join("\n", lines.subList(lines.size() - 2, lines.size())) + "\n";
            return new BareWrites(files, written.getBytes(StandardCharsets.UTF_8));
        }

        double perSecond(int callers) throws Exception {
            List<Callable<Void>> calls = new ArrayList<>();
            for (Path file : files) {
                calls.add(() -> {
                    BareRequest.append(file, written, null);
                    return null;
                });
            }
            return LockApiCalls.perSecond(callers, calls);
        }
    }

    private record Round(double releases, double writes) {
        double ratio() {
            return releases / writes;
        }
    }

    @Override
    public List<Measurement> measure(Path folder, boolean quick) throws Exception {
        int waiting = 1_000;
        int released = quick ? 200 : 1_000;
        int rounds = quick ? 2 : 9;
        List<Measurement> rows = new ArrayList<>();
        try (EngineFixture fixture = new EngineFixture()) {
            rounds(fixture, folder.resolve("warm-up"), 16, released, 2);
            List<Waiting> standing = wait(fixture, folder.resolve("standing"), waiting);
            rows.addAll(rates(rounds(fixture, folder.resolve("one"), 1, released, rounds), "one caller at a time"));
            rows.addAll(rates(rounds(fixture, folder.resolve("sixteen"), 16, released, rounds), "sixteen callers"));
            rows.addAll(invented(fixture, folder.resolve("invented"), released / 2, rounds));
            if (fixture.held().size() != standing.size()) {
                throw new IllegalStateException(fixture.held().size() + " locks are held");
            }
        }
        return rows;
    }

    private static List<Waiting> wait(EngineFixture fixture, Path folder, int processes) throws Exception {
        List<Waiting> all = WaitingProcess.start(fixture, folder, processes, Duration.ZERO, Waiting::new);
        fixture.awaitIdle();
        return all;
    }

    /** Releases and bare writes of the same lines take turns, and so does which of them comes first. */
    private static List<Round> rounds(EngineFixture fixture, Path folder, int callers, int released, int rounds)
            throws Exception {
        Waiting first = wait(fixture, folder.resolve("first"), 1).get(0);
        EngineFixture.release(fixture.lockApi(), first.lock());
        first.run().verdict().get(1, TimeUnit.MINUTES);
        List<Round> measured = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Waiting> waiting = wait(fixture, folder.resolve("r" + round), released);
            BareWrites bare = BareWrites.like(waiting, first);
            double writes = round % 2 == 0 ? bare.perSecond(callers) : 0;
            double releases = releasesPerSecond(fixture, callers, waiting);
            if (writes == 0) {
                writes = bare.perSecond(callers);
            }
            measured.add(new Round(releases, writes));
        }
        return measured;
    }

    private static double releasesPerSecond(EngineFixture fixture, int callers, List<Waiting> waiting)
            throws Exception {
        List<Callable<Void>> calls = new ArrayList<>();
        for (Waiting each : waiting) {
            calls.add(() -> {
                EngineFixture.release(fixture.lockApi(), each.lock());
                return null;
            });
        }
        double perSecond = perSecond(callers, calls);
        for (Waiting each : waiting) {
            each.run().verdict().get(1, TimeUnit.MINUTES);
        }
        fixture.awaitIdle();
        return perSecond;
    }

    private static double perSecond(int callers, List<Callable<Void>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            long begun = System.nanoTime();
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
            return calls.size() / ((System.nanoTime() - begun) / 1e9);
        } finally {
            threads.shutdown();
        }
    }

    private static List<Measurement> rates(List<Round> rounds, String callers) {
        Samples ratio = samples(rounds, Round::ratio);
        return List.of(
                Measurement.against(
                        "releases taken and on disk, of bare writes of the same lines, " + callers,
                        "at least 0.80",
                        String.format(
                                Locale.ROOT,
                                "%.2f (%.2f to %.2f)",
                                ratio.median(),
                                ratio.percentile(25),
                                ratio.percentile(75)),
                        ratio.median() >= 0.8),
                Measurement.figure(
                        "the same, releases and writes",
                        "%,.0f and %,.0f a second",
                        samples(rounds, Round::releases).median(),
                        samples(rounds, Round::writes).median()));
    }

    private static Samples samples(List<Round> rounds, ToDoubleFunction<Round> of) {
        return Samples.of(rounds.stream().mapToDouble(of).toArray());
    }

    /** Releases one by one, in turns alone and beside somebody who calls with locks that were made up, as fast as it goes. */
    private static List<Measurement> invented(EngineFixture fixture, Path folder, int released, int rounds)
            throws Exception {
        double[] ratios = new double[rounds];
        double[] alone = new double[rounds];
        double[] beside = new double[rounds];
        double[] calls = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            alone[round] = releaseOneByOne(fixture, folder.resolve("alone" + round), released);
            AtomicLong refused = new AtomicLong();
            Thread stranger = new Thread(() -> callWithInventedLocks(fixture, refused), "stranger");
            stranger.start();
            long before = refused.get();
            long begun = System.nanoTime();
            beside[round] = releaseOneByOne(fixture, folder.resolve("beside" + round), released);
            calls[round] = (refused.get() - before) / ((System.nanoTime() - begun) / 1e9);
            stranger.interrupt();
            stranger.join();
            ratios[round] = beside[round] / alone[round];
        }
        double ratio = Samples.of(ratios).median();
        return List.of(
                Measurement.against(
                        "a release beside one caller with invented locks, of one without, p50",
                        "at most 1.10",
                        String.format(
                                Locale.ROOT,
                                "%.2f (%.3f ms of %.3f ms)",
                                ratio,
                                Samples.of(beside).median(),
                                Samples.of(alone).median()),
                        ratio <= 1.1),
                Measurement.figure(
                        "calls with invented locks answered meanwhile, none of which looks at the disk",
                        "%,.0f a second",
                        Samples.of(calls).median()));
    }

    /** The median time of a release, in milliseconds. */
    private static double releaseOneByOne(EngineFixture fixture, Path folder, int released) throws Exception {
        List<Waiting> waiting = wait(fixture, folder, released);
        double[] millis = new double[released];
        for (int i = 0; i < released; i++) {
            long begun = System.nanoTime();
            EngineFixture.release(fixture.lockApi(), waiting.get(i).lock());
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        for (Waiting each : waiting) {
            each.run().verdict().get(1, TimeUnit.MINUTES);
        }
        return Samples.of(millis).median();
    }

    private static void callWithInventedLocks(EngineFixture fixture, AtomicLong refused) {
        for (int caller = 0; !Thread.currentThread().isInterrupted(); caller++) {
            String lock = new LockValue(
                            EngineFixture.JOB,
                            1,
                            "release-gate",
                            LockValue.randomToken() + LockValue.randomToken().substring(2))
                    .toString();
            byte[] body = ("{\"lock\":\"" + lock + "\",\"secret\":\"" + LockValue.randomToken() + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            // From ever other addresses, as one alone is soon held up.
            String address = "198.51." + (caller >> 8 & 0xff) + "." + (caller & 0xff);
            LockAnswer answer =
                    fixture.lockApi().answer(new LockRequest("release", "application/json", body, null, address));
            if (answer.status() != 401 && answer.status() != 429) {
                throw new IllegalStateException("an invented lock was answered " + answer.status());
            }
            refused.incrementAndGet();
        }
    }
}

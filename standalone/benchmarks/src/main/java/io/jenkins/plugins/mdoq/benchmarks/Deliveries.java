package io.jenkins.plugins.mdoq.benchmarks;

import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Deliveries a second from the firing to the verdict, journal included, against bare requests of the same client that make
 * as many writes durable. The two take turns, and the medians are compared.
 */
final class Deliveries implements Benchmark {

    private static final int IN_FLIGHT = 64;

    /** One exchange of either kind; {@code folder} is its own and exists. */
    private interface Exchange {
        CompletableFuture<?> begin(Path folder, long number);
    }

    @Override
    public List<Measurement> measure(Path folder, boolean quick) throws Exception {
        int perRound = quick ? 500 : 1_500;
        int rounds = quick ? 3 : 11;
        int warmUps = quick ? 2 : 12;
        try (Rig rig = new Rig()) {
            Exchange delivery = (own, number) -> rig.fire(
                            own, number, rig.webhooks(false, Duration.ZERO), (webhook, fact) -> {})
                    .verdict()
                    .thenAccept(verdict -> {
                        if (verdict.outcome() != Outcome.SUCCESS) {
                            throw new IllegalStateException("a delivery failed: " + verdict.reason());
                        }
                    });
            Path sample = Files.createDirectories(folder.resolve("sample"));
            delivery.begin(sample, 1).get();
            BareRequest bare = BareRequest.like(rig, Journal.in(sample).file());
            List<Double> deliveries = new ArrayList<>();
            List<Double> requests = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            // The first rounds of each warm up: there is much for the compiler to do, and it works on the same cores.
            for (int round = -warmUps; round < rounds; round++) {
                double perSecond = round(rig, folder.resolve("engine" + round), perRound, delivery);
                double barePerSecond = round(rig, folder.resolve("bare" + round), perRound, bare::begin);
                if (round >= 0) {
                    deliveries.add(perSecond);
                    requests.add(barePerSecond);
                    ratios.add(perSecond / barePerSecond);
                }
            }
            double engine = Samples.of(deliveries).median();
            double requested = Samples.of(requests).median();
            double ratio = engine / requested;
            return List.of(
                    Measurement.against(
                            "deliveries on loopback, " + IN_FLIGHT + " in flight, of bare requests with as many fsyncs",
                            "at least 0.80",
                            String.format(
                                    Locale.ROOT,
                                    "%.2f (rounds %.2f to %.2f)",
                                    ratio,
                                    Samples.of(ratios).least(),
                                    Samples.of(ratios).most()),
                            ratio >= 0.8),
                    Measurement.figure("deliveries, from firing to verdict", "%,.0f a second", engine),
                    Measurement.figure("bare requests of the same client", "%,.0f a second", requested),
                    Measurement.figure(
                            "fsyncs a delivery, and a bare request",
                            "%d of the file, 1 of its folder",
                            bare.writes()));
        }
    }

    /** Does a number of exchanges and returns how many there were a second. */
    private static double round(Rig rig, Path folder, int exchanges, Exchange exchange)
            throws IOException, InterruptedException {
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < exchanges; i++) {
            folders.add(Files.createDirectories(folder.resolve(Integer.toString(i))));
        }
        long before = rig.endpoint().answered();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Semaphore free = new Semaphore(IN_FLIGHT);
        long[] t0 = ticks();
        long begun = System.nanoTime();
        for (int i = 0; i < exchanges; i++) {
            free.acquire();
            exchange.begin(folders.get(i), i + 1L).whenComplete((done, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
                free.release();
            });
        }
        free.acquire(IN_FLIGHT);
        double seconds = (System.nanoTime() - begun) / 1e9;
        long[] t1 = ticks(); System.err.printf("%s %.0f/s user %d sys %d us, vol %d nonvol %d per 100%n", folder.getFileName(), exchanges / seconds, (t1[0]-t0[0])*10000/exchanges, (t1[1]-t0[1])*10000/exchanges, (t1[2]-t0[2])*100/exchanges, (t1[3]-t0[3])*100/exchanges);
        if (failure.get() != null) {
            throw new IllegalStateException("an exchange failed", failure.get());
        }
        if (rig.endpoint().answered() - before != exchanges) {
            throw new IllegalStateException("the endpoint was not asked once for each exchange");
        }
        // The folders stay until the end: a file system that has just deleted very many is slow to make new ones.
        return exchanges / seconds;
    }

    static long[] ticks() throws IOException {
        String[] f = Files.readString(Path.of("/proc/self/stat")).replaceAll(".*\\) ", "").split(" ");
        long v = 0, n = 0;
        try (var d = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path t : d) try { for (String l : Files.readAllLines(t.resolve("status"))) { if (l.startsWith("voluntary")) v += Long.parseLong(l.replaceAll("\\D", "")); if (l.startsWith("nonvol")) n += Long.parseLong(l.replaceAll("\\D", "")); } } catch (IOException gone) {}
        }
        return new long[] {Long.parseLong(f[11]), Long.parseLong(f[12]), v, n};
    }
}

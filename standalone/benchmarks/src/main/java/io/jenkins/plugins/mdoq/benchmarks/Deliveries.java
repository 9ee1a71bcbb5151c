package io.jenkins.plugins.mdoq.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/**
 * Deliveries a second from the firing to the verdict, journal included, against bare requests of the same client that make
 * as many writes durable. The two take turns, and the medians are compared.
 */
final class Deliveries implements Benchmark {

    private static final int IN_FLIGHT = 64;
    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** @param cpu processor time of one exchange in microseconds, the endpoint's and the compiler's share included */
    private record Round(double perSecond, double cpu) {}

    /** One exchange of either kind; {@code folder} is its own and exists. */
    private interface Exchange {
        CompletableFuture<?> begin(Path folder, long number);
    }

    @Override
    public List<Measurement> measure(Path folder, boolean quick) throws Exception {
        int perRound = quick ? 500 : 1_500;
        int rounds = quick ? 3 : 11;
        int warmUps = quick ? 2 : 16;
        try (EngineFixture fixture = new EngineFixture()) {
            Exchange delivery =
                    (own, number) -> fixture.fire(own, number, fixture.webhooks(false, Duration.ZERO), fact -> {})
                            .verdict()
                            .thenAccept(verdict -> {
                                if (verdict.outcome() != Outcome.SUCCESS) {
                                    throw new IllegalStateException("a delivery failed: " + verdict.reason());
                                }
                            });
            Path sample = Files.createDirectories(folder.resolve("sample"));
            delivery.begin(sample, 1).get();
            BareRequest bare = BareRequest.like(fixture, Journal.in(sample).file());
            List<Round> deliveries = new ArrayList<>();
            List<Round> requests = new ArrayList<>();
            // The first rounds of each warm up: there is much for the compiler to do, and it works on the same cores.
            for (int round = -warmUps; round < rounds; round++) {
                Round engine = round(fixture, folder.resolve("engine" + round), perRound, delivery);
                Round other = round(fixture, folder.resolve("bare" + round), perRound, bare::begin);
                if (round >= 0) {
                    deliveries.add(engine);
                    requests.add(other);
                }
            }
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] =
                        deliveries.get(round).perSecond() / requests.get(round).perSecond();
            }
            // Of rounds side by side, so that what else the machine did at the time drops out.
            Samples ratio = Samples.of(ratios);
            return List.of(
                    Measurement.against(
                            "deliveries on loopback, " + IN_FLIGHT
                                    + " in flight, of bare requests with as many durable writes",
                            "at least 0.80",
                            String.format(
                                    Locale.ROOT,
                                    "%.2f (%.2f to %.2f)",
                                    ratio.median(),
                                    ratio.percentile(25),
                                    ratio.percentile(75)),
                            ratio.median() >= 0.8),
                    Measurement.figure(
                            "deliveries, from firing to verdict",
                            "%,.0f a second",
                            median(deliveries, Round::perSecond)),
                    Measurement.figure(
                            "bare requests of the same client", "%,.0f a second", median(requests, Round::perSecond)),
                    Measurement.figure(
                            "processor time of a delivery, and of a bare request",
                            "%.0f µs and %.0f µs",
                            median(deliveries, Round::cpu),
                            median(requests, Round::cpu)),
                    Measurement.figure(
                            "durable writes of a delivery, and of a bare request",
                            "%d of the file and 1 of its folder",
                            bare.writes()));
        }
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        return Samples.of(rounds.stream().mapToDouble(of).toArray()).median();
    }

    /** Does a number of exchanges. */
    private static Round round(EngineFixture fixture, Path folder, int exchanges, Exchange exchange)
            throws IOException, InterruptedException {
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < exchanges; i++) {
            folders.add(Files.createDirectories(folder.resolve(Integer.toString(i))));
        }
        long before = fixture.endpoint().answered();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Semaphore free = new Semaphore(IN_FLIGHT);
        long cpu = CPU.getProcessCpuTime();
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
        double micros = (CPU.getProcessCpuTime() - cpu) / 1e3 / exchanges;
        if (failure.get() != null) {
            throw new IllegalStateException("an exchange failed", failure.get());
        }
        if (fixture.endpoint().answered() - before != exchanges) {
            throw new IllegalStateException("the endpoint was not asked once for each exchange");
        }
        // The folders stay until the end: a file system that has just deleted very many is slow to make new ones.
        return new Round(exchanges / seconds, micros);
    }
}

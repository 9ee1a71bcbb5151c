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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        int warmUps = quick ? 2 : 32;
        try (EngineFixture fixture = new EngineFixture();
                EngineFixture before = new EngineFixture(true)) {
            Path sample = Files.createDirectories(folder.resolve("sample"));
            delivery(fixture).begin(sample, 1).get();
            try (BareRequest bare = BareRequest.like(fixture, Journal.in(sample).file())) {
                Map<String, Side> sides = new LinkedHashMap<>();
                sides.put("engine", new Side(fixture, delivery(fixture)));
                sides.put("bare", new Side(fixture, bare::begin));
                sides.put("before", new Side(before, delivery(before)));
                sides.put("disk", new Side(null, bare::write));
                // The first rounds of each warm up: there is much for the compiler to do, and it works on the same
                // cores.
                for (int round = -warmUps; round < rounds; round++) {
                    for (Map.Entry<String, Side> side : sides.entrySet()) {
                        Path own = folder.resolve(side.getKey() + round);
                        Round measured = round(side.getValue().fixture, own, perRound, side.getValue().exchange);
                        if (round >= 0) {
                            side.getValue().rounds.add(measured);
                        }
                    }
                }
                return table(
                        sides.get("engine"), sides.get("bare"), sides.get("before"), sides.get("disk"), bare.writes());
            }
        }
    }

    /**
     * One of those that take turns.
     *
     * @param fixture whose endpoint counts the requests, or null if there are none
     */
    private record Side(EngineFixture fixture, Exchange exchange, List<Round> rounds) {
        Side(EngineFixture fixture, Exchange exchange) {
            this(fixture, exchange, new ArrayList<>());
        }

        double perSecond() {
            return median(rounds, Round::perSecond);
        }

        double cpu() {
            return median(rounds, Round::cpu);
        }

        /** This one's rate of another's, of rounds side by side, so that what else the machine did drops out. */
        Samples of(Side other) {
            double[] ratios = new double[rounds.size()];
            for (int round = 0; round < ratios.length; round++) {
                ratios[round] =
                        rounds.get(round).perSecond() / other.rounds.get(round).perSecond();
            }
            return Samples.of(ratios);
        }
    }

    private static Exchange delivery(EngineFixture fixture) {
        return (own, number) -> fixture.fire(own, number, fixture.webhooks(false, Duration.ZERO), fact -> {})
                .verdict()
                .thenAccept(verdict -> {
                    if (verdict.outcome() != Outcome.SUCCESS) {
                        throw new IllegalStateException("a delivery failed: " + verdict.reason());
                    }
                });
    }

    private static List<Measurement> table(Side engine, Side bare, Side before, Side disk, int writes) {
        Samples ofBare = engine.of(bare);
        Samples ofBefore = engine.of(before);
        return List.of(
                Measurement.against(
                        "deliveries on loopback, " + IN_FLIGHT
                                + " in flight, of bare requests of the same client with as many durable writes",
                        "at least 0.85",
                        spread(ofBare),
                        ofBare.median() >= 0.85),
                Measurement.against(
                        "the same, of deliveries by the client before (the JDK's)",
                        "at least 2.0",
                        spread(ofBefore),
                        ofBefore.median() >= 2),
                Measurement.figure("deliveries, from firing to verdict", "%,.0f a second", engine.perSecond()),
                Measurement.figure("bare requests of the same client", "%,.0f a second", bare.perSecond()),
                Measurement.figure("deliveries by the client before", "%,.0f a second", before.perSecond()),
                Measurement.figure("the durable writes alone, the disk's ceiling", "%,.0f a second", disk.perSecond()),
                Measurement.against(
                        "processor time of a delivery",
                        "at most 323 µs",
                        String.format(Locale.ROOT, "%.0f µs", engine.cpu()),
                        engine.cpu() <= 323),
                Measurement.figure(
                        "of a bare request, of a delivery by the client before, of the durable writes alone",
                        "%.0f µs, %.0f µs and %.0f µs",
                        bare.cpu(),
                        before.cpu(),
                        disk.cpu()),
                Measurement.figure(
                        "durable writes of a delivery, and of a bare request",
                        "%d of the file and 1 of its folder",
                        writes));
    }

    private static String spread(Samples ratio) {
        return String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.median(), ratio.percentile(25), ratio.percentile(75));
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
        long before = fixture == null ? 0 : fixture.endpoint().answered();
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
        if (fixture != null && fixture.endpoint().answered() - before != exchanges) {
            throw new IllegalStateException("the endpoint was not asked once for each exchange");
        }
        // The folders stay until the end: a file system that has just deleted very many is slow to make new ones.
        return new Round(exchanges / seconds, micros);
    }
}

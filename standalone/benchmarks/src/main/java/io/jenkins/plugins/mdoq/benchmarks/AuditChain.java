package io.jenkins.plugins.mdoq.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.mdoq.history.ChainCost;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What the chain of hashes of a journal adds to a delivery: deliveries, one at a time, take turns with the chaining of the
 * lines that one of them wrote.
 */
final class AuditChain implements Benchmark {

    /** A delivery's first go writes what was fired and the attempt, its second one the answer and the verdict. */
    private static final int LINES_OF_THE_FIRST_GO = 2;

    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private interface Work {
        void run(int number) throws Exception;
    }

    /** Of one piece of work, in microseconds. */
    private record Cost(double elapsed, double cpu) {}

    @Override
    public List<Measurement> measure(Path folder, boolean quick) throws Exception {
        int perRound = quick ? 200 : 500;
        int rounds = quick ? 3 : 11;
        int warmUps = quick ? 2 : 6;
        try (EngineFixture fixture = new EngineFixture()) {
            Path sample = Files.createDirectories(folder.resolve("sample"));
            deliver(fixture, sample, 1);
            ChainCost chain = new ChainCost(Journal.in(sample).file(), LINES_OF_THE_FIRST_GO);
            long size = Files.size(Journal.in(sample).file());
            double[] ofElapsed = new double[rounds];
            double[] ofCpu = new double[rounds];
            double[] delivering = new double[rounds];
            double[] chaining = new double[rounds];
            for (int round = -warmUps; round < rounds; round++) {
                Path own = Files.createDirectories(folder.resolve("round" + round));
                for (int i = 0; i < perRound; i++) {
                    Files.createDirectories(own.resolve(Integer.toString(i)));
                }
                Cost delivery = cost(perRound, i -> deliver(fixture, own.resolve(Integer.toString(i)), i + 1L));
                // Many more of them, as processor time is counted in hundredths of a second.
                Cost chained = cost(perRound * 40, i -> {
                    // Without what names the process the lines are as long.
                    if (chain.chain() != size) {
                        throw new IllegalStateException("not all was chained");
                    }
                });
                if (round >= 0) {
                    ofElapsed[round] = chained.elapsed() / delivery.elapsed();
                    ofCpu[round] = chained.cpu() / delivery.cpu();
                    delivering[round] = delivery.elapsed();
                    chaining[round] = chained.elapsed();
                }
            }
            double share = Samples.of(ofElapsed).median();
            return List.of(
                    Measurement.against(
                            "the journal's chain of hashes, of a delivery from firing to verdict",
                            "at most 5 %",
                            String.format(
                                    Locale.ROOT,
                                    "%.1f %% (%.0f µs of %.0f µs)",
                                    share * 100,
                                    Samples.of(chaining).median(),
                                    Samples.of(delivering).median()),
                            share <= 0.05),
                    Measurement.figure(
                            "the same, of its processor time",
                            "%.1f %%",
                            Samples.of(ofCpu).median() * 100));
        }
    }

    private static void deliver(EngineFixture fixture, Path own, long number) throws Exception {
        if (fixture.fire(own, number, fixture.webhooks(false, Duration.ZERO), fact -> {})
                        .verdict()
                        .get()
                        .outcome()
                != Outcome.SUCCESS) {
            throw new IOException("a delivery failed");
        }
    }

    private static Cost cost(int times, Work work) throws Exception {
        long cpu = CPU.getProcessCpuTime();
        long begun = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.run(i);
        }
        double elapsed = (System.nanoTime() - begun) / 1e3 / times;
        return new Cost(elapsed, (CPU.getProcessCpuTime() - cpu) / 1e3 / times);
    }
}

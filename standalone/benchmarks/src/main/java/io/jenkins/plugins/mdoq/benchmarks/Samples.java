package io.jenkins.plugins.mdoq.benchmarks;

import java.util.Arrays;

/** Samples of one quantity, sorted. */
final class Samples {

    private final double[] sorted;

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    static Samples of(double... samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("nothing was sampled");
        }
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    double median() {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** The smallest sample that at least {@code percent} of all do not exceed. */
    double percentile(double percent) {
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
    }

    double most() {
        return sorted[sorted.length - 1];
    }
}

package io.jenkins.plugins.mdoq.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** A group of measurements that share their preparation. */
interface Benchmark {

    /**
     * Measures.
     *
     * @param folder an empty folder of its own, on the disk to measure
     * @param quick whether a rough figure from a small sample will do
     * @return the rows of the table
     * @throws Exception if it could not measure; that a target was missed is no such case
     */
    List<Measurement> measure(Path folder, boolean quick) throws Exception;
}

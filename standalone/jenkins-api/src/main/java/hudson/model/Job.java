package hudson.model;

import java.io.File;

/** Signature only; the real type comes with Jenkins. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem {
    private Job() {}

    public File getBuildDir() {
        throw new UnsupportedOperationException();
    }

    public RunT getBuildByNumber(int number) {
        throw new UnsupportedOperationException();
    }
}

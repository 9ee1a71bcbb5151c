package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem {
    private Job() {}

    public RunT getBuildByNumber(int number) {
        throw new UnsupportedOperationException();
    }
}

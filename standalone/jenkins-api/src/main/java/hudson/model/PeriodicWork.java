package hudson.model;

/** Signature only; the real type comes with Jenkins. */
public abstract class PeriodicWork {
    public abstract long getRecurrencePeriod();

    protected abstract void doRun() throws Exception;
}

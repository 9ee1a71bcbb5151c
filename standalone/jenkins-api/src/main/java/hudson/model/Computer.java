package hudson.model;

import java.util.concurrent.ExecutorService;

/** Signature only; the real type comes with Jenkins. */
public abstract class Computer extends Actionable {
    public static final ExecutorService threadPoolForRemoting = null;

    private Computer() {}
}

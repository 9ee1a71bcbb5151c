package io.jenkins.plugins.mdoq.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run in good order when the process is asked to end (SIGINT, SIGTERM): what is going on is told of it and has
 * some seconds to come to its end. The JVM then exits with 128 plus the signal's number, as shells expect it.
 */
final class Abort implements AutoCloseable {

    /** Why what is going on ends, for the webhook history. */
    static final String REASON = "the run was aborted by a signal";

    /** How long the end may take, in seconds. */
    static final int GRACE_SECONDS = 10;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::request, "mdoq-abort");
    private boolean requested;
    private Runnable onAbort;

    private Abort() {}

    /** Begins to listen for signals. */
    static Abort install() {
        Abort abort = new Abort();
        Runtime.getRuntime().addShutdownHook(abort.hook);
        return abort;
    }

    /**
     * What is to be told of the abort from now on, one thing at a time; null: nothing. Told at once if it came already.
     */
    void during(Runnable newOnAbort) {
        boolean now;
        synchronized (this) {
            onAbort = newOnAbort;
            now = requested && newOnAbort != null;
        }
        if (now) {
            newOnAbort.run();
        }
    }

    /** Whether the process was asked to end. */
    synchronized boolean requested() {
        return requested;
    }

    /** @throws AbortedException if the process was asked to end, so that nothing new is begun */
    void check() {
        if (requested()) {
            throw new AbortedException();
        }
    }

    private void request() {
        Runnable tell;
        synchronized (this) {
            requested = true;
            tell = onAbort;
        }
        if (over.getCount() == 0) {
            return;
        }
        if (tell != null) {
            tell.run();
        }
        try {
            // The JVM ends when this thread does, whatever the others are at.
            over.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run is over. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already, and waits for nothing of ours any more.
            return;
        }
    }
}

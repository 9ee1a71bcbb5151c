package io.jenkins.plugins.mdoq.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends a run in good order when the process is asked to end (SIGINT, SIGTERM) or its time is over: what is going on is told
 * of it. After a signal it has some seconds to come to its end; the JVM then exits with 128 plus the signal's number, as
 * shells expect it.
 */
final class Abort implements AutoCloseable {

    /** Why what is going on ends after a signal, for the webhook history. */
    static final String REASON = "the run was aborted by a signal";

    /** How long the end may take after a signal. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::signal, "mdoq-abort");
    private boolean signalled;
    private String reason;
    private Consumer<String> onAbort;
    private Runnable lastWords;

    private Abort() {}

    /** Begins to listen for signals. */
    static Abort install() {
        Abort abort = new Abort();
        Runtime.getRuntime().addShutdownHook(abort.hook);
        return abort;
    }

    /**
     * What is to be told why it ends from now on, one thing at a time; null: nothing. Told at once if it is to end already.
     */
    void during(@CheckForNull Consumer<String> newOnAbort) {
        String now;
        synchronized (this) {
            onAbort = newOnAbort;
            now = newOnAbort == null ? null : reason;
        }
        if (now != null) {
            newOnAbort.accept(now);
        }
    }

    /** What is done if the end after a signal takes longer than {@link #GRACE}, right before the process is gone. */
    synchronized void lastWords(Runnable words) {
        lastWords = words;
    }

    /** Whether the process was asked to end. */
    synchronized boolean signalled() {
        return signalled;
    }

    /** Why the run is to end, or null if it is not. */
    @CheckForNull
    synchronized String reason() {
        return reason;
    }

    /** @throws AbortedException if the run is to end, so that nothing new is begun */
    void check() {
        String now = reason();
        if (now != null) {
            throw new AbortedException(now);
        }
    }

    /** Ends the run. A signal goes before another reason, which leaves what is going on more time. */
    void end(String why) {
        Consumer<String> tell;
        synchronized (this) {
            if (reason != null && !why.equals(REASON)) {
                return;
            }
            reason = why;
            tell = onAbort;
        }
        if (tell != null) {
            tell.accept(why);
        }
    }

    private void signal() {
        long until = System.nanoTime() + GRACE.toNanos();
        synchronized (this) {
            signalled = true;
        }
        if (over.getCount() == 0) {
            return;
        }
        end(REASON);
        try {
            // The JVM ends when this thread does, whatever the others are at.
            if (!over.await(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                Runnable words;
                synchronized (this) {
                    words = lastWords;
                }
                if (words != null) {
                    words.run();
                }
            }
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

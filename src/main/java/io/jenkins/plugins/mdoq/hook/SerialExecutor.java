package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the tasks of one event on the engine's executor, one at a time and in the order in which they were given, whatever
 * number of threads that one has. A task that is given by a running one comes after it. Holds no thread while there is
 * none. Safe for any thread.
 */
final class SerialExecutor {

    /** A task. */
    interface Task {
        void run() throws IOException;
    }

    private final EngineServices services;
    private final Consumer<Throwable> onFailure;
    private final Queue<Task> tasks = new ArrayDeque<>(2);
    private boolean running;

    /** What is due later; used by tasks only. */
    private final List<Future<?>> scheduled = new ArrayList<>(0);

    /** @param onFailure takes what a task threw, as a part of that task; nobody else would hear of it */
    SerialExecutor(@NonNull EngineServices services, @NonNull Consumer<Throwable> onFailure) {
        this.services = services;
        this.onFailure = onFailure;
    }

    /** Runs a task after those before it. */
    void execute(@NonNull Task task) {
        synchronized (this) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        services.executor().execute(this::drain);
    }

    /** Runs a task at a time, or soon if that is past. To be called by a task. */
    void executeAt(@NonNull Instant time, @NonNull Task task) {
        // Rounded up: a task that is due must not find that its time has not come yet.
        long millis = Math.max(
                0,
                Duration.between(services.clock().instant(), time)
                        .plusNanos(999_999)
                        .toMillis());
        scheduled.removeIf(Future::isDone);
        scheduled.add(services.scheduler().schedule(() -> execute(task), millis, TimeUnit.MILLISECONDS));
    }

    /** Forgets what is due later: a deadline may be far away, and would keep all that it needs until then. */
    void forgetScheduled() {
        scheduled.forEach(due -> due.cancel(false));
        scheduled.clear();
    }

    private void drain() {
        for (Task task = next(); task != null; task = next()) {
            boolean done = false;
            try {
                run(task);
                done = true;
            } finally {
                if (!done) {
                    // An error goes to the executor; the tasks behind it must not be lost with it.
                    services.executor().execute(this::drain);
                }
            }
        }
    }

    private void run(Task task) {
        try {
            task.run();
        } catch (IOException e) {
            onFailure.accept(
                    new UncheckedIOException("the webhook history cannot be read or written: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            onFailure.accept(e);
        } catch (Error e) {
            onFailure.accept(e);
            throw e;
        }
    }

    private synchronized Task next() {
        Task task = tasks.poll();
        running = task != null;
        return task;
    }
}

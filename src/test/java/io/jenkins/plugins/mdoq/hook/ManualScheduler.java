package io.jenkins.plugins.mdoq.hook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose tasks run on the thread that moves the time past them, in the order in which they are due. */
final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private final TestClock clock;
    private final List<Task<?>> tasks = new ArrayList<>();
    private long sequence;

    ManualScheduler(TestClock clock) {
        this.clock = clock;
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final Instant due;
        private final long number;

        Task(Callable<V> callable, Instant due, long number) {
            super(callable);
            this.due = due;
            this.number = number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(clock.instant(), due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Comparator.<Task<?>, Instant>comparing(task -> task.due)
                    .thenComparing(task -> task.number)
                    .compare(this, (Task<?>) other);
        }
    }

    @Override
    public synchronized <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        Task<V> task = new Task<>(callable, clock.instant().plus(delay, unit.toChronoUnit()), sequence++);
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    command.run();
                    return null;
                },
                delay,
                unit);
    }

    /** Runs the next task that is due by now; false if there is none. */
    boolean runNext() {
        Task<?> next;
        synchronized (this) {
            tasks.removeIf(Task::isCancelled);
            next = tasks.stream()
                    .filter(task -> !task.due.isAfter(clock.instant()))
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            tasks.remove(next);
        }
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    /** When the next task is due, or null if there is none. */
    synchronized Instant nextDue() {
        tasks.removeIf(Task::isCancelled);
        return tasks.stream()
                .map(task -> task.due)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable command) {
        throw new UnsupportedOperationException("the scheduler starts what is due and does nothing else");
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }
}

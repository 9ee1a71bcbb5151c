package io.jenkins.plugins.mdoq.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time is moved by hand: nothing is due until a test says so, so that no test has to wait. */
final class HandScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private static final class Task extends FutureTask<Object> implements ScheduledFuture<Object> {
        private final Duration delay;

        Task(Runnable work, Duration delay) {
            super(work, null);
            this.delay = delay;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(delay);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private final List<Task> tasks = new ArrayList<>();

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        Task task = new Task(work, Duration.of(delay, unit.toChronoUnit()));
        tasks.add(task);
        return task;
    }

    /** Runs, on the caller's thread, whatever is neither done nor cancelled. */
    void fire() {
        List<Task> due;
        synchronized (this) {
            due = List.copyOf(tasks);
        }
        due.forEach(Task::run);
    }

    /** The delays of all tasks there ever were. */
    synchronized List<Duration> delays() {
        return tasks.stream().map(task -> task.delay).toList();
    }

    /** How many tasks are neither done nor cancelled. */
    synchronized long pending() {
        return tasks.stream().filter(task -> !task.isDone()).count();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable work) {
        throw new UnsupportedOperationException();
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

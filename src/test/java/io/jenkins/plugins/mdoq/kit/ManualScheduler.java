package io.jenkins.plugins.mdoq.kit;

import java.time.Clock;
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

/**
 * A scheduler without threads, so that no test has to wait: its tasks run on the thread that asks for it, in the order in
 * which they are due.
 */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private final Clock clock;
    private final List<Task<?>> tasks = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();

    public ManualScheduler(Clock clock) {
        this.clock = clock;
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final Instant due;
        private final int number;

        Task(Callable<V> callable, Instant due, int number) {
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
        Duration wait = Duration.of(delay, unit.toChronoUnit());
        Task<V> task = new Task<>(callable, clock.instant().plus(wait), delays.size());
        tasks.add(task);
        delays.add(wait);
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
    public boolean runNext() {
        Task<?> next = takeNext();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    private synchronized Task<?> takeNext() {
        tasks.removeIf(Task::isCancelled);
        Task<?> next = tasks.stream()
                .filter(task -> !task.due.isAfter(clock.instant()))
                .min(Comparator.naturalOrder())
                .orElse(null);
        tasks.remove(next);
        return next;
    }

    /** Runs everything that waits now, as if the time to come had passed; what that schedules in its turn is left. */
    public void runAll() {
        List<Task<?>> waiting;
        synchronized (this) {
            waiting = tasks.stream().sorted().toList();
            tasks.clear();
        }
        waiting.forEach(Task::run);
    }

    /** Runs everything that is due before a time, as if that had come. */
    public void runAllBefore(Instant time) {
        List<Task<?>> waiting;
        synchronized (this) {
            waiting = tasks.stream()
                    .filter(task -> task.due.isBefore(time))
                    .sorted()
                    .toList();
            tasks.removeAll(waiting);
        }
        waiting.forEach(Task::run);
    }

    /** The delays of all tasks there ever were. */
    public synchronized List<Duration> delays() {
        return List.copyOf(delays);
    }

    /** How many tasks wait: neither run nor cancelled. */
    public synchronized int pending() {
        tasks.removeIf(Task::isCancelled);
        return tasks.size();
    }

    /** When the next task is due, or null if there is none. */
    public synchronized Instant nextDue() {
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

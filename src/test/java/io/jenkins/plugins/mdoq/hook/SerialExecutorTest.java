package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

    private static SerialExecutor tasks(Executor executor, Consumer<Throwable> onFailure) {
        return new SerialExecutor(
                new EngineServices(null, null, null, executor, Clock.systemUTC(), null, null, null), onFailure);
    }

    private static SerialExecutor tasks(Executor executor) {
        return tasks(executor, failure -> {
            throw new AssertionError(failure);
        });
    }

    @Test
    void shouldRunTasksOneAtATimeAndInOrderOnManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            SerialExecutor tasks = tasks(threads);
            List<Integer> done = new ArrayList<>();
            CountDownLatch all = new CountDownLatch(2_000);
            for (int i = 0; i < 2_000; i++) {
                int number = i;
                tasks.execute(() -> {
                    // A list that is not safe for several threads: a second task at a time would show.
                    done.add(number);
                    all.countDown();
                });
            }
            all.await();
            assertThat(done).isEqualTo(IntStream.range(0, 2_000).boxed().toList());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldRunATaskThatARunningOneGivesBehindIt() {
        SerialExecutor tasks = tasks(Runnable::run);
        List<String> done = new ArrayList<>();
        tasks.execute(() -> {
            tasks.execute(() -> done.add("second"));
            done.add("first");
        });

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void shouldGoOnBehindATaskThatThrows() {
        QueueExecutor executor = new QueueExecutor();
        List<Throwable> failures = new ArrayList<>();
        SerialExecutor tasks = tasks(executor, failures::add);
        List<String> done = new ArrayList<>();
        tasks.execute(() -> {
            throw new StackOverflowError("thrown");
        });
        tasks.execute(() -> done.add("second"));

        assertThatThrownBy(executor::runNext).hasMessage("thrown");
        while (executor.runNext()) {
            assertThat(done.size()).isLessThan(2);
        }
        tasks.execute(() -> done.add("third"));
        executor.runNext();
        assertThat(done).containsExactly("second", "third");
        assertThat(failures).singleElement().hasToString("java.lang.StackOverflowError: thrown");
    }

    @Test
    void shouldAskForNoThreadWithoutATask() {
        QueueExecutor executor = new QueueExecutor();
        SerialExecutor tasks = tasks(executor);
        tasks.execute(() -> assertThat(executor.runNext()).as("one is enough").isFalse());

        assertThat(executor.runNext()).isTrue();
        assertThat(executor.runNext()).isFalse();
    }

    @Test
    void shouldGoOnInTheSameThreadBehindATaskThatFails() {
        List<Throwable> failures = new ArrayList<>();
        SerialExecutor tasks = tasks(Runnable::run, failures::add);
        List<String> done = new ArrayList<>();
        tasks.execute(() -> {
            throw new IOException("disk full");
        });
        tasks.execute(() -> {
            throw new IllegalStateException("thrown");
        });
        tasks.execute(() -> done.add("third"));

        assertThat(failures)
                .extracting(Throwable::getMessage)
                .containsExactly("the webhook history cannot be read or written: disk full", "thrown");
        assertThat(done).containsExactly("third");
    }
}

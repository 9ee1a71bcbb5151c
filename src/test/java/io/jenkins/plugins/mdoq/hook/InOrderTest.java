package io.jenkins.plugins.mdoq.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InOrderTest {

    @Test
    void shouldRunTasksOneAtATimeAndInOrderOnManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            InOrder inOrder = new InOrder(threads);
            List<Integer> done = new ArrayList<>();
            CountDownLatch all = new CountDownLatch(2_000);
            for (int i = 0; i < 2_000; i++) {
                int number = i;
                inOrder.execute(() -> {
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
        InOrder inOrder = new InOrder(Runnable::run);
        List<String> done = new ArrayList<>();
        inOrder.execute(() -> {
            inOrder.execute(() -> done.add("second"));
            done.add("first");
        });

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void shouldGoOnBehindATaskThatThrows() {
        QueueExecutor executor = new QueueExecutor();
        InOrder inOrder = new InOrder(executor);
        List<String> done = new ArrayList<>();
        inOrder.execute(() -> {
            throw new IllegalStateException("thrown");
        });
        inOrder.execute(() -> done.add("second"));

        assertThatThrownBy(executor::runNext).hasMessage("thrown");
        while (executor.runNext()) {
            assertThat(done.size()).isLessThan(2);
        }
        inOrder.execute(() -> done.add("third"));
        executor.runNext();
        assertThat(done).containsExactly("second", "third");
    }

    @Test
    void shouldAskForNoThreadWithoutATask() {
        QueueExecutor executor = new QueueExecutor();
        InOrder inOrder = new InOrder(executor);
        inOrder.execute(() -> assertThat(executor.runNext()).as("one is enough").isFalse());

        assertThat(executor.runNext()).isTrue();
        assertThat(executor.runNext()).isFalse();
    }
}

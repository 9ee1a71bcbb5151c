package io.jenkins.plugins.mdoq.benchmarks;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.hook.EventRun;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Many endpoints that take long to answer, in flight at once: what each costs in threads and in heap, and whether they hold
 * up the requests to another one.
 */
final class SlowEndpoints implements Benchmark {

    private static final int MOST_KIB = 32;
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Endpoints of one thread and one buffer, so that hardly anything of what is measured is theirs. */
    private static final class Endpoints implements AutoCloseable {
        private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"result\":\"success\"}"
                .getBytes(StandardCharsets.US_ASCII);

        private record Due(long nanos, SocketChannel channel) {}

        private final Selector selector = Selector.open();
        private final List<URI> uris = new ArrayList<>();
        private final ByteBuffer read = ByteBuffer.allocateDirect(64 * 1024);
        private final Deque<Due> due = new ArrayDeque<>();
        private final Duration takes;
        private volatile boolean closing;

        Endpoints(int number, Duration takes) throws IOException {
            this.takes = takes;
            for (int i = 0; i < number; i++) {
                ServerSocketChannel server = ServerSocketChannel.open();
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
                server.configureBlocking(false);
                server.register(selector, SelectionKey.OP_ACCEPT);
                uris.add(URI.create("http://127.0.0.1:" + server.socket().getLocalPort() + "/hook"));
            }
            Thread thread = new Thread(this::serve, "slow-endpoints");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            try {
                while (!closing) {
                    selector.select(10);
                    for (SelectionKey key : selector.selectedKeys()) {
                        take(key);
                    }
                    selector.selectedKeys().clear();
                    while (!due.isEmpty() && due.peekFirst().nanos() <= System.nanoTime()) {
                        due.pollFirst().channel().write(ByteBuffer.wrap(ANSWER));
                    }
                }
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
                selector.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the endpoints fail", e);
            }
        }

        private void take(SelectionKey key) throws IOException {
            if (key.isAcceptable()) {
                SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ);
                return;
            }
            SocketChannel channel = (SocketChannel) key.channel();
            read.clear();
            if (channel.read(read) < 0) {
                channel.close();
            } else if (key.attachment() == null) {
                // The rest of the request comes long before the answer.
                key.attach(Boolean.TRUE);
                due.addLast(new Due(System.nanoTime() + takes.toNanos(), channel));
            }
        }

        @Override
        public void close() {
            closing = true;
            selector.wakeup();
        }
    }

    @Override
    public List<Measurement> measure(Path folder, boolean quick) throws Exception {
        int number = quick ? 200 : 1_000;
        Duration takes = Duration.ofSeconds(quick ? 8 : 30);
        try (EngineFixture fixture = new EngineFixture();
                Endpoints slow = new Endpoints(number, takes)) {
            for (int i = 0; i < 300; i++) {
                fast(fixture, folder.resolve("warm" + i));
            }
            Samples alone = fast(fixture, folder.resolve("alone"), 200);
            fixture.awaitIdle();
            int threadsBefore = THREADS.getThreadCount();
            long bytesBefore = usedBytes();

            List<EventRun> runs = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                Path own = Files.createDirectories(folder.resolve("slow" + i));
                runs.add(fixture.fire(
                        own, i + 1L, fixture.webhooks(slow.uris.get(i), false, Duration.ZERO), fact -> {}));
            }
            fixture.awaitIdle();
            Samples beside = fast(fixture, folder.resolve("beside"), 200);
            fixture.awaitIdle();
            int threads = THREADS.getThreadCount();
            double kib = (usedBytes() - bytesBefore) / 1024.0 / number;
            long waiting = runs.stream().filter(run -> !run.verdict().isDone()).count();
            if (waiting != number) {
                throw new IllegalStateException(waiting + " of " + number + " were in flight when they were measured");
            }
            for (EventRun run : runs) {
                Fact.Settled verdict = run.verdict().get(2, TimeUnit.MINUTES);
                if (verdict.outcome() != Outcome.SUCCESS) {
                    throw new IllegalStateException("a slow delivery failed: " + verdict.reason());
                }
            }
            return List.of(
                    Measurement.against(
                            String.format(
                                    Locale.ROOT,
                                    "threads with %,d endpoints in flight that answer after %d s",
                                    number,
                                    takes.toSeconds()),
                            "no more than with none",
                            threads + " (with none: " + threadsBefore + ")",
                            threads <= threadsBefore),
                    Measurement.against(
                            "heap and buffers of each",
                            "at most " + MOST_KIB + " KiB",
                            String.format(Locale.ROOT, "%.1f KiB", kib),
                            kib <= MOST_KIB),
                    Measurement.figure(
                            "a delivery to another endpoint beside them, and without them: p50 and p99",
                            "%.2f and %.2f ms, and %.2f and %.2f ms",
                            beside.median(),
                            beside.percentile(99),
                            alone.median(),
                            alone.percentile(99)));
        }
    }

    private static double fast(EngineFixture fixture, Path folder) throws Exception {
        Path own = Files.createDirectories(folder);
        long begun = System.nanoTime();
        Fact.Settled verdict = fixture.fire(own, 1, fixture.webhooks(false, Duration.ZERO), fact -> {})
                .verdict()
                .get(1, TimeUnit.MINUTES);
        if (verdict.outcome() != Outcome.SUCCESS) {
            throw new IllegalStateException("a delivery failed: " + verdict.reason());
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static Samples fast(EngineFixture fixture, Path folder, int number) throws Exception {
        double[] millis = new double[number];
        for (int i = 0; i < number; i++) {
            millis[i] = fast(fixture, folder.resolve(Integer.toString(i)));
        }
        return Samples.of(millis);
    }

    private static long usedBytes() throws InterruptedException {
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            MEMORY.gc();
            TimeUnit.MILLISECONDS.sleep(50);
            heap = Math.min(heap, MEMORY.getHeapMemoryUsage().getUsed());
        }
        return heap
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }
}

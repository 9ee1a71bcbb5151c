package io.jenkins.plugins.mdoq.benchmarks;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.delivery.DeliveryClient;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;

/**
 * What a delivery is measured against: the same client posts the same body, and the same bytes go to a file in as many
 * durable writes to a file of its own, with nothing read, parsed, decided or masked. Like the journal it opens the file for
 * each write, since a process that waits must not hold one open.
 */
final class BareRequest implements AutoCloseable {

    private final EngineFixture fixture;
    private final byte[] body;
    private final List<byte[]> writes;
    private final CloseableHttpAsyncClient http;

    private BareRequest(EngineFixture fixture, byte[] body, List<byte[]> writes) {
        this.fixture = fixture;
        this.body = body;
        this.writes = writes;
        this.http = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(1_024)
                        .setMaxConnTotal(1_024)
                        .build())
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(2).build())
                .disableContentCompression()
                .build();
        http.start();
    }

    /** A bare request that writes what a delivery wrote: two lines before the request leaves, two after the answer. */
    static BareRequest like(EngineFixture fixture, Path journal) throws IOException {
        List<String> lines = Files.readAllLines(journal);
        if (lines.size() != 4) {
            throw new IOException("a delivery wrote " + lines.size() + " lines instead of four");
        }
        List<byte[]> writes = List.of(bytes(lines.subList(0, 2)), bytes(lines.subList(2, 4)));
        String delivery = lines.get(1).replaceAll(".*\"delivery\":\"([^\"]+)\".*", "$1");
        byte[] body = new Payload(
                        EngineFixture.instance(1),
                        1,
                        null,
                        "before_release",
                        "release-gate",
                        delivery,
                        null,
                        null,
                        null,
                        null)
                .bytes(SharedSecret.of(EngineFixture.SECRET));
        return new BareRequest(fixture, body, writes);
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** How many durable writes it makes. */
    int writes() {
        return writes.size();
    }

    /** Writes, sends, and writes the rest. */
    CompletableFuture<?> begin(Path folder, long number) {
        Path file = folder.resolve("requests.jsonl");
        return CompletableFuture.runAsync(() -> append(file, writes.get(0), folder), fixture.executor())
                .thenCompose(written -> send())
                .thenAcceptAsync(
                        response -> {
                            if (response.getCode() != 200) {
                                throw new IllegalStateException("HTTP status " + response.getCode());
                            }
                            append(file, writes.get(1), null);
                        },
                        fixture.executor());
    }

    /** The writes alone: what the disk lets through. */
    CompletableFuture<?> write(Path folder, long number) {
        Path file = folder.resolve("requests.jsonl");
        return CompletableFuture.runAsync(() -> append(file, writes.get(0), folder), fixture.executor())
                .thenRunAsync(() -> append(file, writes.get(1), null), fixture.executor());
    }

    private CompletableFuture<SimpleHttpResponse> send() {
        SimpleHttpRequest request = SimpleRequestBuilder.post(fixture.endpoint().uri())
                .setHeader("Accept", "application/json")
                .setHeader("User-Agent", DeliveryClient.MDOQ_USER_AGENT + " mdoq-release-hook/benchmark")
                .setHeader("X-MDOQ-Secret", EngineFixture.SECRET)
                .setBody(body, ContentType.APPLICATION_JSON)
                .build();
        CompletableFuture<SimpleHttpResponse> answer = new CompletableFuture<>();
        http.execute(request, new FutureCallback<>() {
            @Override
            public void completed(SimpleHttpResponse response) {
                answer.complete(response);
            }

            @Override
            public void failed(Exception error) {
                answer.completeExceptionally(error);
            }

            @Override
            public void cancelled() {
                answer.cancel(false);
            }
        });
        return answer;
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }

    /** Writes durably; a file that is new in a folder is durable only once the folder is. */
    static void append(Path file, byte[] lines, @CheckForNull Path newIn) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (ByteBuffer buffer = ByteBuffer.wrap(lines); buffer.hasRemaining(); ) {
                channel.write(buffer);
            }
            channel.force(false);
            if (newIn != null) {
                try (FileChannel directory = FileChannel.open(newIn, StandardOpenOption.READ)) {
                    directory.force(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.jenkins.plugins.mdoq.benchmarks;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.delivery.DeliveryClient;
import io.jenkins.plugins.mdoq.delivery.Payload;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a delivery is measured against: the same client posts the same body, and the same bytes go to a file in as many
 * durable writes to a file of its own, with nothing read, parsed, decided or masked. Like the journal it opens the file for
 * each write, since a process that waits must not hold one open.
 */
final class BareRequest {

    private final EngineFixture fixture;
    private final HttpRequest request;
    private final List<byte[]> writes;

    private BareRequest(EngineFixture fixture, HttpRequest request, List<byte[]> writes) {
        this.fixture = fixture;
        this.request = request;
        this.writes = writes;
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
                        null)
                .bytes(SharedSecret.of(EngineFixture.SECRET));
        URI uri = fixture.endpoint().uri();
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", DeliveryClient.MDOQ_USER_AGENT + " mdoq-release-hook/benchmark")
                .header("X-MDOQ-Secret", EngineFixture.SECRET)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return new BareRequest(fixture, request, writes);
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
                .thenCompose(written -> fixture.http().sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
                .thenAcceptAsync(
                        response -> {
                            if (response.statusCode() != 200) {
                                throw new IllegalStateException("HTTP status " + response.statusCode());
                            }
                            append(file, writes.get(1), null);
                        },
                        fixture.executor());
    }

    /** Writes durably; a file that is new in a folder is durable only once the folder is. */
    private static void append(Path file, byte[] lines, @CheckForNull Path newIn) {
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

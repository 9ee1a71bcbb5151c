package io.jenkins.plugins.mdoq.benchmarks;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a delivery is measured against: the same client posts the same body, and the same bytes go to a file in as many
 * durable writes, with nothing read, parsed, decided or masked. The file stays open from the first write to the last,
 * which the journal's does not.
 */
final class BareRequest {

    private final Rig rig;
    private final HttpRequest request;
    private final List<byte[]> writes;

    private BareRequest(Rig rig, HttpRequest request, List<byte[]> writes) {
        this.rig = rig;
        this.request = request;
        this.writes = writes;
    }

    /** A bare request that writes what a delivery wrote: the journal's first two lines at once, each further one alone. */
    static BareRequest like(Rig rig, Path journal) throws IOException {
        List<String> lines = Files.readAllLines(journal);
        List<byte[]> writes = new ArrayList<>();
        writes.add(bytes(lines.get(0) + "\n" + lines.get(1)));
        lines.subList(2, lines.size()).forEach(line -> writes.add(bytes(line)));
        String delivery = lines.get(1).replaceAll(".*\"delivery\":\"([^\"]+)\".*", "$1");
        byte[] body = new Payload(
                        Rig.instance(1), 1, null, "before_release", "release-gate", delivery, null, null, null)
                .bytes(SharedSecret.of(Rig.SECRET));
        URI uri = rig.endpoint().uri();
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", DeliveryClient.MDOQ_USER_AGENT + " mdoq-release-hook/benchmark")
                .header("X-MDOQ-Secret", Rig.SECRET)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return new BareRequest(rig, request, writes);
    }

    private static byte[] bytes(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** How many durable writes it makes. */
    int writes() {
        return writes.size();
    }

    /** Writes, sends, and writes the rest. */
    CompletableFuture<?> begin(Path folder, long number) {
        return CompletableFuture.supplyAsync(() -> open(folder), rig.executor())
                .thenCompose(file -> rig.http()
                        .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                        .thenAcceptAsync(response -> finish(file, response), rig.executor()));
    }

    private FileChannel open(Path folder) {
        try {
            FileChannel file = FileChannel.open(
                    folder.resolve("requests.jsonl"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            write(file, writes.get(0));
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void finish(FileChannel file, HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("HTTP status " + response.statusCode());
        }
        try (file) {
            for (byte[] line : writes.subList(1, writes.size())) {
                write(file, line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(FileChannel file, byte[] line) throws IOException {
        for (ByteBuffer buffer = ByteBuffer.wrap(line); buffer.hasRemaining(); ) {
            file.write(buffer);
        }
        file.force(false);
    }
}

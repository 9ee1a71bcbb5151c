package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.HeapDump;
import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Once a request is over and its connection closed, its secret is nowhere on the heap: whoever gets a heap dump of the controller finds none of it. */
class SecretsOnTheHeapTest {

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
    private static final String OK = "{\"result\":\"success\",\"message\":\"fine\"}";

    @TempDir
    private Path folder;

    private final HeapDump heap = new HeapDump();

    private Reply send(DeliveryClient client, RawServer server, boolean sign) throws Exception {
        return client.send(Deliveries.to(server.url("/hook"), Secrets.ofTexts(heap.secret()), sign))
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldFindWhatIsHeldInBytesAndInCharacters() throws Exception {
        assertThat(heap.found(folder)).isZero();
        byte[] bytes = ("a" + heap.secret() + "z").getBytes(StandardCharsets.US_ASCII);
        int inBytes = heap.found(folder);
        char[] characters = ("a" + heap.secret() + "z").toCharArray();
        int inBoth = heap.found(folder);
        Secrets held = Secrets.ofTexts(heap.secret());

        assertThat(inBytes).isEqualTo(1);
        assertThat(inBoth).isEqualTo(2);
        assertThat(heap.found(folder)).isEqualTo(3);
        // Until here they are in use.
        assertThat(bytes).hasSameSizeAs(characters);
        assertThat(held.isEmpty()).isFalse();
    }

    @Test
    void shouldForgetItOnceTheRequestIsOver() throws Exception {
        try (RawServer server = RawServer.raw(socket -> {
                    RawServer.read(socket.getInputStream());
                    RawServer.write(socket, ANSWER + OK.length() + "\r\nConnection: close\r\n\r\n" + OK);
                });
                DeliveryClient client = Deliveries.client(new ManualScheduler(Deliveries.CLOCK))) {
            assertThat(send(client, server, true)).isInstanceOf(Reply.Answer.class);

            assertThat(heap.left(folder)).isZero();
        }
    }

    @Test
    void shouldForgetItWhenItWasEchoedOrTheRequestFailed() throws Exception {
        try (RawServer server = RawServer.raw(socket -> {
                    RawServer.Captured request = RawServer.read(socket.getInputStream());
                    RawServer.write(
                            socket,
                            "HTTP/1.1 500 Oops\r\nConnection: close\r\nContent-Length: " + request.body().length
                                    + "\r\n\r\n" + request.bodyText());
                });
                DeliveryClient client = Deliveries.client(new ManualScheduler(Deliveries.CLOCK))) {
            Reply reply = send(client, server, false);

            assertThat(reply).isInstanceOf(Reply.Failure.class);
            assertThat(heap.left(folder)).isZero();
            assertThat(reply.toString()).contains(Redactor.MASK);
        }
    }
}

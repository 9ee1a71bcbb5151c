package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names with several addresses, or none; every address is loopback, and a second loopback address is one that is dead. */
@Timeout(60)
class DeliveryAddressesTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

    private final ManualScheduler scheduler = new ManualScheduler(Deliveries.CLOCK);
    private DeliveryClient client;

    @AfterEach
    void close() {
        client.close();
    }

    private CompletableFuture<Reply> send(String url, Connector.Resolver resolver) {
        client = new DeliveryClient(ProxySettings.direct(), scheduler, Deliveries.CLOCK, "", resolver);
        return client.send(Deliveries.to(URI.create(url)));
    }

    private static InetAddress[] addresses(String... addresses) throws UnknownHostException {
        InetAddress[] found = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
        }
        return found;
    }

    @Test
    @DisplayName("protocol: retries — every address of a name is tried first")
    void shouldTryEveryAddress() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            Reply reply = send(
                            "http://gate.example.com:" + server.port() + "/hook",
                            name -> addresses("127.0.0.2", "127.0.0.3", "127.0.0.1"))
                    .get(20, TimeUnit.SECONDS);

            assertThat(reply).isInstanceOf(Reply.Answer.class);
            assertThat(server.take().headerLines()).contains("Host: gate.example.com:" + server.port());
        }
    }

    @Test
    @DisplayName("protocol: retries — an address that does not answer holds up the next for a moment only")
    void shouldNotWaitForADeadAddress() throws Exception {
        try (RawServer server = RawServer.answering(OK);
                ServerSocket full = new ServerSocket(server.port(), 1, InetAddress.getByName("127.0.0.2"))) {
            // Once its queue is full a listening socket lets further connections hang.
            List<SocketChannel> queue = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                SocketChannel waiting = SocketChannel.open();
                waiting.configureBlocking(false);
                waiting.connect(full.getLocalSocketAddress());
                queue.add(waiting);
            }
            CompletableFuture<Reply> reply = send(
                    "http://gate.example.com:" + server.port() + "/hook", name -> addresses("127.0.0.2", "127.0.0.1"));
            while (!reply.isDone()) {
                // The start of the second address is due soon, the timeout of the request much later.
                scheduler.runAllBefore(Deliveries.NOW.plusSeconds(1));
                Thread.onSpinWait();
            }

            assertThat(reply.get()).isInstanceOf(Reply.Answer.class);
            for (SocketChannel waiting : queue) {
                waiting.close();
            }
        }
    }

    @Test
    @DisplayName("protocol: delivery error — each address that was tried, and what became of it")
    void shouldNameEveryAddressThatFailed() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        Reply.Failure failure = (Reply.Failure)
                send("http://gate.example.com:" + closed + "/hook", name -> addresses("127.0.0.2", "127.0.0.1"))
                        .get(20, TimeUnit.SECONDS);

        assertThat(failure.error())
                .isEqualTo(
                        "no connection to gate.example.com:" + closed + ": 127.0.0.2 refused it, 127.0.0.1 refused it");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    @DisplayName("protocol: retries — a host that has no address may have one again when the name service is back")
    void shouldNameAnUnknownHost() throws Exception {
        Reply.Failure failure = (Reply.Failure) send("http://gate.example.com/hook", name -> {
                    throw new UnknownHostException(name);
                })
                .get(20, TimeUnit.SECONDS);

        assertThat(failure.error())
                .isEqualTo("the host gate.example.com is unknown: no address was found for its name");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    @DisplayName("protocol: timeout — a name service that does not answer ends with the request, and holds up no other")
    void shouldNotWaitForASlowNameService() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        try (RawServer server = RawServer.answering(OK)) {
            CompletableFuture<Reply> slow = send("http://slow.example.com:" + server.port() + "/hook", name -> {
                if (name.startsWith("slow")) {
                    asked.countDown();
                    await(answers);
                }
                return addresses("127.0.0.1");
            });
            await(asked);
            Reply other = client.send(Deliveries.to(URI.create("http://fast.example.com:" + server.port() + "/hook")))
                    .get(20, TimeUnit.SECONDS);
            assertThat(other).isInstanceOf(Reply.Answer.class);
            scheduler.runAll();

            assertThat(((Reply.Failure) slow.get(20, TimeUnit.SECONDS)).error())
                    .isEqualTo("no whole answer within 60 s: slow.example.com:" + server.port()
                            + " did not accept a connection");
            answers.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldCallHostsThatUriDoesNotKnow() throws Exception {
        for (String[] host : new String[][] {
            {"release_gate", "release_gate"}, {"bücher.example", "xn--bcher-kva.example"}, {"-gate-", "-gate-"}
        }) {
            String[] lookedUp = new String[1];
            try (RawServer server = RawServer.answering(OK)) {
                Reply reply = send("http://" + host[0] + ":" + server.port() + "/hook", name -> {
                            lookedUp[0] = name;
                            return addresses("127.0.0.1");
                        })
                        .get(20, TimeUnit.SECONDS);

                assertThat(reply).as(host[0]).isInstanceOf(Reply.Answer.class);
                assertThat(lookedUp[0]).isEqualTo(host[1]);
                assertThat(server.take().headerLines()).contains("Host: " + host[1] + ":" + server.port());
            }
            client.close();
        }
    }

    @Test
    void shouldCallAnIpv6Address() throws Exception {
        InetAddress loopback = Inet6Address.getByName("::1");
        try (RawServer server = RawServer.on(loopback, socket -> RawServer.write(socket, OK))) {
            Reply reply = send("http://[::1]:" + server.port() + "/hook", InetAddress::getAllByName)
                    .get(20, TimeUnit.SECONDS);

            assertThat(reply).isInstanceOf(Reply.Answer.class);
            assertThat(server.take().headerLines()).contains("Host: [::1]:" + server.port());
        }
    }
}

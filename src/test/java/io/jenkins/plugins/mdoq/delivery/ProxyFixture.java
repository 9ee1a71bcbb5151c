package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.kit.ManualScheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A proxy, and endpoints of a private authority behind it. */
abstract class ProxyFixture {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    static final String SUCCESS = "{\"result\":\"success\"}";
    static final String STOP = "{\"result\":\"fail\",\"stop_release\":true}";
    static final String LOGIN = "Proxy-Authenticate: Basic realm=\"corp\"\r\n";
    static final String AUTHORIZATION = "Proxy-Authorization: Basic "
            + Base64.getEncoder().encodeToString("joe:pass:wörd".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private static Path folder;

    static PrivateAuthority authority;

    @BeforeAll
    static void issue() throws Exception {
        authority = new PrivateAuthority(folder);
        authority.issue("gate", "dns:gate.example.com");
    }

    static ProxySettings by(RawServer proxy) {
        return endpoint -> new ProxyServer("127.0.0.1", proxy.port());
    }

    static ProxySettings byWithLogin(RawServer proxy, String password) {
        return endpoint -> new ProxyServer("127.0.0.1", proxy.port(), "joe", () -> password);
    }

    static DeliveryClient client(ProxySettings proxies) {
        return authority.trusted(() -> Deliveries.client(new ManualScheduler(Deliveries.CLOCK), proxies));
    }

    static Reply send(String url, ProxySettings proxies) throws Exception {
        try (DeliveryClient client = client(proxies)) {
            return client.send(Deliveries.to(URI.create(url))).get(30, TimeUnit.SECONDS);
        }
    }

    static Reply.Failure failure(String url, ProxySettings proxies) throws Exception {
        Reply reply = send(url, proxies);
        assertThat(reply).isInstanceOf(Reply.Failure.class);
        return (Reply.Failure) reply;
    }

    static String answer(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Makes a tunnel to a port of this machine, whatever host was asked for, and passes bytes to and fro. */
    static void tunnel(Socket socket, int port) throws IOException {
        RawServer.write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
        try (Socket endpoint = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread back = new Thread(() -> copy(endpoint, socket));
            back.start();
            copy(socket, endpoint);
            back.join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException broken) {
            try {
                to.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

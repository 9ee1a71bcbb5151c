package io.jenkins.plugins.mdoq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Proxies, names and addresses as the jar meets them. Names are this machine's by the JVM's hosts file property. */
class NetworkIT extends JarFixture {

    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: close\r\n\r\n{\"result\":\"success\"}";
    private static final String LOGIN =
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"corp\"\r\nContent-Length: 0\r\n"
                    + "Connection: close\r\n\r\n";

    /** Answers every request alike, and keeps their heads. */
    private static final class Raw implements AutoCloseable {
        private final ServerSocket socket;
        private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

        Raw(String address, String answer) throws IOException {
            socket = new ServerSocket(0, 50, InetAddress.getByName(address));
            Thread thread = new Thread(() -> serve(answer), "raw");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve(String answer) {
            while (!socket.isClosed()) {
                try (Socket connection = socket.accept()) {
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
                    StringBuilder head = new StringBuilder();
                    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                        head.append(line).append('\n');
                    }
                    heads.add(head.toString());
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // The client left, or the test is over.
                    continue;
                }
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private String hosts(String lines) throws IOException {
        Files.writeString(folder.resolve("hosts"), lines);
        return "-Djdk.net.hosts.file=" + folder.resolve("hosts");
    }

    private void configure(String url, String webhookLines, String eventLines) throws IOException {
        configureAll(webhook("gate", url, webhookLines, eventLines));
    }

    @Test
    void shouldLetOnDeliveryErrorDecideWhenAProxyAsksForALogin() throws Exception {
        try (Raw proxy = new Raw("127.0.0.1", LOGIN)) {
            String[] jvm = {
                hosts("127.0.0.1 gate.test\n"), "-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=" + proxy.port()
            };
            configure("https://gate.test/hook", "", "onDeliveryError: CONTINUE");
            JarRun goesOn = fire(Map.of(), jvm);
            assertThat(goesOn.exitCode()).isEqualTo(0);
            assertThat(goesOn.out())
                    .anyMatch(line -> line.contains("the proxy 127.0.0.1:" + proxy.port() + " asks for a login"));
            assertThat(goesOn.err()).isEmpty();
        }
    }

    @Test
    void shouldFailWhenAProxyAsksForALoginAndTheGateMustBeAsked() throws Exception {
        try (Raw proxy = new Raw("127.0.0.1", LOGIN)) {
            configure("https://gate.test/hook", "", "");

            JarRun run = fire(
                    Map.of(),
                    hosts("127.0.0.1 gate.test\n"),
                    "-Dhttps.proxyHost=127.0.0.1",
                    "-Dhttps.proxyPort=" + proxy.port());

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out()).noneMatch(line -> line.contains("internal error"));
            assertThat(proxy.heads).as("a login does not come by waiting").hasSize(1);
        }
    }

    @Test
    void shouldFailWhenAProxyThatAVariableNamesRefuses() throws Exception {
        try (Raw proxy =
                new Raw("127.0.0.1", "HTTP/1.1 403 Forbidden\r\nContent-Length: 20\r\n\r\n{\"result\":\"success\"}")) {
            configure("https://gate.test/hook", "tries: 1", "");

            JarRun run = fire(
                    Map.of("HTTPS_PROXY", "http://joe:p%40ss-Word@127.0.0.1:" + proxy.port()),
                    hosts("127.0.0.1 gate.test\n"));

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out())
                    .anyMatch(line -> line.contains("the proxy 127.0.0.1:" + proxy.port()
                            + " refused a tunnel to gate.test:443: HTTP status 403 (Forbidden)"))
                    .noneMatch(line -> line.contains("ss-Word"));
            assertThat(proxy.heads.take()).startsWith("CONNECT gate.test:443 HTTP/1.1\n");
        }
    }

    @Test
    void shouldLogInAtAProxyThatAVariableNames() throws Exception {
        try (Raw proxy = new Raw("127.0.0.1", LOGIN)) {
            configure("http://gate.test/hook", "tries: 1", "");

            JarRun run = fire(
                    Map.of("http_proxy", "http://joe:p%40ss-Word@127.0.0.1:" + proxy.port()),
                    hosts("127.0.0.1 gate.test\n"));

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out()).anyMatch(line -> line.contains("refused the user name and password"));
            assertThat(proxy.heads.take()).doesNotContain("Authorization");
            assertThat(proxy.heads.take())
                    .contains("Proxy-Authorization: Basic "
                            + Base64.getEncoder().encodeToString("joe:p@ss-Word".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void shouldCallDirectlyWhatNoProxyExcepts() throws Exception {
        try (Raw raw = new Raw("127.0.0.1", OK)) {
            configure("http://gate.test:" + raw.port() + "/hook", "", "");

            JarRun run = fire(
                    Map.of("HTTP_PROXY", "http://127.0.0.1:9", "NO_PROXY", "localhost,.test"),
                    hosts("127.0.0.1 gate.test\n"));

            assertThat(run.exitCode()).isEqualTo(0);
            assertThat(raw.heads.take()).startsWith("POST /hook HTTP/1.1\n");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAVariable() throws Exception {
        configure("http://gate.test/hook", "", "");

        JarRun run = fire(Map.of("HTTP_PROXY", "socks5://joe:p-Word@proxy:1080"));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .anyMatch(line -> line.contains("the request cannot be sent: the variable HTTP_PROXY names a proxy that"
                        + " begins with socks5://, which is not known here; write it as"
                        + " http://[USER:PASSWORD@]HOST:PORT"))
                .noneMatch(line -> line.contains("p-Word"));
    }

    @Test
    void shouldTryEveryAddressOfAName() throws Exception {
        try (Raw raw = new Raw("::1", OK)) {
            configure("http://localhost:" + raw.port() + "/hook", "tries: 1", "");

            assertThat(fire(Map.of(), hosts("127.0.0.1 localhost\n::1 localhost\n"))
                            .exitCode())
                    .isEqualTo(0);
        }
    }

    @Test
    void shouldCallHostsThatAreNoOrdinaryNames() throws Exception {
        try (Raw raw = new Raw("127.0.0.1", OK)) {
            configureAll(
                    webhook("one", "http://release_gate:" + raw.port() + "/hook", "", ""),
                    webhook("other", "http://b\u00fccher.example:" + raw.port() + "/hook", "", ""));

            JarRun run = fire(Map.of(), hosts("127.0.0.1 release_gate\n127.0.0.1 xn--bcher-kva.example\n"));

            assertThat(run.exitCode()).isEqualTo(0);
            assertThat(raw.heads.take() + raw.heads.take())
                    .contains("Host: release_gate:" + raw.port(), "Host: xn--bcher-kva.example:" + raw.port());
        }
    }

    @Test
    void shouldRefuseAPortThatIsNoneWhereItIsWritten() throws Exception {
        configure("http://127.0.0.1:99999/hook", "", "");

        JarRun run = fire(Map.of());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .containsExactly("mdoq-release-hook: mdoq.yaml:3: the port 99999 is none; write one from 1 to 65535");
    }

    @Test
    void shouldWarnOfALockThatCannotBeReleasedFromElsewhere() throws Exception {
        try (Raw raw = new Raw("127.0.0.1", OK)) {
            configure("http://gate.test:" + raw.port() + "/hook", "", "blocking: true");
            JarRun run = fire(Map.of(), hosts("127.0.0.1 gate.test\n"));

            assertThat(run.awaitLine("warning: "))
                    .startsWith("[MDOQ] warning: gate, at gate.test, is told to release its lock at http://127.0.0.1:")
                    .endsWith(
                            "/mdoq/lock/release, which reaches this machine alone; name an address that it reaches with"
                                    + " --listen HOST:PORT or --public-url URL");
            run.terminate();
        }
        configure("", "blocking: true");
        JarRun near = start("fire", "--config", "mdoq.yaml", "--history", "h2", "--event", "before_release");
        release(endpoint.next(), "success");
        assertThat(near.exitCode()).isEqualTo(0);
        assertThat(near.out()).as("an endpoint on this machine").noneMatch(line -> line.contains("warning"));
    }
}

package io.jenkins.plugins.mdoq.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An endpoint on loopback that speaks bytes, for what a proper HTTP server refuses to do. It keeps each request as it came,
 * hands the socket to a behaviour, and closes it afterwards.
 */
final class RawServer implements AutoCloseable {

    /** What the endpoint does once it has read a request. */
    interface Behaviour {
        void on(Socket socket) throws IOException;
    }

    /** A request as it came. */
    record Captured(String head, byte[] body) {
        String requestLine() {
            return head.lines().findFirst().orElseThrow();
        }

        List<String> headerLines() {
            return List.of(head.split("\r\n")).stream().skip(1).toList();
        }

        String bodyText() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: (\\d+)");

    private final ServerSocket listener;
    private final boolean reads;
    private final Behaviour behaviour;
    private final BlockingQueue<Captured> requests = new LinkedBlockingQueue<>();

    private RawServer(ServerSocket listener, boolean reads, Behaviour behaviour) {
        this.listener = listener;
        this.reads = reads;
        this.behaviour = behaviour;
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    static RawServer that(Behaviour behaviour) throws IOException {
        return on(InetAddress.getLoopbackAddress(), behaviour);
    }

    static RawServer on(InetAddress address, Behaviour behaviour) throws IOException {
        return on(new ServerSocket(0, 50, address), behaviour);
    }

    static RawServer on(ServerSocket listener, Behaviour behaviour) {
        return new RawServer(listener, true, behaviour);
    }

    /** One that reads no request: its behaviour has all of the connection. */
    static RawServer raw(Behaviour behaviour) throws IOException {
        return new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), false, behaviour);
    }

    static RawServer answering(String answer) throws IOException {
        return that(socket -> write(socket, answer));
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next request; waits for it. */
    Captured take() throws InterruptedException {
        Captured request = requests.poll(20, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request came");
        }
        return request;
    }

    int unread() {
        return requests.size();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                if (reads) {
                    requests.add(read(socket.getInputStream()));
                }
                behaviour.on(socket);
            } catch (IOException e) {
                // The client may break off at any point: for this endpoint that is just the end of the exchange.
                continue;
            }
        }
    }

    /** Reads one request. */
    static Captured read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the request ended in its head");
            }
            head.write(b);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
        return new Captured(text.substring(0, text.length() - 4), body);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}

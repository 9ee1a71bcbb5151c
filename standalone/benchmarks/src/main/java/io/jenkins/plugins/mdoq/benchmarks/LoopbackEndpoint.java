package io.jenkins.plugins.mdoq.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An endpoint on loopback that answers every request alike: one thread, one selector, no HTTP library. It shares the
 * machine with what is measured, so it does as little as an HTTP/1.1 server can.
 */
final class LoopbackEndpoint implements AutoCloseable {

    private static final Pattern CONTENT_LENGTH =
            Pattern.compile("^content-length: *(\\d+)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n"
                            + "{\"result\":\"success\"}")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final AtomicLong answered = new AtomicLong();
    private final Thread thread = new Thread(this::serve, "endpoint");
    private final URI uri;
    private volatile boolean closing;

    LoopbackEndpoint() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        uri = URI.create("http://127.0.0.1:" + server.socket().getLocalPort() + "/hook");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return uri;
    }

    /** How many requests were answered so far. */
    long answered() {
        return answered.get();
    }

    private void serve() {
        try {
            for (selector.select(); !closing; selector.select()) {
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isAcceptable()) {
                        accept();
                    } else if (key.isReadable()) {
                        answer(key);
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the endpoint fails", e);
        } finally {
            closeAll();
        }
    }

    /** Also ends what an endpoint that failed would let wait for its timeout. */
    private void closeAll() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(16 * 1024));
        }
    }

    private static boolean isOpen(SocketChannel channel, ByteBuffer received) {
        try {
            return channel.read(received) >= 0;
        } catch (IOException reset) {
            // A client that is closed at once resets its connections.
            return false;
        }
    }

    private void answer(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        ByteBuffer received = (ByteBuffer) key.attachment();
        if (!isOpen(channel, received)) {
            channel.close();
            return;
        }
        // Latin-1: one character a byte, so that positions in the text are positions in the buffer.
        String text = new String(received.array(), 0, received.position(), StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return;
        }
        Matcher length = CONTENT_LENGTH.matcher(text.substring(0, headEnd + 2));
        if (!length.find()) {
            throw new IOException("a request came without a Content-Length");
        }
        // The client does not pipeline, so nothing follows a whole request.
        if (received.position() >= headEnd + 4 + Integer.parseInt(length.group(1))) {
            received.clear();
            // Counted first: whoever sees the answer also sees it counted.
            answered.incrementAndGet();
            for (ByteBuffer answer = ByteBuffer.wrap(ANSWER); answer.hasRemaining(); ) {
                channel.write(answer);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
    }
}

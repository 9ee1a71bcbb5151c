package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/** A request's body; it tells its exchange when all of it has been sent. */
final class RequestBody implements AsyncEntityProducer {

    private final byte[] bytes;
    private final Exchange exchange;
    private ByteBuffer left;

    RequestBody(@NonNull byte[] bytes, @NonNull Exchange exchange) {
        this.bytes = bytes;
        this.exchange = exchange;
        this.left = ByteBuffer.wrap(bytes);
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (left.hasRemaining()) {
            channel.write(left);
        }
        if (!left.hasRemaining()) {
            exchange.sent();
            channel.endStream();
        }
    }

    /** Called before it is sent once more, after a proxy has asked for a login. */
    @Override
    public void releaseResources() {
        left = ByteBuffer.wrap(bytes);
    }

    @Override
    public int available() {
        return left.remaining();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public long getContentLength() {
        return bytes.length;
    }

    /** The request's own headers say it. */
    @Override
    public String getContentType() {
        return null;
    }

    @Override
    public String getContentEncoding() {
        return null;
    }

    @Override
    public boolean isChunked() {
        return false;
    }

    @Override
    public Set<String> getTrailerNames() {
        return Set.of();
    }

    @Override
    public void failed(Exception cause) {
        // The exchange's own callback gets the same.
    }
}

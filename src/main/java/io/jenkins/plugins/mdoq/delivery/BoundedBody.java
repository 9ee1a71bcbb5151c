package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Collects an answer, its body up to a size, and breaks the exchange off beyond it (protocol: "answer size"). Called by one
 * thread at a time.
 */
final class BoundedBody implements AsyncResponseConsumer<RawAnswer> {

    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final int most;
    private final Exchange exchange;
    private ByteArrayOutputStream bytes;
    private HttpResponse head;
    private RawAnswer answer;
    private FutureCallback<RawAnswer> whole;

    BoundedBody(int most, @NonNull Exchange exchange) {
        this.most = most;
        this.exchange = exchange;
    }

    @Override
    public void consumeResponse(
            HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<RawAnswer> callback) {
        head = response;
        whole = callback;
        exchange.answering();
        if (entity == null) {
            whole(new byte[0]);
            return;
        }
        long length = entity.getContentLength();
        bytes = new ByteArrayOutputStream(length > 0 && length <= most ? (int) length : 256);
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // It says that an answer is to come.
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer part) throws IOException {
        if (bytes.size() + part.remaining() > most) {
            throw new TooLarge();
        }
        exchange.received(part.remaining());
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        whole(bytes.toByteArray());
    }

    private void whole(byte[] body) {
        answer = new RawAnswer(head, body);
        if (!exchange.isSent()) {
            // The connection is given back only when the rest of the request has been sent, which may never be.
            releaseResources();
        }
    }

    @Override
    public void failed(Exception cause) {
        // The exchange's own callback gets the same, unless the answer is whole already.
        releaseResources();
    }

    /** Called when the connection has been given back, so that whoever hears of the answer can have it for the next request. */
    @Override
    public void releaseResources() {
        bytes = null;
        RawAnswer brought = answer;
        answer = null;
        if (brought != null) {
            whole.completed(brought);
        }
    }
}

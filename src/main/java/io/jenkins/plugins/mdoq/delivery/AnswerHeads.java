package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.DefaultHttpRequestWriter;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseFactory;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseParser;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.LazyLaxLineParser;
import org.apache.hc.core5.http.nio.NHttpMessageWriter;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.apache.hc.core5.http.nio.SessionOutputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads the heads of the answers on one connection. It differs from the library's reader in three ways: a head that is cut
 * off is no head, a header that is none is passed over, and what comes before anything was asked is never taken for an
 * answer. Called by the thread of its connection.
 */
final class AnswerHeads extends DefaultHttpResponseParser<HttpResponse> {

    /** How much of what is no HTTP is kept: more than is shown, since it is masked before it is cut. */
    private static final int KEPT_BYTES = 2_048;

    /** What came is not HTTP. */
    static final class NotHttp extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient byte[] beginning;

        NotHttp(byte[] beginning) {
            super("not HTTP");
            this.beginning = beginning;
        }

        /** Whether it is a record of TLS: an alert, or a handshake. */
        boolean isTls() {
            return beginning.length > 1 && (beginning[0] == 0x15 || beginning[0] == 0x16) && beginning[1] == 3;
        }

        /** Its beginning as text; a byte beyond visible ASCII is a dot. */
        @NonNull
        String beginning() {
            StringBuilder text = new StringBuilder();
            for (byte b : beginning) {
                text.append(b >= 0x20 && b < 0x7f ? (char) b : '.');
            }
            return text.toString().strip();
        }
    }

    /** Bytes came although nothing was asked, or after the whole answer. */
    static final class Unasked extends IOException {
        private static final long serialVersionUID = 1L;

        Unasked() {
            super("bytes came that belong to no answer");
        }
    }

    /** The status line is HTTP/1's, or what came is no HTTP. A header that cannot be read gets an impossible name. */
    private static final class Lines extends LazyLaxLineParser {
        @Override
        public Header parseHeader(CharArrayBuffer line) {
            try {
                return super.parseHeader(line);
            } catch (ParseException e) {
                return new BasicHeader(" ", line.toString());
            }
        }
    }

    private int expected;
    private boolean answered;

    AnswerHeads(@NonNull Http1Config config) {
        super(config, new Lines(), DefaultHttpResponseFactory.INSTANCE);
    }

    /** Writes the heads of the requests on the same connection. */
    @NonNull
    NHttpMessageWriter<HttpRequest> requests() {
        return new DefaultHttpRequestWriter<>() {
            @Override
            public void write(HttpRequest request, SessionOutputBuffer buffer) throws IOException, HttpException {
                super.write(request, buffer);
                expected++;
            }
        };
    }

    @Override
    public HttpResponse parse(SessionInputBuffer buffer, boolean endOfStream) throws IOException, HttpException {
        if (expected == 0) {
            if (buffer.hasData()) {
                throw answered ? new Unasked() : new NotHttp(rest(buffer));
            }
            return null;
        }
        HttpResponse head = super.parse(buffer, false);
        if (head == null) {
            if (endOfStream) {
                NotHttp rest = new NotHttp(rest(buffer));
                throw rest.isTls() ? rest : new ConnectionClosedException("the connection was closed");
            }
            return null;
        }
        if (head.getCode() >= 200) {
            expected--;
            answered = true;
        }
        head.removeHeaders(" ");
        return head;
    }

    @Override
    protected HttpResponse createMessage(CharArrayBuffer line) throws HttpException {
        try {
            if (line.length() > 5 && line.substring(0, 5).equals("HTTP/")) {
                return super.createMessage(line);
            }
        } catch (ParseException e) {
            // Told below.
        } catch (HttpException e) {
            throw e;
        }
        throw new HttpException("", new NotHttp(bytes(line)));
    }

    private static byte[] bytes(CharArrayBuffer line) {
        String text = line.substring(0, Math.min(line.length(), KEPT_BYTES));
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] rest(SessionInputBuffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate(KEPT_BYTES);
        buffer.read(bytes, KEPT_BYTES);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}

package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.ProtocolException;

/** How long an answer's body is (RFC 9112 6.3): chunked wins over a length, and the same length may be said twice. */
final class AnswerLength implements ContentLengthStrategy {

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    @Override
    public long determineLength(@NonNull HttpMessage answer) throws ProtocolException {
        Header[] lengthHeaders = answer.getHeaders(HttpHeaders.CONTENT_LENGTH);
        if (lengthHeaders.length == 1 && !answer.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            String length = lengthHeaders[0].getValue();
            if (LENGTH.matcher(length).matches()) {
                return Long.parseLong(length);
            }
        }
        String[] codings = values(answer, HttpHeaders.TRANSFER_ENCODING)
                .map(coding -> coding.toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .toArray(String[]::new);
        if (codings.length == 1 && codings[0].equals("chunked")) {
            return CHUNKED;
        }
        if (codings.length > 0) {
            throw new ProtocolException("its Transfer-Encoding is not understood: " + String.join(", ", codings));
        }
        String[] lengths = values(answer, HttpHeaders.CONTENT_LENGTH).distinct().toArray(String[]::new);
        if (lengths.length == 0) {
            return UNDEFINED;
        }
        if (lengths.length > 1 || !LENGTH.matcher(lengths[0]).matches()) {
            throw new ProtocolException("its Content-Length is no length: " + String.join(", ", lengths));
        }
        return Long.parseLong(lengths[0]);
    }

    private static Stream<String> values(HttpMessage answer, String name) {
        return Arrays.stream(answer.getHeaders(name))
                .map(Header::getValue)
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip);
    }
}

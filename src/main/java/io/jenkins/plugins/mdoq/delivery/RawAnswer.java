package io.jenkins.plugins.mdoq.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/**
 * A whole answer as it came.
 *
 * @param head its status and headers
 * @param body its body, empty for none
 */
record RawAnswer(@NonNull HttpResponse head, @NonNull byte[] body) {

    int status() {
        return head.getCode();
    }

    /** The value of a header, or null; of several their values with commas between them. */
    @CheckForNull
    String header(@NonNull String name) {
        StringBuilder values = null;
        for (Header header : head.getHeaders(name)) {
            values = values == null ? new StringBuilder() : values.append(", ");
            values.append(header.getValue());
        }
        return values == null ? null : values.toString();
    }
}

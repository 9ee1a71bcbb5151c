package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.Times;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** What the exports for programs ({@code api/json}) have in common. */
final class Exports {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Exports() {}

    /**
     * Answers a request for {@code api/json}, below which there is nothing else.
     *
     * @param export gives what is exported, a record
     */
    static void send(@NonNull StaplerRequest2 request, @NonNull StaplerResponse2 response, @NonNull Supplier<?> export)
            throws IOException {
        if (request.getRestOfPath().equals("/json")) {
            JsonResponse.send(response, 200, MAPPER.valueToTree(export.get()));
        } else {
            JsonResponse.send(
                    response,
                    404,
                    MAPPER.createObjectNode().put("error", "there is no such path; ask for api/json, with GET"));
        }
    }

    /** A point in time in ISO 8601 and UTC, to the second; null for null. */
    @CheckForNull
    static String time(@CheckForNull Instant at) {
        return at == null ? null : Times.iso(at);
    }

    /** A URL below that of Jenkins; only the path if Jenkins has none. */
    @NonNull
    static String url(@NonNull String path) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? path : root + path;
    }
}

package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.report.PrettyJson;

/**
 * What travelled, for those who may see it: JSON in lines, secrets masked.
 *
 * @param request the body that was sent
 * @param answer the answer's data, or null if there is none
 * @param release what the lock's release said, or null if there is none
 */
public record PayloadView(
        @NonNull String request,
        @CheckForNull String answer,
        @CheckForNull String release) {

    static PayloadView of(@NonNull DeliveryHistory entry, @NonNull JsonNode request) {
        return new PayloadView(
                PrettyJson.of(request),
                entry.answer() == null ? null : PrettyJson.of(entry.answer().data()),
                entry.release() == null ? null : PrettyJson.of(entry.release().data()));
    }
}

package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes an answer in JSON that is for its caller alone. */
final class JsonResponse {

    private JsonResponse() {}

    static void send(@NonNull HttpServletResponse response, int status, @NonNull JsonNode body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }
}

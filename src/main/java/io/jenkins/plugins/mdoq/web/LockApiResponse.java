package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.lock.LockAnswer;
import io.jenkins.plugins.mdoq.lock.LockApiPage;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes what the lock API answers. */
final class LockApiResponse {

    private LockApiResponse() {}

    static void send(@NonNull HttpServletResponse response, @NonNull LockAnswer answer) throws IOException {
        response.setStatus(answer.status());
        response.setContentType("application/json");
        if (answer.status() == 405) {
            response.setHeader("Allow", LockAnswer.METHODS);
        }
        if (answer.retryAfterSeconds() != null) {
            response.setHeader("Retry-After", answer.retryAfterSeconds());
        }
        write(response, answer.body().toString());
    }

    /** What a person sees in a browser. */
    static void sendPage(@NonNull HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(LockApiPage.CONTENT_TYPE);
        response.setHeader("Content-Security-Policy", LockApiPage.CONTENT_SECURITY_POLICY);
        write(response, LockApiPage.html());
    }

    private static void write(HttpServletResponse response, String body) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}

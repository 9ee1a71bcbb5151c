package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.lock.LockAnswer;
import io.jenkins.plugins.mdoq.lock.LockRequest;
import io.jenkins.plugins.mdoq.protocol.Limits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * The lock API below {@code /mdoq/lock/} (protocol: "lock API"), for endpoints: a webhook's secret lets a caller in, and no
 * permission does. It only carries a request to {@link io.jenkins.plugins.mdoq.lock.LockApi} and the answer back.
 */
@Extension
public final class LockApiRootAction implements UnprotectedRootAction {

    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int NOT_FOUND = 404;

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return LockApiPath.ROOT;
    }

    /** Answers whatever comes below {@code /mdoq/lock/}. Called by Stapler. */
    // The secret stands in for permission and crumb, and the method is checked here, as the answer has to be JSON.
    @SuppressWarnings({"lgtm[jenkins/csrf]", "lgtm[jenkins/no-permission-check]"})
    public void doLock(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String action = LockApiPath.action(request);
        if (action == null) {
            send(response, NOT_FOUND, null, error("there is no such path; use release, log or status"));
        } else if (!"POST".equals(request.getMethod())) {
            response.setHeader("Allow", "POST");
            send(response, METHOD_NOT_ALLOWED, null, error("use POST"));
        } else {
            LockAnswer answer = ReleaseHookService.get().lockApi().answer(read(action, request));
            send(
                    response,
                    answer.status(),
                    answer.retryAfterSeconds(),
                    answer.body().toString());
        }
    }

    private static LockRequest read(String action, HttpServletRequest request) throws IOException {
        // Read up to the limit and one more, whatever length was announced.
        byte[] body = request.getInputStream().readNBytes(Limits.BODY_BYTES + 1);
        return new LockRequest(
                action,
                request.getContentType(),
                body.length > Limits.BODY_BYTES ? null : body,
                request.getHeader("X-MDOQ-Secret"),
                Callers.address(request));
    }

    private static String error(String message) {
        return JsonNodeFactory.instance.objectNode().put("error", message).toString();
    }

    private static void send(HttpServletResponse response, int status, @CheckForNull String retryAfter, String body)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (retryAfter != null) {
            response.setHeader("Retry-After", retryAfter);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}

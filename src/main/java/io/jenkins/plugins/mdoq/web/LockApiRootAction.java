package io.jenkins.plugins.mdoq.web;

import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.lock.LockAnswer;
import io.jenkins.plugins.mdoq.lock.LockApiPage;
import io.jenkins.plugins.mdoq.lock.LockRequest;
import io.jenkins.plugins.mdoq.protocol.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * The lock API below {@code /mdoq/lock/} (protocol: "lock API"), for endpoints: a webhook's secret lets a caller in, and no
 * permission does. It only carries a request to {@link io.jenkins.plugins.mdoq.lock.LockApi} and the answer back.
 */
@Extension
public final class LockApiRootAction implements UnprotectedRootAction {

    private static final String FORM = "application/x-www-form-urlencoded";

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
            LockApiResponse.send(response, LockAnswer.noSuchPath());
        } else if (LockApiPage.isAskedFor(request.getMethod(), request.getQueryString(), request.getHeader("Accept"))) {
            LockApiResponse.sendPage(response);
        } else if (!"POST".equals(request.getMethod())) {
            LockApiResponse.send(response, LockAnswer.methodNotAllowed());
        } else {
            LockApiResponse.send(response, ReleaseHookService.get().lockApi().answer(read(action, request)));
        }
    }

    private static LockRequest read(String action, HttpServletRequest request) throws IOException {
        byte[] body = body(request);
        return new LockRequest(
                action,
                request.getContentType(),
                body.length > Limits.BODY_BYTES ? null : body,
                request.getHeader("X-MDOQ-Secret"),
                Callers.address(request));
    }

    /** The body; longer than the limit if it is too large, whatever length was announced. */
    private static byte[] body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(Limits.BODY_BYTES + 1);
        String type = request.getContentType();
        if (body.length > 0
                || request.getQueryString() != null
                || type == null
                || !type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            return body;
        }
        // Some filter of another plugin has asked for a parameter, and the server has read the fields for it.
        return request.getParameterMap().entrySet().stream()
                .flatMap(field -> Arrays.stream(field.getValue()).map(value -> encoded(field.getKey(), value)))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

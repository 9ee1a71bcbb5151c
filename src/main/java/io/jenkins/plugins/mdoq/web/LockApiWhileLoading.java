package io.jenkins.plugins.mdoq.web;

import hudson.Extension;
import io.jenkins.plugins.mdoq.lock.LockApi;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import jenkins.model.Jenkins;
import jenkins.util.HttpServletFilter;

/**
 * Answers endpoints while Jenkins starts or restarts (protocol: "lock API 503"), as long as it shows the page "Please wait" in
 * the place of everything: they learn in JSON that nothing was decided and when to come again. Asked from the moment on at which
 * Jenkins knows the extensions of its plugins; before that Jenkins answers for itself.
 */
@Extension
public final class LockApiWhileLoading implements HttpServletFilter {

    /** What Jenkins' web application is served by now. */
    private static final String APP = "app";

    @Override
    public boolean handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"POST".equals(request.getMethod())
                || LockApiPath.action(request) == null
                || request.getServletContext().getAttribute(APP) instanceof Jenkins) {
            return false;
        }
        LockApiResponse.send(response, LockApi.loading());
        return true;
    }
}

package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.lock.LockApi;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The exact paths of the lock API (protocol: "lock API"). The path is taken as it was sent: whatever would have to be
 * decoded or normalised first to be one of them is none of them, so that nobody's idea of normalising can differ from ours.
 */
final class LockApiPath {

    /** The first segment below the context path, which is the root action's URL name. */
    static final String ROOT = "mdoq";

    private static final String PREFIX = "/" + ROOT + "/lock/";

    private LockApiPath() {}

    /** The action that a request's path names, one of {@link LockApi#ACTIONS}; null if it is no path of the lock API. */
    @CheckForNull
    static String action(@NonNull HttpServletRequest request) {
        return action(request.getContextPath(), request.getRequestURI());
    }

    /**
     * As {@link #action(HttpServletRequest)}.
     *
     * @param contextPath the path of Jenkins on its server, empty or beginning with a slash
     * @param uri the path of the request as it was sent, not decoded
     */
    @CheckForNull
    static String action(@NonNull String contextPath, @NonNull String uri) {
        String prefix = contextPath + PREFIX;
        if (!uri.startsWith(prefix)) {
            return null;
        }
        String action = uri.substring(prefix.length());
        return LockApi.ACTIONS.contains(action) ? action : null;
    }
}

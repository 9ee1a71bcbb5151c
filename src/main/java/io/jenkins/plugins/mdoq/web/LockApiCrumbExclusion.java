package io.jenkins.plugins.mdoq.web;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets the endpoints call the lock API without a crumb, which they cannot have. They bring no session either: the webhook's
 * secret is what lets them in, so that a browser cannot be made to call it. Nothing but the exact paths is let through.
 */
@Extension
public final class LockApiCrumbExclusion extends CrumbExclusion {

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (LockApiPath.action(request) == null) {
            return false;
        }
        chain.doFilter(request, response);
        return true;
    }
}

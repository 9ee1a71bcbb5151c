package io.jenkins.plugins.mdoq.web;

import hudson.Extension;
import hudson.model.RootAction;
import java.io.IOException;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * What waits on the whole controller, for programs: {@code /mdoq-waiting/api/json}. Whoever may read a build sees what it waits
 * for; for people there is the page of all webhooks.
 */
@Extension
public final class WaitingAction implements RootAction {

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
        return "mdoq-waiting";
    }

    /** Answers {@code api/json}: the list as it is now; parameter {@code page}. Called by Stapler. */
    // It changes nothing, and of each build it shows what the caller may read.
    @SuppressWarnings({"lgtm[jenkins/csrf]", "lgtm[jenkins/no-permission-check]"})
    public void doApi(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Exports.send(request, response, () -> WaitingExport.now(request.getParameter("page")));
    }
}

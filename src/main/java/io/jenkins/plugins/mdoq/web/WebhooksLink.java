package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.index.IndexKeeper;
import io.jenkins.plugins.mdoq.index.RowFilter;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;

/**
 * The page <em>MDOQ webhooks</em> of Manage Jenkins: what waits on the whole controller, how each webhook does, and what was
 * delivered lately. For whoever may see how Jenkins is configured; of the builds it shows those that the viewer may read.
 */
@Extension
public final class WebhooksLink extends ManagementLink implements StaplerProxy {

    /** The page below {@code manage/}. */
    static final String URL = "mdoq-webhooks";

    private static final Logger LOGGER = Logger.getLogger(WebhooksLink.class.getName());

    /** So long a page waits for what happened since the last look; if that is not enough, it shows what is known. */
    private static final long PATIENCE_MS = 100;

    @Override
    public String getIconFileName() {
        return "symbol-journal";
    }

    @Override
    public String getDisplayName() {
        return Messages.WebhooksLink_DisplayName();
    }

    @Override
    public String getDescription() {
        return Messages.WebhooksLink_Description();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    @NonNull
    public Category getCategory() {
        return Category.STATUS;
    }

    /** One of the two that the page asks for: only one can be named here. */
    @Override
    @NonNull
    public Permission getRequiredPermission() {
        return Jenkins.get().hasPermission(Jenkins.MANAGE) ? Jenkins.MANAGE : Jenkins.SYSTEM_READ;
    }

    /** Lets in whoever may see how Jenkins is configured. Called by Stapler for the page and everything below it. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkAnyPermission(Jenkins.MANAGE, Jenkins.SYSTEM_READ);
        return this;
    }

    /** Whether the viewer may change the configuration. For the page. */
    public boolean isMayConfigure() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /**
     * What the page shows. For the page, which takes all parameters from its URL; each may be missing, or nonsense.
     *
     * @param webhook the name of a webhook
     * @param job a part of a job's name
     * @param state the word of a state
     * @param page which page of deliveries
     * @param waiting which page of what waits
     */
    @NonNull
    public OverviewView overview(
            @CheckForNull String webhook,
            @CheckForNull String job,
            @CheckForNull String state,
            @CheckForNull String page,
            @CheckForNull String waiting) {
        IndexKeeper recent = ReleaseHookService.get().recent();
        try {
            recent.look().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOGGER.log(Level.FINEST, "Still reading what was delivered lately", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return OverviewView.of(
                recent.index(),
                new OverviewView.Question(new RowFilter(webhook, job, state), page, waiting, Instant.now()));
    }
}

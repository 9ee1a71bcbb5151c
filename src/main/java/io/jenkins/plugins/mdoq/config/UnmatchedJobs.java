package io.jenkins.plugins.mdoq.config;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Notes in Jenkins' log which patterns of jobs match no job, once there are jobs to compare them with: configuration as code is
 * applied before, and nobody sees the form then.
 */
@Extension
public final class UnmatchedJobs extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(UnmatchedJobs.class.getName());

    @Override
    public void onLoaded() {
        note();
    }

    /** Notes them if Jenkins has started; else that is done when it has. */
    static void noteIfStarted() {
        if (Jenkins.get().getInitLevel() == InitMilestone.COMPLETED) {
            note();
        }
    }

    private static void note() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (WebhookConfiguration webhook : MdoqGlobalConfiguration.get().getWebhooks()) {
                String note = webhook.problem() == null ? JobRows.unmatched(webhook.getJobs()) : null;
                if (note != null) {
                    LOGGER.warning(() -> Messages.WebhookProblems_inWebhook(webhook.getName(), "jobs: " + note));
                }
            }
        }
    }
}

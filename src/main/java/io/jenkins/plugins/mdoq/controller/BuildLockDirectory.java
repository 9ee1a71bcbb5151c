package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.init.InitMilestone;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.lock.LockDirectory;
import io.jenkins.plugins.mdoq.lock.LockValue;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/** Finds the builds that locks belong to, as the controller itself, and the secrets of their webhooks. */
final class BuildLockDirectory implements LockDirectory {

    @Override
    public boolean ready() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins != null && jenkins.getInitLevel().compareTo(InitMilestone.JOB_CONFIG_ADAPTED) >= 0;
    }

    @Override
    @CheckForNull
    @SuppressWarnings("try") // The context is there to be closed.
    public Home find(LockValue lock) throws IOException {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> job = Jenkins.get().getItemByFullName(lock.job(), Job.class);
            Run<?, ?> build =
                    job == null || lock.number() > Integer.MAX_VALUE ? null : job.getBuildByNumber((int) lock.number());
            if (build != null && knows(build, lock)) {
                return new Home(BuildHistory.of(build), !build.isLogUpdated());
            }
            return findMoved(lock);
        }
    }

    /** A job that was renamed or moved while its build waited; after a restart only the journal knows the old name. */
    private static Home findMoved(LockValue lock) throws IOException {
        for (FlowExecution execution : FlowExecutionList.get()) {
            Queue.Executable executable = execution.getOwner().getExecutable();
            if (executable instanceof Run<?, ?> build && knows(build, lock)) {
                return new Home(BuildHistory.of(build), false);
            }
        }
        return null;
    }

    private static boolean knows(Run<?, ?> build, LockValue lock) throws IOException {
        return BuildHistory.of(build).read().eventOfLock(lock.toString()) != null;
    }

    @Override
    public Secrets secrets(String webhook, List<String> secretIds) {
        return MdoqGlobalConfiguration.get().secrets(webhook, secretIds);
    }

    @Override
    public Secrets all() {
        return MdoqGlobalConfiguration.get().allSecrets();
    }
}

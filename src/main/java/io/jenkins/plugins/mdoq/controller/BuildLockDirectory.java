package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.init.InitMilestone;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.lock.LockDirectory;
import io.jenkins.plugins.mdoq.lock.LockValue;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/** Finds the builds that locks belong to, as the controller itself. */
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
            Home home = build == null ? null : home(build, lock, BuildHistory.isOver(build));
            return home == null ? findMoved(lock) : home;
        }
    }

    /** A job that was renamed or moved while its build waited; after a restart only the journal knows the old name. */
    private static Home findMoved(LockValue lock) throws IOException {
        for (FlowExecution execution : FlowExecutionList.get()) {
            Queue.Executable executable = execution.getOwner().getExecutable();
            Home home = executable instanceof Run<?, ?> build ? home(build, lock, false) : null;
            if (home != null) {
                return home;
            }
        }
        return null;
    }

    /** The home of a lock in a build, or null if the build's history does not know the lock. */
    private static Home home(Run<?, ?> build, LockValue lock, boolean over) throws IOException {
        Journal journal = BuildHistory.of(build);
        History history = journal.read();
        return history.eventOfLock(lock.toString()) == null ? null : new Home(journal, history, over);
    }
}

package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import java.io.IOException;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code mdoq-release} of {@code jenkins-cli}: releases a lock instead of its endpoint, as the page of a build's webhook history
 * does. It ends with Jenkins' own exit codes: 0 if the lock is released as was asked, 2 and 3 for what was written wrongly, 4 if the
 * history could not be read or written, 5 if the lock is no longer held, 6 without the permission.
 */
@Extension
public final class ReleaseCommand extends CLICommand {

    @Argument(index = 0, required = true, metaVar = "JOB", usage = "The job's full name, with its folders.")
    private String job;

    @Argument(index = 1, required = true, metaVar = "BUILD", usage = "The build's number.")
    private int build;

    @Option(name = "--webhook", metaVar = "NAME", usage = "Whose lock, if the build waits for several.")
    private String webhook;

    @Option(
            name = "--delivery",
            metaVar = "ID",
            usage = "Which lock, by the delivery that holds it, as mdoq-waiting names it.")
    private String delivery;

    @Option(name = "--result", required = true, metaVar = "RESULT", usage = "success or fail.")
    private String result;

    @Option(name = "--stop", usage = "With fail: the release is cancelled, nothing is undone.")
    private boolean stop;

    @Option(name = "--rollback", usage = "With fail: the release is cancelled and undone.")
    private boolean rollback;

    @Option(name = "--reason", metaVar = "TEXT", usage = "Why; required of all but a success.")
    private String reason;

    @Override
    public String getName() {
        return "mdoq-release";
    }

    @Override
    public String getShortDescription() {
        return Messages.ReleaseCommand_ShortDescription();
    }

    @Override
    protected int run() throws IOException {
        Run<?, ?> run = find(job, build);
        run.checkPermission(MdoqPermissions.RELEASE_LOCK);
        String word = outcome(result, stop, rollback);
        String meant =
                delivery == null ? LockOfBuild.delivery(BuildHistory.of(run).read(), webhook) : delivery;
        LockRelease release = LockRelease.of(run, meant, word, reason, Callers.user(), "through jenkins-cli");
        switch (release.status()) {
            case LockRelease.OK -> stdout.println(Messages.ReleaseCommand_released(meant, word));
            case LockRelease.CONFLICT -> throw new AbortException(release.text());
            case LockRelease.SERVICE_UNAVAILABLE -> throw new IllegalStateException(release.text());
            default -> throw new IllegalArgumentException(release.text());
        }
        return 0;
    }

    @NonNull
    private static Run<?, ?> find(String name, int number) {
        Job<?, ?> job = new ReadableJobs().get(name);
        if (job == null) {
            throw new IllegalArgumentException(Messages.ReleaseCommand_noSuchJob(name));
        }
        Run<?, ?> run = job.getBuildByNumber(number);
        if (run == null) {
            throw new IllegalArgumentException(Messages.ReleaseCommand_noSuchBuild(name, Integer.toString(number)));
        }
        return run;
    }

    /**
     * The word of an operator's release.
     *
     * @throws IllegalArgumentException if what was written does not go together, in one line that says what to write instead
     */
    @NonNull
    static String outcome(@CheckForNull String result, boolean stop, boolean rollback) {
        if (stop && rollback) {
            throw new IllegalArgumentException(Messages.ReleaseCommand_stopOrRollback());
        }
        if ("success".equals(result)) {
            if (stop || rollback) {
                throw new IllegalArgumentException(Messages.ReleaseCommand_onlyWithFail());
            }
            return OperatorRelease.SUCCESS.word();
        }
        if (!"fail".equals(result)) {
            throw new IllegalArgumentException(Messages.ReleaseCommand_result(String.valueOf(result)));
        }
        OperatorRelease release =
                rollback ? OperatorRelease.ROLLBACK : stop ? OperatorRelease.STOP : OperatorRelease.FAIL;
        return release.word();
    }
}

package io.jenkins.plugins.mdoq.controller;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Queue;
import hudson.model.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/** The builds that run, for those whose job was renamed or moved since their locks were made. */
public final class RunningBuilds {

    private static final Logger LOGGER = Logger.getLogger(RunningBuilds.class.getName());

    private RunningBuilds() {}

    /** The builds that run, by the file of their journal, whether that is there or not. */
    @NonNull
    public static Map<Path, Run<?, ?>> byJournal() {
        Map<Path, Run<?, ?>> builds = new HashMap<>();
        for (FlowExecution execution : FlowExecutionList.get()) {
            try {
                Queue.Executable executable = execution.getOwner().getExecutable();
                if (executable instanceof Run<?, ?> build) {
                    builds.put(BuildHistory.of(build).file(), build);
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Could not load the build of " + execution);
            }
        }
        return builds;
    }
}

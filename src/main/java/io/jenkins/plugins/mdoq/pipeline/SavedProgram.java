package io.jenkins.plugins.mdoq.pipeline;

import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Waits until Jenkins has written a Pipeline's program to disk as it stands in a step. What a step did before that, nobody goes
 * on with after a crash: the program then is one that has not come to the step yet, or is in it still although the step was over.
 */
final class SavedProgram {

    private SavedProgram() {}

    /**
     * Does work once the thread that runs the Pipeline has left the step, and the program is on disk; on a thread of the engine. It
     * is done all the same if the program could not be written, of which Jenkins' log tells, or is not to be, as the Pipeline's
     * durability says.
     *
     * @param step the step's name, for the error
     * @throws IOException if there is no Pipeline
     */
    static void then(@NonNull String step, @NonNull StepContext context, @NonNull Runnable work)
            throws IOException, InterruptedException {
        FlowExecution execution = context.get(FlowExecution.class);
        if (execution == null) {
            throw new AbortException(step + " needs a Pipeline around it");
        }
        // When nothing of a Pipeline can go on, its thread writes the program, and then answers who asks for the steps.
        // While another branch goes on, it writes the program only if asked to.
        ListenableFuture<?> saved =
                execution.getCurrentHeads().size() > 1 ? context.saveState() : execution.getCurrentExecutions(true);
        saved.addListener(work, ReleaseHookService.get().executor());
    }
}

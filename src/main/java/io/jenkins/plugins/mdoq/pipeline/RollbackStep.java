package io.jenkins.plugins.mdoq.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code mdoqRollback { … }}: runs its body if and only if the build's webhook history asks for a rollback that has not
 * been started yet (protocol: "Rollback release").
 */
public final class RollbackStep extends Step {

    /** The name of the stage unless another is set. */
    public static final String DEFAULT_NAME = "Rollback release";

    private String name = DEFAULT_NAME;

    /** A rollback step. */
    @DataBoundConstructor
    public RollbackStep() {
        // Needs nothing but its body.
    }

    /** The name of the stage that the body is shown as. */
    @NonNull
    public String getName() {
        return name;
    }

    /** @param name the name of the stage; null or blank for the default */
    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        String trimmed = Util.fixEmptyAndTrim(name);
        this.name = trimmed == null ? DEFAULT_NAME : trimmed;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new RollbackStepExecution(context, name);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "mdoqRollback";
        }

        @Override
        public String getDisplayName() {
            return Messages.RollbackStep_DisplayName();
        }

        /** The name of the stage unless another is set, for the form. */
        @NonNull
        public String getDefaultName() {
            return DEFAULT_NAME;
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            Object name = namedArgs.get("name");
            return name instanceof String ? (String) name : null;
        }
    }
}

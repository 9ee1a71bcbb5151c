package io.jenkins.plugins.mdoq.injenkins;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** A step that sends a POST and does nothing else: what Pipeline itself costs is the same for it as for ours. */
public final class BarePostStep extends Step {

    private final String url;

    /** @param url where to */
    @DataBoundConstructor
    public BarePostStep(String url) {
        this.url = url;
    }

    /** Makes the step known to this controller. */
    static void register() {
        ExtensionList.lookup(StepDescriptor.class).add(0, new DescriptorImpl());
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, url);
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<Void> {
        private static final long serialVersionUID = 1L;
        private final String url;

        Execution(StepContext context, String url) {
            super(context);
            this.url = url;
        }

        @Override
        protected Void run() throws IOException {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write("{\"event\":\"bare\"}".getBytes(StandardCharsets.UTF_8));
            try (InputStream in = connection.getInputStream()) {
                in.readAllBytes();
            }
            return null;
        }
    }

    private static final class DescriptorImpl extends StepDescriptor {
        @NonNull
        @Override
        public String getFunctionName() {
            return "barePost";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(TaskListener.class);
        }
    }
}

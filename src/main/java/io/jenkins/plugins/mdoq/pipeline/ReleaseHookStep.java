package io.jenkins.plugins.mdoq.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * {@code mdoqReleaseHook 'beforeRelease'}: fires an event at the webhooks that listen, waits for their locks, and does to
 * the build what the webhook history says.
 */
public final class ReleaseHookStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String event;

    // Groovy hands in maps and lists of its own; the copies made here serialize.
    private LinkedHashMap<String, Object> instance;
    private LinkedHashMap<String, Object> data;
    private ArrayList<String> webhooks;
    private boolean propagate = true;
    private String stopResult = "ABORTED";

    /**
     * Whether it is set to true, and whether it is set to false; by default neither. Two fields of this type, as a build that waits
     * keeps its step on disk, and the version before knew the first one alone.
     */
    private boolean failIfNoWebhook;

    private boolean passIfNoWebhook;

    /**
     * A step for an event.
     *
     * @param event {@code beforeRelease}, {@code beforeReleaseComplete}, or any name that a webhook listens to
     * @throws IllegalArgumentException if it is no name of an event
     */
    @DataBoundConstructor
    public ReleaseHookStep(@NonNull String event) {
        ReleaseEvent.toFire(event == null ? "" : event);
        this.event = event;
    }

    /** The event as it was written. */
    @NonNull
    public String getEvent() {
        return event;
    }

    /** What is laid over the default description of the thing being released, or null. */
    @CheckForNull
    public Map<String, Object> getInstance() {
        return instance;
    }

    /** @param instance a map that can be written as JSON, or null */
    @DataBoundSetter
    public void setInstance(@CheckForNull Map<String, Object> instance) {
        this.instance = instance == null || instance.isEmpty() ? null : JsonMaps.copy("instance", instance);
    }

    /** More fields of the body, or null. */
    @CheckForNull
    public Map<String, Object> getData() {
        return data;
    }

    /** @param data a map that can be written as JSON and uses no name of the protocol, or null */
    @DataBoundSetter
    public void setData(@CheckForNull Map<String, Object> data) {
        this.data = data == null || data.isEmpty() ? null : JsonMaps.copy("data", data);
    }

    /** The names of the webhooks to ask, or null for all that listen. */
    @CheckForNull
    public List<String> getWebhooks() {
        return webhooks;
    }

    /** @param webhooks names of webhooks; null or empty for all that listen */
    @DataBoundSetter
    public void setWebhooks(@CheckForNull List<String> webhooks) {
        this.webhooks = webhooks == null || webhooks.isEmpty() ? null : new ArrayList<>(webhooks);
    }

    /** Whether the verdict acts on the build; if not, it is only returned. */
    public boolean isPropagate() {
        return propagate;
    }

    /** @param propagate whether the verdict acts on the build */
    @DataBoundSetter
    public void setPropagate(boolean propagate) {
        this.propagate = propagate;
    }

    /** The build's result when a webhook stops the release: {@code ABORTED} or {@code FAILURE}. */
    @NonNull
    public String getStopResult() {
        return stopResult;
    }

    /**
     * Sets the build's result for a stop.
     *
     * @throws IllegalArgumentException if it is neither of the two
     */
    @DataBoundSetter
    public void setStopResult(@NonNull String stopResult) {
        if (!stopResult.equals("ABORTED") && !stopResult.equals("FAILURE")) {
            throw new IllegalArgumentException("stopResult is '" + stopResult + "'; write 'ABORTED' or 'FAILURE'");
        }
        this.stopResult = stopResult;
    }

    /**
     * Whether it is an error that no webhook that decides listens to the event. Null, the default: for an event of a release it
     * is one that none listens to either of the two (protocol: "nobody listens"); for any other event it is none.
     */
    @CheckForNull
    public Boolean getFailIfNoWebhook() {
        return failIfNoWebhook ? Boolean.TRUE : passIfNoWebhook ? Boolean.FALSE : null;
    }

    /** @param failIfNoWebhook see {@link #getFailIfNoWebhook} */
    @DataBoundSetter
    public void setFailIfNoWebhook(@CheckForNull Boolean failIfNoWebhook) {
        this.failIfNoWebhook = Boolean.TRUE.equals(failIfNoWebhook);
        this.passIfNoWebhook = Boolean.FALSE.equals(failIfNoWebhook);
    }

    Result stopResult() {
        return Result.fromString(stopResult);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new ReleaseHookStepExecution(context, this);
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        private static final String FAIL_IF_NO_WEBHOOK = "failIfNoWebhook";

        @Override
        public String getFunctionName() {
            return "mdoqReleaseHook";
        }

        @Override
        public String getDisplayName() {
            return Messages.ReleaseHookStep_DisplayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FlowNode.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            Object event = namedArgs.get("event");
            return event instanceof String ? (String) event : null;
        }

        /** A choice of the form that is none is no value, which a truth value cannot express. */
        @Override
        public Step newInstance(StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
            if ("".equals(formData.opt(FAIL_IF_NO_WEBHOOK))) {
                formData.remove(FAIL_IF_NO_WEBHOOK);
            }
            return super.newInstance(req, formData);
        }

        /** What can be done if no webhook listens. */
        public ListBoxModel doFillFailIfNoWebhookItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.ReleaseHookStep_failUnguarded(), "");
            items.add(Messages.ReleaseHookStep_failAlways(), "true");
            items.add(Messages.ReleaseHookStep_failNever(), "false");
            return items;
        }

        /** Suggests the events of a release. */
        public ComboBoxModel doFillEventItems() {
            return new ComboBoxModel("beforeRelease", "beforeReleaseComplete");
        }

        /** The results that a stop can have. */
        public ListBoxModel doFillStopResultItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.ReleaseHookStep_aborted(), "ABORTED");
            items.add(Messages.ReleaseHookStep_failure(), "FAILURE");
            return items;
        }

        /** Says whether a text can be an event's name. Reveals nothing, so whoever may see the form may ask. */
        @RequirePOST
        public FormValidation doCheckEvent(@AncestorInPath Item item, @QueryParameter String value) {
            if (item == null || !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            try {
                ReleaseEvent.toFire(value);
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}

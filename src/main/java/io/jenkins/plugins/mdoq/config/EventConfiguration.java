package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.mdoq.delivery.EndpointUrl;
import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import java.time.Duration;
import jenkins.model.JenkinsLocationConfiguration;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An event that a webhook listens to, with its settings (protocol: "webhooks and events"). */
public final class EventConfiguration implements Describable<EventConfiguration> {

    private final String event;
    private boolean blocking;
    private Integer lockTimeoutMinutes = 0;
    private OnFail onFail = OnFail.CONTINUE;
    private OnDeliveryError onDeliveryError = OnDeliveryError.FAIL;

    /** @param event the event's name, in any of the spellings that {@link ReleaseEvent} knows */
    @DataBoundConstructor
    public EventConfiguration(@CheckForNull String event) {
        this.event = event == null ? "" : event.strip();
    }

    /** The event's name, as it was written. */
    @NonNull
    public String getEvent() {
        return event == null ? "" : event;
    }

    /** Whether the build halts until the endpoint has released the lock. */
    public boolean isBlocking() {
        return blocking;
    }

    @DataBoundSetter
    public void setBlocking(boolean blocking) {
        this.blocking = blocking;
    }

    /**
     * How long a build waits for the lock, in minutes; 0: indefinitely, as MDOQ does. Null only if what was typed or saved is
     * no whole number.
     */
    @CheckForNull
    public Integer getLockTimeoutMinutes() {
        return lockTimeoutMinutes;
    }

    @DataBoundSetter
    public void setLockTimeoutMinutes(@CheckForNull Integer lockTimeoutMinutes) {
        this.lockTimeoutMinutes = lockTimeoutMinutes;
    }

    /** What a bare fail does; null only if what was saved could not be read. */
    @CheckForNull
    public OnFail getOnFail() {
        return onFail;
    }

    /** @param onFail what a bare fail does; null: the default */
    @DataBoundSetter
    public void setOnFail(@CheckForNull OnFail onFail) {
        this.onFail = onFail == null ? OnFail.CONTINUE : onFail;
    }

    /** What a delivery error does; null only if what was saved could not be read. */
    @CheckForNull
    public OnDeliveryError getOnDeliveryError() {
        return onDeliveryError;
    }

    /** @param onDeliveryError what a delivery error does; null: the default */
    @DataBoundSetter
    public void setOnDeliveryError(@CheckForNull OnDeliveryError onDeliveryError) {
        this.onDeliveryError = onDeliveryError == null ? OnDeliveryError.FAIL : onDeliveryError;
    }

    /** What is wrong with it, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    String problem() {
        String problem = problemOfEvent(getEvent());
        if (problem == null) {
            problem = Checks.numberError("lockTimeoutMinutes", lockTimeoutMinutes, 0, Webhook.MAX_LOCK_TIMEOUT_MINUTES);
        }
        if (problem == null && onFail == null) {
            problem = "onFail could not be read; write CONTINUE, UNSTABLE or FAIL";
        }
        if (problem == null && onDeliveryError == null) {
            problem = "onDeliveryError could not be read; write FAIL or CONTINUE";
        }
        return problem == null ? null : "event '" + getEvent() + "': " + problem;
    }

    /** What is wrong with an event's name, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    static String problemOfEvent(@NonNull String event) {
        try {
            ReleaseEvent.of(event);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /**
     * What the engine works with.
     *
     * @throws IllegalArgumentException if the event has no proper name
     */
    @NonNull
    EventSettings settings() {
        return new EventSettings(
                ReleaseEvent.of(getEvent()), blocking, Duration.ofMinutes(lockTimeoutMinutes), onFail, onDeliveryError);
    }

    /** Describes the row of the form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<EventConfiguration> {

        @Override
        public String getDisplayName() {
            return "Event";
        }

        /** The text of a choice in the form. */
        @NonNull
        public String text(@NonNull OnFail choice) {
            return switch (choice) {
                case CONTINUE -> "Go on, with a warning (as MDOQ does)";
                case UNSTABLE -> "Go on and mark the build unstable";
                case FAIL -> "Fail the build";
            };
        }

        /** The text of a choice in the form. */
        @NonNull
        public String text(@NonNull OnDeliveryError choice) {
            return switch (choice) {
                case FAIL -> "Fail the build";
                case CONTINUE -> "Go on, with a warning";
            };
        }

        /** The events of a release; any other name may be typed. */
        @POST
        public ComboBoxModel doFillEventItems() {
            Checks.onlyAdministrators();
            return new ComboBoxModel("beforeRelease", "beforeReleaseComplete");
        }

        /** Checks the event's name. */
        @POST
        public FormValidation doCheckEvent(@QueryParameter String value) {
            Checks.onlyAdministrators();
            return Checks.show(problemOfEvent(value));
        }

        /** Checks that endpoints can be told where to release a lock. */
        @POST
        public FormValidation doCheckBlocking(@QueryParameter boolean value) {
            Checks.onlyAdministrators();
            String root = JenkinsLocationConfiguration.get().getUrl();
            if (value && root == null) {
                return FormValidation.warning("Jenkins' own URL is not set, so that endpoints cannot be told where to"
                        + " release the lock; set it under Jenkins Location on this page");
            }
            return value && meansThisMachineOnly(root)
                    ? FormValidation.warning("Jenkins' own URL, " + root + ", reaches this machine alone: an endpoint"
                            + " elsewhere cannot release its lock there; change it under Jenkins Location on this page")
                    : FormValidation.ok();
        }

        static boolean meansThisMachineOnly(String root) {
            try {
                return EndpointUrl.parse(root).thisMachineOnly();
            } catch (IllegalArgumentException e) {
                // What is wrong with it is said where it is set.
                return false;
            }
        }

        /** Checks the lock timeout. */
        @POST
        public FormValidation doCheckLockTimeoutMinutes(@QueryParameter String value) {
            Checks.onlyAdministrators();
            return Checks.number(value, 0, Webhook.MAX_LOCK_TIMEOUT_MINUTES);
        }
    }
}

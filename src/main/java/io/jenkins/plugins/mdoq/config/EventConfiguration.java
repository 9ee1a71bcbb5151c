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
            problem = Messages.EventConfiguration_unreadableOnFail();
        }
        if (problem == null && onDeliveryError == null) {
            problem = Messages.EventConfiguration_unreadableOnDeliveryError();
        }
        return problem == null ? null : Messages.EventConfiguration_invalid(getEvent(), problem);
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
            return Messages.EventConfiguration_DisplayName();
        }

        /** The text of a choice in the form. */
        @NonNull
        public String text(@NonNull OnFail choice) {
            return switch (choice) {
                case CONTINUE -> Messages.EventConfiguration_failContinues();
                case UNSTABLE -> Messages.EventConfiguration_failUnstable();
                case FAIL -> Messages.EventConfiguration_failFails();
            };
        }

        /** The text of a choice in the form. */
        @NonNull
        public String text(@NonNull OnDeliveryError choice) {
            return switch (choice) {
                case FAIL -> Messages.EventConfiguration_deliveryErrorFails();
                case CONTINUE -> Messages.EventConfiguration_deliveryErrorContinues();
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

        /** Checks that endpoints can learn where to release a lock. */
        @POST
        public FormValidation doCheckBlocking(@QueryParameter boolean value) {
            Checks.onlyAdministrators();
            String root = JenkinsLocationConfiguration.get().getUrl();
            if (value && root == null) {
                return FormValidation.warning(Messages.EventConfiguration_noJenkinsUrl());
            }
            return value && meansThisMachineOnly(root)
                    ? FormValidation.warning(Messages.EventConfiguration_loopbackJenkinsUrl(root))
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

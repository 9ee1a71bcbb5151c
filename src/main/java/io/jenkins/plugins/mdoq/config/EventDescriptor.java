package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.RelativePath;
import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mdoq.delivery.EndpointUrl;
import io.jenkins.plugins.mdoq.delivery.PayloadFormats;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.WrittenDuration;
import jenkins.model.JenkinsLocationConfiguration;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Describes the row of the form for an event: its choices and checks. */
@Extension
public final class EventDescriptor extends Descriptor<EventConfiguration> {

    /** Called by Jenkins. */
    public EventDescriptor() {
        super(EventConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.EventConfiguration_DisplayName();
    }

    private static String text(@NonNull OnFail choice) {
        return switch (choice) {
            case CONTINUE -> Messages.EventConfiguration_failContinues();
            case UNSTABLE -> Messages.EventConfiguration_failUnstable();
            case FAIL -> Messages.EventConfiguration_failFails();
        };
    }

    private static String text(@NonNull OnDeliveryError choice) {
        return switch (choice) {
            case FAIL -> Messages.EventConfiguration_deliveryErrorFails();
            case CONTINUE -> Messages.EventConfiguration_deliveryErrorContinues();
        };
    }

    private static String text(@NonNull OnLockTimeout choice) {
        return switch (choice) {
            case FAIL -> Messages.EventConfiguration_lockTimeoutFails();
            case STOP -> Messages.EventConfiguration_lockTimeoutStops();
            case ROLLBACK -> Messages.EventConfiguration_lockTimeoutRollsBack();
            case UNSTABLE -> Messages.EventConfiguration_lockTimeoutUnstable();
            case CONTINUE -> Messages.EventConfiguration_lockTimeoutContinues();
        };
    }

    /** What a lock that expired can do. */
    @POST
    public ListBoxModel doFillOnLockTimeoutItems(@QueryParameter String onLockTimeout) {
        Checks.onlyAdministrators();
        return Choice.items(onLockTimeout, OnLockTimeout.class, EventDescriptor::text);
    }

    /** What a bare fail can do. */
    @POST
    public ListBoxModel doFillOnFailItems(@QueryParameter String onFail) {
        Checks.onlyAdministrators();
        return Choice.items(onFail, OnFail.class, EventDescriptor::text);
    }

    /** What a delivery error can do. */
    @POST
    public ListBoxModel doFillOnDeliveryErrorItems(@QueryParameter String onDeliveryError) {
        Checks.onlyAdministrators();
        return Choice.items(onDeliveryError, OnDeliveryError.class, EventDescriptor::text);
    }

    /** The events of a release and those that tell of it; any other name may be typed. */
    @POST
    public ComboBoxModel doFillEventItems() {
        Checks.onlyAdministrators();
        return new ComboBoxModel(
                "beforeRelease",
                "beforeReleaseComplete",
                "beforeReleaseCancelled",
                "beforeReleaseCompleteCancelled",
                "releaseEnded");
    }

    /** Checks the event's name. */
    @POST
    public FormValidation doCheckEvent(@QueryParameter String value) {
        Checks.onlyAdministrators();
        return Checks.show(EventConfiguration.problemOfEvent(value));
    }

    /**
     * Checks that endpoints can learn where to release a lock, and that there is one in the webhook's format.
     *
     * @param event the event that was chosen
     * @param format the format that was chosen for the webhook
     */
    @POST
    public FormValidation doCheckBlocking(
            @QueryParameter boolean value,
            @QueryParameter String event,
            @RelativePath("..") @QueryParameter String format) {
        Checks.onlyAdministrators();
        String problem = PayloadFormats.optionError(PayloadFormats.kept(format), "blocking", value);
        // Nothing comes of a field that is not on the page.
        if (problem == null && event != null && EventConfiguration.problemOfEvent(event) == null) {
            problem = ReleaseEvent.of(event).blockingError(value);
        }
        if (problem != null) {
            return Checks.show(problem);
        }
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
    public FormValidation doCheckLockTimeout(@QueryParameter String value) {
        Checks.onlyAdministrators();
        return Checks.show(Checks.named("it", WrittenDuration.error(value)));
    }

    /** Checks the heartbeat. */
    @POST
    public FormValidation doCheckHeartbeat(@QueryParameter String value) {
        Checks.onlyAdministrators();
        return Checks.show(Checks.named("it", WrittenDuration.error(value)));
    }
}

package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Describable;
import io.jenkins.plugins.mdoq.hook.EventSettings;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.WrittenDuration;
import java.time.Duration;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** An event that a webhook listens to, with its settings (protocol: "webhooks and events"). */
public final class EventConfiguration implements Describable<EventConfiguration> {

    private final String event;

    /** Whether it blocks, as it was written; null: no. */
    private String blocking;

    private String lockTimeout = "";

    /** Null unless the lock timeout was given in minutes, as it was before it had units; may be no number. */
    private String lockTimeoutMinutes;

    private String heartbeat = "";

    /** The name of a choice or what was written instead of one; null: the default. */
    private String onLockTimeout;

    private String onFail;
    private String onDeliveryError;

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
        return TrueOrFalse.isTrue(blocking);
    }

    /** @param blocking {@code true} or {@code false}; null: false */
    @DataBoundSetter
    public void setBlocking(@CheckForNull String blocking) {
        this.blocking = blocking;
    }

    /** Brings the lock timeout of an older version's file into the form of this one; one that is no number is kept as it is. */
    private Object readResolve() {
        if (lockTimeoutMinutes != null && (lockTimeout == null || lockTimeout.isEmpty())) {
            lockTimeout = problemOfMinutes() == null ? getLockTimeout() : lockTimeoutMinutes.strip();
            lockTimeoutMinutes = null;
        }
        return this;
    }

    /** How long a build waits for the lock, such as {@code 30m}; empty or {@code 0}: indefinitely, as MDOQ does. */
    @NonNull
    public String getLockTimeout() {
        if (lockTimeout != null && !lockTimeout.isEmpty()) {
            return lockTimeout;
        }
        return lockTimeoutMinutes == null || problemOfMinutes() != null
                ? ""
                : WrittenDuration.text(Duration.ofMinutes(Integer.parseInt(lockTimeoutMinutes)));
    }

    private String problemOfMinutes() {
        return Checks.numberError(
                "lockTimeoutMinutes", Checks.wholeNumber(lockTimeoutMinutes), 0, Webhook.MAX_LOCK_TIMEOUT_MINUTES);
    }

    /** @param lockTimeout a {@link WrittenDuration}; null: none */
    @DataBoundSetter
    public void setLockTimeout(@CheckForNull String lockTimeout) {
        this.lockTimeout = lockTimeout == null ? "" : lockTimeout.strip();
    }

    /** Always null: a lock timeout that was given in minutes is shown by {@link #getLockTimeout}. */
    @CheckForNull
    public Integer getLockTimeoutMinutes() {
        return null;
    }

    /**
     * Sets the lock timeout as it was written before it had units. Not marked as deprecated, since configuration as code
     * would refuse it then.
     *
     * @param minutes 0: indefinitely; null: what was typed is no whole number
     */
    @DataBoundSetter
    public void setLockTimeoutMinutes(@CheckForNull Integer minutes) {
        lockTimeoutMinutes = minutes == null ? "" : minutes.toString();
    }

    /** How long an endpoint may hold the lock without a sign of it, such as {@code 90s}; empty or {@code 0}: as long as it likes. */
    @NonNull
    public String getHeartbeat() {
        return heartbeat == null ? "" : heartbeat;
    }

    /** @param heartbeat a {@link WrittenDuration}; null: none */
    @DataBoundSetter
    public void setHeartbeat(@CheckForNull String heartbeat) {
        this.heartbeat = heartbeat == null ? "" : heartbeat.strip();
    }

    /** What a lock that expired does: the name of an {@link OnLockTimeout}, or what was written instead of one. */
    @NonNull
    public String getOnLockTimeout() {
        return onLockTimeout == null ? OnLockTimeout.FAIL.name() : onLockTimeout;
    }

    /** @param onLockTimeout the name of an {@link OnLockTimeout}, in upper or lower case; null: the default */
    @DataBoundSetter
    public void setOnLockTimeout(@CheckForNull String onLockTimeout) {
        this.onLockTimeout = Choice.kept(onLockTimeout, OnLockTimeout.class);
    }

    /** What a bare fail does: the name of an {@link OnFail}, or what was written instead of one. */
    @NonNull
    public String getOnFail() {
        return onFail == null ? OnFail.CONTINUE.name() : onFail;
    }

    /** @param onFail the name of an {@link OnFail}, in upper or lower case; null: the default */
    @DataBoundSetter
    public void setOnFail(@CheckForNull String onFail) {
        this.onFail = Choice.kept(onFail, OnFail.class);
    }

    /** What a delivery error does: the name of an {@link OnDeliveryError}, or what was written instead of one. */
    @NonNull
    public String getOnDeliveryError() {
        return onDeliveryError == null ? OnDeliveryError.FAIL.name() : onDeliveryError;
    }

    /** @param onDeliveryError the name of an {@link OnDeliveryError}, in upper or lower case; null: the default */
    @DataBoundSetter
    public void setOnDeliveryError(@CheckForNull String onDeliveryError) {
        this.onDeliveryError = Choice.kept(onDeliveryError, OnDeliveryError.class);
    }

    /** Whether a value that it needs is blank, as when it was to come from a variable that is not set. */
    boolean lacksValue() {
        return getEvent().isBlank()
                || TrueOrFalse.isBlank(blocking)
                || getOnLockTimeout().isBlank()
                || getOnFail().isBlank()
                || getOnDeliveryError().isBlank()
                || lockTimeoutMinutes != null && lockTimeoutMinutes.isBlank();
    }

    /** What is wrong with it, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    String problem() {
        String problem = problemOfEvent(getEvent());
        if (problem == null) {
            problem = TrueOrFalse.problem("blocking", blocking);
        }
        if (problem == null) {
            problem = ReleaseEvent.of(getEvent()).blockingError(isBlocking());
        }
        if (problem == null) {
            problem = problemOfLockTimeout();
        }
        if (problem == null) {
            problem = Checks.named("heartbeat", WrittenDuration.error(getHeartbeat()));
        }
        if (problem == null) {
            problem = Choice.problem("onLockTimeout", onLockTimeout, OnLockTimeout.class);
        }
        if (problem == null) {
            problem = Choice.problem("onFail", onFail, OnFail.class);
        }
        if (problem == null) {
            problem = Choice.problem("onDeliveryError", onDeliveryError, OnDeliveryError.class);
        }
        return problem == null ? null : Messages.EventConfiguration_invalid(getEvent(), problem);
    }

    private String problemOfLockTimeout() {
        if (lockTimeoutMinutes == null) {
            return Checks.named("lockTimeout", WrittenDuration.error(getLockTimeout()));
        }
        return lockTimeout != null && !lockTimeout.isEmpty()
                ? Messages.EventConfiguration_lockTimeoutTwice()
                : problemOfMinutes();
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
     * @throws IllegalArgumentException if it has a {@link #problem}
     */
    @NonNull
    EventSettings settings() {
        return new EventSettings(
                ReleaseEvent.of(getEvent()),
                isBlocking(),
                WrittenDuration.parse(getLockTimeout()),
                chosen(Choice.of(onFail, OnFail.CONTINUE)),
                chosen(Choice.of(onDeliveryError, OnDeliveryError.FAIL)),
                WrittenDuration.parse(getHeartbeat()),
                chosen(Choice.of(onLockTimeout, OnLockTimeout.FAIL)));
    }

    private <E> E chosen(@CheckForNull E choice) {
        if (choice == null) {
            throw new IllegalArgumentException(problem());
        }
        return choice;
    }
}

package io.jenkins.plugins.mdoq.hook;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import java.time.Duration;

/**
 * The settings of one event of one webhook (protocol: "webhooks and events").
 *
 * @param event the event
 * @param blocking whether the process halts until the lock has been removed
 * @param lockTimeout how long it waits; zero: indefinitely, as MDOQ does
 * @param onFail what a bare fail does
 * @param onDeliveryError what a delivery error does
 * @param heartbeat how long the endpoint may hold the lock without a sign of it; zero: for as long as it likes
 * @param onLockTimeout what a lock that expired does, by its timeout or its heartbeat
 */
public record EventSettings(
        @NonNull ReleaseEvent event,
        boolean blocking,
        @NonNull Duration lockTimeout,
        @NonNull OnFail onFail,
        @NonNull OnDeliveryError onDeliveryError,
        @NonNull Duration heartbeat,
        @NonNull OnLockTimeout onLockTimeout) {

    /** The settings that an event has unless it is set otherwise. */
    @NonNull
    public static EventSettings of(@NonNull ReleaseEvent event) {
        return new EventSettings(
                event, false, Duration.ZERO, OnFail.CONTINUE, OnDeliveryError.FAIL, Duration.ZERO, OnLockTimeout.FAIL);
    }
}

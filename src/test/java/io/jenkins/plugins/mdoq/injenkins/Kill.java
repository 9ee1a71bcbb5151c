package io.jenkins.plugins.mdoq.injenkins;

import java.util.Optional;

/** A kind of moment at which a controller is killed, and how long after it at the most. */
public enum Kill {
    /** The event is in the history, and its request may not have left yet. */
    BEFORE_REQUEST(null, 3),
    /** The request is at the endpoint. */
    IN_FLIGHT(PlannedEndpoint.Moment.ASKED, 0),
    /** The answer is on its way, or just read. */
    ANSWERED(PlannedEndpoint.Moment.ANSWERED, 6),
    /** A build waits for its lock. */
    LOCK_HELD(PlannedEndpoint.Moment.ANSWERED, 400),
    /** The lock's release is on its way, or is being answered. */
    RELEASING(PlannedEndpoint.Moment.RELEASING, 12),
    /** The lock's release was answered, and the build goes on at this moment. */
    RELEASED(PlannedEndpoint.Moment.RELEASED, 6),
    /** Notes of progress are being written to the history. */
    WRITING(PlannedEndpoint.Moment.REPORTING, 6),
    /** The rollback's body runs. */
    ROLLING_BACK(null, 500),
    /** An endpoint is being told what became of the release. */
    ENDING(PlannedEndpoint.Moment.NOTICE, 3);

    private final PlannedEndpoint.Moment moment;
    private final int within;

    Kill(PlannedEndpoint.Moment moment, int within) {
        this.moment = moment;
        this.within = within;
    }

    /** What the endpoint sees of the moment; nothing if only the controller's disk shows it. */
    public Optional<PlannedEndpoint.Moment> moment() {
        return Optional.ofNullable(moment);
    }

    /** How long after the moment at the most, in milliseconds. */
    public int within() {
        return within;
    }
}

package io.jenkins.plugins.mdoq.hook;

import io.jenkins.plugins.mdoq.kit.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The time that passes, by which timers go, and the clock on the wall, which somebody may set. */
final class ModelTime extends Clock {

    /** How long the machine has been up; never set. */
    final MovableClock uptime = new MovableClock();

    private Duration offset = Duration.ZERO;

    void pass(Duration by) {
        uptime.advance(by);
    }

    void passUntil(Instant due) {
        if (due.isAfter(uptime.instant())) {
            uptime.set(due);
        }
    }

    void setClock(Duration by) {
        offset = offset.plus(by);
    }

    @Override
    public Instant instant() {
        return uptime.instant().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return uptime.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}

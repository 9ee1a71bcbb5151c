package io.jenkins.plugins.mdoq.kit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is moved. */
public final class MovableClock extends Clock {

    /** Where a clock stands of which no test wants to know more. */
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private volatile Instant now;

    public MovableClock() {
        this(START);
    }

    public MovableClock(Instant now) {
        this.now = now;
    }

    /** Moves it forward. */
    public void advance(Duration by) {
        now = now.plus(by);
    }

    /** Moves it to an instant. */
    public void set(Instant to) {
        now = to;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}

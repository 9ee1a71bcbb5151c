package io.jenkins.plugins.mdoq.cli;

/** A kind of moment at which a release is killed, and how long after it the kill comes at the most, in milliseconds. */
enum Kill {
    /** The first fact is on disk. */
    BEFORE_REQUEST(2),
    IN_FLIGHT(0),
    ANSWERED(5),
    LOCK_HELD(300),
    REPORTING(5),
    RELEASING(10),
    RELEASED(5),
    COMMAND(250),
    ROLLBACK(250),
    ENDING(3),
    /** Whenever it is, the start of the program included. */
    ANY(1500);

    final int within;

    Kill(int within) {
        this.within = within;
    }
}

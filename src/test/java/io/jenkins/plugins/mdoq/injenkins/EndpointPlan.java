package io.jenkins.plugins.mdoq.injenkins;

import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.util.Objects;
import java.util.Random;

/**
 * What an endpoint does with an event of a build. It is the same each time it is asked for, so that the endpoint gives one
 * verdict however often the controller is killed.
 *
 * @param outcome the verdict that it gives
 * @param way how it gives it
 * @param answerAfter how long it thinks before it answers, in milliseconds
 * @param releaseAfter how long it works before it releases the lock, in milliseconds
 * @param notes how often it reports progress while it works
 */
public record EndpointPlan(Outcome outcome, Way way, int answerAfter, int releaseAfter, int notes) {

    /** How an endpoint gives its verdict. */
    public enum Way {
        /** In the answer; it releases the lock without a result. */
        ANSWER,
        /** With the lock's release, after the answer. */
        RELEASE,
        /** With the lock's release, before the answer. */
        EARLY_RELEASE
    }

    /** The plan for an event of a build. */
    public static EndpointPlan of(long seed, String build, String event) {
        Random random = new Random(seed * 31 + Objects.hash(build, event));
        random.nextInt();
        int roll = random.nextInt(100);
        // The first event mostly lets the build go on, so that there is a second one.
        int success = event.equals("before_release") ? 75 : 45;
        Outcome outcome = roll < success ? Outcome.SUCCESS : roll < success + 12 ? Outcome.STOP : Outcome.ROLLBACK;
        return new EndpointPlan(
                outcome,
                Way.values()[random.nextInt(Way.values().length)],
                random.nextInt(300),
                random.nextInt(2500),
                random.nextInt(12));
    }

    /** The JSON that it answers a request with. */
    String answer() {
        return way == Way.ANSWER ? verdict() : "{\"message\":\"queued\"}";
    }

    /** Whether it releases the lock; the answer alone may have ended the release, and then it need not. */
    boolean releases() {
        return way != Way.ANSWER || outcome == Outcome.SUCCESS;
    }

    /** The fields of the lock's release, beside lock and secret. */
    String release() {
        return way == Way.ANSWER ? "{}" : verdict();
    }

    private String verdict() {
        return switch (outcome) {
            case STOP -> "{\"result\":\"fail\",\"stop_release\":true,\"message\":\"not today\"}";
            case ROLLBACK -> "{\"result\":\"fail\",\"rollback_release\":true,\"message\":\"undo it\"}";
            default -> "{\"result\":\"success\"}";
        };
    }
}

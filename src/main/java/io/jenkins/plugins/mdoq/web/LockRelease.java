package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.lock.LockStatus;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An operator's release of a lock, from whichever side it is asked for. The caller has checked that they may.
 *
 * @param status the HTTP status that says what came of it; 200 if the lock is released as was asked
 * @param text the same in words, one sentence; empty for 200
 */
record LockRelease(int status, @NonNull String text) {

    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int SERVICE_UNAVAILABLE = 503;

    private static final Logger LOGGER = Logger.getLogger(LockRelease.class.getName());

    /**
     * Releases the lock of a delivery.
     *
     * @param delivery the delivery that holds it, or null if none was named
     * @param word one of {@code success}, {@code fail}, {@code stop} and {@code rollback}, or null if none was given
     * @param message why; required of all but a success
     * @param operator the operator's user id
     * @param from where they are, such as {@code at 192.0.2.7}
     */
    @NonNull
    static LockRelease of(
            @NonNull Run<?, ?> run,
            @CheckForNull String delivery,
            @CheckForNull String word,
            @CheckForNull String message,
            @NonNull String operator,
            @NonNull String from) {
        OperatorRelease release = OperatorRelease.of(word);
        if (release == null) {
            return new LockRelease(
                    BAD_REQUEST,
                    word == null
                            ? Messages.LockRelease_outcomeMissing()
                            : Messages.LockRelease_outcomeUnknown(PlainText.line(Limits.text(word, 60))));
        }
        if (release.needsReason() && (message == null || message.isBlank())) {
            return new LockRelease(BAD_REQUEST, Messages.LockRelease_reasonMissing(release.word()));
        }
        try {
            DeliveryHistory entry = entry(run, delivery);
            String lock = entry == null ? null : entry.plan().lock();
            if (entry == null || lock == null) {
                return new LockRelease(NOT_FOUND, Messages.LockRelease_noSuchLock());
            }
            LockStatus status = ReleaseHookService.get()
                    .locks()
                    .release(entry.plan().lock(), release.data(message, operator), operator, from);
            LOGGER.log(
                    Level.INFO, "Operator {0} {1} asked to release the lock of {2} in {3} as {4}: {5}", new Object[] {
                        operator,
                        from,
                        PlainText.line(entry.plan().webhook()),
                        run,
                        release.word(),
                        status == null ? "no such lock" : status.kind()
                    });
            return status == null
                    ? new LockRelease(NOT_FOUND, Messages.LockRelease_noSuchLock())
                    : of(
                            status,
                            entry(run, delivery),
                            PlainText.line(entry.plan().webhook()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not release a lock of " + run);
            return new LockRelease(SERVICE_UNAVAILABLE, Messages.LockRelease_notDecided());
        }
    }

    private static LockRelease of(LockStatus status, @CheckForNull DeliveryHistory entry, String webhook) {
        return switch (status.kind()) {
            case RELEASED -> new LockRelease(OK, "");
            case RELEASED_OTHERWISE ->
                new LockRelease(
                        CONFLICT,
                        entry == null || entry.release() == null
                                ? Messages.LockRelease_notHeld(webhook)
                                : Messages.LockRelease_releasedOtherwise(
                                        webhook, PlainText.line(entry.release().by())));
            case HELD, FULL, COUNTED, OVER -> new LockRelease(CONFLICT, Messages.LockRelease_notHeld(webhook));
        };
    }

    /** The entry of a delivery in a build's history, or null. */
    @CheckForNull
    static DeliveryHistory entry(@NonNull Run<?, ?> run, @CheckForNull String delivery) throws IOException {
        if (delivery != null) {
            for (EventHistory event : BuildHistory.of(run).read().events()) {
                DeliveryHistory entry = event.entry(delivery);
                if (entry != null) {
                    return entry;
                }
            }
        }
        return null;
    }
}

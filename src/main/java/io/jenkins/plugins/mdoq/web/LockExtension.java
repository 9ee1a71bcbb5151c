package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.lock.LockStatus;
import io.jenkins.plugins.mdoq.lock.Locks;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An operator giving a lock more time (protocol: "more time"), from whichever side it is asked for. The caller has checked
 * that they may.
 *
 * @param status the HTTP status that says what came of it; 200 if the deadline was moved
 * @param text why not, one sentence; empty for 200
 * @param deadline when the lock expires now unless something happens, or null if nothing was moved
 */
record LockExtension(
        int status, @NonNull String text, @CheckForNull Instant deadline) {

    /** The most that is given at once, in minutes: 30 days. */
    static final int MOST_MINUTES = 30 * 24 * 60;

    private static final Logger LOGGER = Logger.getLogger(LockExtension.class.getName());

    /**
     * Gives the lock of a delivery more time.
     *
     * @param delivery the delivery that holds it, or null if none was named
     * @param minutes how many minutes more, as they were written
     * @param reason why, or nothing
     * @param operator the operator's user id
     * @param from where they are, such as {@code at 192.0.2.7}
     */
    @NonNull
    static LockExtension of(
            @NonNull Run<?, ?> run,
            @CheckForNull String delivery,
            @CheckForNull String minutes,
            @CheckForNull String reason,
            @NonNull String operator,
            @NonNull String from) {
        int more = minutes == null ? 0 : minutes(minutes.strip());
        if (more == 0) {
            return refused(LockRelease.BAD_REQUEST, Messages.LockExtension_minutes(Integer.toString(MOST_MINUTES)));
        }
        try {
            DeliveryHistory entry = LockRelease.entry(run, delivery);
            String lock = entry == null ? null : entry.plan().lock();
            if (entry == null || lock == null) {
                return refused(LockRelease.NOT_FOUND, Messages.LockRelease_noSuchLock());
            }
            Locks.Extension extension = ReleaseHookService.get()
                    .locks()
                    .extend(
                            lock,
                            Duration.ofMinutes(more),
                            "operator " + operator + " " + from,
                            reason == null || reason.isBlank() ? null : reason.strip());
            if (extension == null) {
                return refused(LockRelease.NOT_FOUND, Messages.LockRelease_noSuchLock());
            }
            String webhook = PlainText.line(entry.plan().webhook());
            LOGGER.log(
                    Level.INFO,
                    "Operator {0} {1} asked for {2} minutes more for the lock of {3} in {4}: {5}",
                    new Object[] {
                        operator,
                        from,
                        more,
                        webhook,
                        run,
                        extension.extended() ? "given" : extension.status().kind()
                    });
            if (extension.extended()) {
                return new LockExtension(LockRelease.OK, "", extension.deadline());
            }
            return refused(
                    LockRelease.CONFLICT,
                    extension.status().kind() == LockStatus.Kind.HELD
                            ? Messages.LockExtension_noDeadline(webhook)
                            : Messages.LockRelease_notHeld(webhook));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not give a lock of " + run + " more time");
            return refused(LockRelease.SERVICE_UNAVAILABLE, Messages.LockRelease_notDecided());
        }
    }

    private static LockExtension refused(int status, String text) {
        return new LockExtension(status, text, null);
    }

    /** A whole number of minutes within bounds, or 0. */
    private static int minutes(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            return 0;
        }
        int minutes = Integer.parseInt(text);
        return minutes <= MOST_MINUTES ? minutes : 0;
    }
}

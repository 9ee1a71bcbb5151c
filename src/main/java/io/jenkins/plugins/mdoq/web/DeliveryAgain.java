package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.controller.ReleaseHookService;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Resending;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An operator sending a delivery again that is over. The caller has checked that they may.
 *
 * @param status the HTTP status that says what came of it; 200 if it is being sent
 * @param text why not, one sentence; empty for 200
 */
record DeliveryAgain(int status, @NonNull String text) {

    private static final Logger LOGGER = Logger.getLogger(DeliveryAgain.class.getName());

    /**
     * Sends a delivery again, with the settings that its webhook has now.
     *
     * @param delivery the delivery's id, or null if none was named
     * @param operator the operator's user id
     * @param from where they are, such as {@code at 192.0.2.7}
     */
    @NonNull
    static DeliveryAgain of(
            @NonNull Run<?, ?> run, @CheckForNull String delivery, @NonNull String operator, @NonNull String from) {
        try {
            DeliveryHistory entry = LockRelease.entry(run, delivery);
            if (entry == null || delivery == null) {
                return new DeliveryAgain(LockRelease.NOT_FOUND, Messages.DeliveryAgain_noSuchDelivery());
            }
            String name = PlainText.line(entry.plan().webhook());
            List<Webhook> webhooks = MdoqGlobalConfiguration.get().engineWebhooks();
            Webhook webhook = webhooks.stream()
                    .filter(each -> each.name().equals(entry.plan().webhook()))
                    .findFirst()
                    .orElse(null);
            if (webhook == null) {
                return new DeliveryAgain(LockRelease.CONFLICT, Messages.DeliveryAgain_webhookGone(name));
            }
            Resending.Permitted permitted = ReleaseHookService.get()
                    .hook()
                    .sendAgain(
                            ReleaseHookService.process(run, fact -> {}),
                            webhook,
                            delivery,
                            "operator " + operator + " " + from)
                    .join();
            LOGGER.log(
                    Level.INFO,
                    "Operator {0} {1} asked to send the delivery {2} to {3} in {4} again: {5}",
                    new Object[] {operator, from, delivery, name, run, permitted});
            return permitted == null
                    ? new DeliveryAgain(LockRelease.NOT_FOUND, Messages.DeliveryAgain_noSuchDelivery())
                    : of(permitted, name);
        } catch (IllegalStateException e) {
            // The configuration is invalid, in a line that says what to do.
            return new DeliveryAgain(LockRelease.CONFLICT, PlainText.line(String.valueOf(e.getMessage())));
        } catch (IOException | CompletionException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not send a delivery of " + run + " again");
            return new DeliveryAgain(LockRelease.SERVICE_UNAVAILABLE, Messages.DeliveryAgain_notSent());
        }
    }

    private static DeliveryAgain of(Resending.Permitted permitted, String webhook) {
        return switch (permitted) {
            case YES -> new DeliveryAgain(LockRelease.OK, "");
            case BLOCKS -> new DeliveryAgain(LockRelease.CONFLICT, Messages.DeliveryAgain_blocks(webhook));
            case OPEN -> new DeliveryAgain(LockRelease.CONFLICT, Messages.DeliveryAgain_open(webhook));
            case UNDER_WAY -> new DeliveryAgain(LockRelease.CONFLICT, Messages.DeliveryAgain_underWay(webhook));
            case FULL ->
                new DeliveryAgain(
                        LockRelease.CONFLICT, Messages.DeliveryAgain_full(webhook, Integer.toString(Resending.MOST)));
        };
    }
}

package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.delivery.PayloadFormats;
import io.jenkins.plugins.mdoq.hook.ReleaseEvent;
import io.jenkins.plugins.mdoq.hook.Webhook;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with webhooks as they were written down. What a credential holds is no part of the configuration, so it is not
 * looked at here.
 */
final class WebhookProblems {

    private WebhookProblems() {}

    /** What is wrong with several webhooks, one line about the first thing that is; null if nothing is. */
    @CheckForNull
    static String of(@NonNull List<WebhookConfiguration> webhooks) {
        Set<String> names = new HashSet<>();
        for (WebhookConfiguration webhook : webhooks) {
            String problem = of(webhook);
            if (problem != null) {
                return problem;
            }
            if (!names.add(webhook.getName())) {
                return Messages.WebhookProblems_inWebhook(webhook.getName(), Messages.WebhookProblems_nameTwice());
            }
        }
        return null;
    }

    /** What is wrong with a webhook, one line that says where it is and what to write instead; null if nothing is. */
    @CheckForNull
    static String of(@NonNull WebhookConfiguration webhook) {
        String problem = first(webhook);
        return problem == null ? null : Messages.WebhookProblems_inWebhook(webhook.getName(), problem);
    }

    private static String first(WebhookConfiguration webhook) {
        String problem = Webhook.nameError(webhook.getName());
        if (problem == null) {
            problem = ofUrl(webhook);
        }
        if (problem == null && webhook.lacksRows()) {
            problem = Messages.WebhookProblems_unreadableRows();
        }
        String format = PayloadFormats.kept(webhook.getFormat());
        // Others are asked for only if it is none of ours: what is saved is looked at while Jenkins still finds its
        // extensions.
        if (problem == null && format != null && PayloadFormats.BUILT_IN.find(format) == null) {
            problem = WebhookFormat.formats().nameError(format);
        }
        if (problem == null && format == null) {
            problem = ofSecrets(webhook);
        }
        if (problem == null) {
            problem = webhook.problemOfSign();
        }
        if (problem == null) {
            problem = PayloadFormats.optionError(format, "sign", webhook.isSign());
        }
        if (problem == null) {
            problem = Checks.numberError("timeoutSeconds", webhook.getTimeoutSeconds(), 1, Webhook.MAX_TIMEOUT_SECONDS);
        }
        if (problem == null) {
            problem = Checks.numberError("tries", webhook.getTries(), 1, Webhook.MAX_TRIES);
        }
        if (problem == null) {
            problem = field("allowFrom", AddressRanges.validationError(webhook.getAllowFrom()));
        }
        if (problem == null) {
            problem = field("jobs", JobRows.validationError(webhook.getJobs()));
        }
        return problem == null ? ofEvents(webhook.getEvents(), format) : problem;
    }

    private static String ofUrl(WebhookConfiguration webhook) {
        if (webhook.getUrlCredentialsId().isEmpty()) {
            return field("url", Webhook.urlError(webhook.getUrl()));
        }
        return webhook.getUrl().isEmpty() ? null : Messages.WebhookProblems_twoUrls();
    }

    private static String ofSecrets(WebhookConfiguration webhook) {
        for (SecretReference secret : webhook.getSecrets()) {
            String problem = secret.problem();
            if (problem != null) {
                return problem;
            }
        }
        return webhook.getSecrets().isEmpty() ? Messages.WebhookProblems_noSecret() : null;
    }

    private static String ofEvents(List<EventConfiguration> events, String format) {
        List<ReleaseEvent> seen = new ArrayList<>();
        for (EventConfiguration event : events) {
            String problem = event.problem();
            if (problem != null) {
                return problem;
            }
            String option = PayloadFormats.optionError(format, "blocking", event.isBlocking());
            if (option != null) {
                return Messages.EventConfiguration_invalid(event.getEvent(), option);
            }
            if (seen.stream().anyMatch(other -> other.is(event.getEvent()))) {
                return Messages.EventConfiguration_invalid(event.getEvent(), Messages.WebhookProblems_eventTwice());
            }
            seen.add(ReleaseEvent.of(event.getEvent()));
        }
        return null;
    }

    private static String field(String name, String problem) {
        return problem == null ? null : Messages.WebhookProblems_inField(name, problem);
    }
}

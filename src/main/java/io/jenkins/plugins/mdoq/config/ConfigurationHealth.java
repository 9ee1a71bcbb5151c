package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.JenkinsLocationConfiguration;

/** What of the configuration and of the credentials that it names makes releases fail. */
public final class ConfigurationHealth {

    private ConfigurationHealth() {}

    /** All that is wrong now, a line each, without secrets. Asks the credentials' stores, which may be slow. */
    @NonNull
    public static List<String> problems() {
        MdoqGlobalConfiguration configuration = MdoqGlobalConfiguration.get();
        List<String> problems = new ArrayList<>();
        add(problems, configuration.getProblem());
        boolean blocks = false;
        for (WebhookConfiguration webhook : configuration.getWebhooks()) {
            if (!webhook.getUrlCredentialsId().isEmpty()) {
                addTo(problems, webhook, WebhookUrls.validationError(webhook.getUrlCredentialsId()));
            }
            for (String id : webhook.secretIds()) {
                addTo(problems, webhook, WebhookSecrets.validationError(id));
            }
            blocks |= webhook.getEvents().stream().anyMatch(EventConfiguration::isBlocking);
        }
        if (blocks && JenkinsLocationConfiguration.get().getUrl() == null) {
            add(problems, Messages.ConfigurationHealth_noJenkinsUrl());
        }
        return problems;
    }

    private static void addTo(List<String> problems, WebhookConfiguration webhook, String problem) {
        add(problems, problem == null ? null : Messages.WebhookProblems_inWebhook(webhook.getName(), problem));
    }

    private static void add(List<String> problems, String problem) {
        if (problem != null) {
            problems.add(Checks.sentence(problem));
        }
    }
}

package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Secrets and URLs from the configuration file and the environment. */
final class ConfigurationDirectory implements WebhookDirectory {

    private final Configuration configuration;
    private final Map<String, String> environment;

    ConfigurationDirectory(Configuration configuration, Map<String, String> environment) {
        this.configuration = configuration;
        this.environment = environment;
    }

    /** What the file says of the webhook now; if it is gone from there, what its variables hold. */
    @Override
    public Secrets secrets(String webhook, List<String> secretIds) {
        Secrets configured = configuration.secrets().get(webhook);
        if (configured != null) {
            return configured;
        }
        List<SharedSecret> found = new ArrayList<>();
        for (String variable : secretIds) {
            String secret = SharedSecret.withoutLineBreak(environment.get(variable));
            if (SharedSecret.validationError(secret) == null) {
                found.add(SharedSecret.of(secret));
            }
        }
        return Secrets.of(found);
    }

    @Override
    public Secrets all() {
        return Secrets.union(configuration.secrets().values());
    }

    @Override
    public WebhookUrl url(String webhook) {
        return configuration.webhooks().stream()
                .filter(configured -> configured.name().equals(webhook))
                .map(Webhook::url)
                .findFirst()
                .orElseGet(() -> WebhookUrl.ofNobody(webhook));
    }

    @Override
    public Collection<URI> urls() {
        return configuration.webhooks().stream()
                .map(configured -> configured.url().url())
                .toList();
    }
}

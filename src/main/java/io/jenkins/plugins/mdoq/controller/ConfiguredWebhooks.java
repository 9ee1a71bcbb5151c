package io.jenkins.plugins.mdoq.controller;

import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.util.Collection;
import java.util.List;

/** The secrets and URLs of the webhooks, as the controller's configuration and credentials have them. */
final class ConfiguredWebhooks implements WebhookDirectory {

    @Override
    public Secrets secrets(String webhook, List<String> secretIds) {
        return MdoqGlobalConfiguration.get().secrets(webhook, secretIds);
    }

    @Override
    public Secrets all() {
        return MdoqGlobalConfiguration.get().allSecrets();
    }

    @Override
    public WebhookUrl url(String webhook) {
        return MdoqGlobalConfiguration.get().url(webhook);
    }

    @Override
    public Collection<URI> urls() {
        return MdoqGlobalConfiguration.get().urls();
    }
}

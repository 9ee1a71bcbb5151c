package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the configuration file says, secrets resolved.
 *
 * @param webhooks the webhooks, their secret ids being names of environment variables
 * @param secrets the secrets by the webhook's name
 * @param notes what should be known of it, one line each
 * @param variables the environment variables that secrets and URLs come from
 */
record Configuration(List<Webhook> webhooks, Map<String, Secrets> secrets, List<String> notes, Set<String> variables) {

    /** Masks the secrets and URLs of all webhooks. */
    Redactor redactor() {
        return Redactor.of(
                Secrets.union(secrets.values()),
                webhooks.stream().map(webhook -> webhook.url().url()).toList());
    }
}

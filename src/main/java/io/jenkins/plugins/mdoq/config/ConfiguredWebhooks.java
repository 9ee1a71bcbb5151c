package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.secret.Redactor;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The secrets and URLs of the webhooks, as the controller's configuration and credentials have them at each call. Safe for any
 * thread.
 */
public final class ConfiguredWebhooks implements WebhookDirectory {

    /** A redactor that knows the secrets and URLs of all webhooks that are configured now. */
    @NonNull
    public static Redactor redactor() {
        return new ConfiguredWebhooks().redactor(Secrets.NONE);
    }

    @Override
    @NonNull
    public Secrets secrets(@NonNull String webhook, @NonNull List<String> secretIds) {
        List<String> ids = new ArrayList<>(secretIds);
        for (WebhookConfiguration configured : webhooks()) {
            if (configured.getName().equals(webhook)) {
                ids.addAll(configured.secretIds());
            }
        }
        return WebhookSecrets.of(ids);
    }

    @Override
    @NonNull
    public Secrets all() {
        return WebhookSecrets.of(webhooks().stream()
                .flatMap(webhook -> webhook.secretIds().stream())
                .toList());
    }

    @Override
    @NonNull
    public WebhookUrl url(@NonNull String webhook) {
        for (WebhookConfiguration configured : webhooks()) {
            if (configured.getName().equals(webhook)) {
                String problem = configured.problem();
                return problem == null
                        ? configured.webhookUrl()
                        : WebhookUrl.unknown(Messages.ConfiguredWebhooks_invalid(problem));
            }
        }
        return WebhookUrl.ofNobody(webhook);
    }

    @Override
    @NonNull
    public Collection<URI> urls() {
        List<URI> urls = new ArrayList<>();
        for (WebhookConfiguration configured : webhooks()) {
            URI url = configured.problem() == null ? configured.webhookUrl().url() : null;
            if (url != null) {
                urls.add(url);
            }
        }
        return urls;
    }

    private static List<WebhookConfiguration> webhooks() {
        return MdoqGlobalConfiguration.get().getWebhooks();
    }
}

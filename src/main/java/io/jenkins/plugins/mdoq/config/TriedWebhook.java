package io.jenkins.plugins.mdoq.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A webhook that is tried out as it was written down, saved or not: with the URL and the credentials that stand there, even if
 * one of the same name is configured otherwise. What its endpoint must not show is masked as well as the secrets and URLs of
 * all others. Safe for any thread.
 */
public final class TriedWebhook implements WebhookDirectory {

    private final ConfiguredWebhooks configured = new ConfiguredWebhooks();
    private final WebhookConfiguration written;

    /** @param written what was written down */
    public TriedWebhook(@NonNull WebhookConfiguration written) {
        this.written = written;
    }

    /** What is wrong with what was written down, one line that says what to write instead; null if nothing is. */
    @CheckForNull
    public String problem() {
        return written.problem();
    }

    /** What the engine works with. Only if there is no {@link #problem}. */
    @NonNull
    public Webhook webhook() {
        return written.webhook();
    }

    @Override
    @NonNull
    public Secrets secrets(@NonNull String webhook, @NonNull List<String> secretIds) {
        return WebhookSecrets.of(secretIds);
    }

    @Override
    @NonNull
    public Secrets all() {
        return configured.all();
    }

    @Override
    @NonNull
    public WebhookUrl url(@NonNull String webhook) {
        return written.webhookUrl();
    }

    @Override
    @NonNull
    public Collection<URI> urls() {
        List<URI> urls = new ArrayList<>(configured.urls());
        URI url = written.webhookUrl().url();
        if (url != null) {
            urls.add(url);
        }
        return urls;
    }
}

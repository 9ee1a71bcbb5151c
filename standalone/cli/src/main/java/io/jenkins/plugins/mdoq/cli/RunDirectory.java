package io.jenkins.plugins.mdoq.cli;

import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.hook.Webhook;
import io.jenkins.plugins.mdoq.lock.LockDirectory;
import io.jenkins.plugins.mdoq.lock.LockValue;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The world of one run: its own journal, with secrets and URLs from its configuration and environment. */
final class RunDirectory implements LockDirectory, WebhookDirectory {

    private final Journal journal;
    private final Configuration configuration;
    private final Map<String, String> environment;

    RunDirectory(Journal journal, Configuration configuration, Map<String, String> environment) {
        this.journal = journal;
        this.configuration = configuration;
        this.environment = environment;
    }

    @Override
    public boolean ready() {
        return true;
    }

    /** There is but one journal here, and it knows its locks: no need to look at the parts of the value. */
    @Override
    public Home find(LockValue lock) throws IOException {
        History history = journal.read();
        return history.eventOfLock(lock.toString()) == null ? null : new Home(journal, history, false);
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

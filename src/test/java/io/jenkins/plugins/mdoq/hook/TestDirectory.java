package io.jenkins.plugins.mdoq.hook;

import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.lock.LockDirectory;
import io.jenkins.plugins.mdoq.lock.LockValue;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import io.jenkins.plugins.mdoq.secret.WebhookUrl;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The world around the locks: journals by the process that they belong to, secrets by the credential's id. */
final class TestDirectory implements LockDirectory, WebhookDirectory {

    private record Process(Journal journal, boolean over) {}

    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    final Map<String, Secrets> credentials = new ConcurrentHashMap<>();
    /** Those that no webhook of the configuration has: it was not saved yet, or is gone. */
    final Map<String, Secrets> unused = new ConcurrentHashMap<>();

    final Map<String, WebhookUrl> urls = new ConcurrentHashMap<>();

    void add(String job, long number, Journal journal, boolean over) {
        processes.put(job + "#" + number, new Process(journal, over));
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Home find(LockValue lock) throws IOException {
        Process process = processes.get(lock.job() + "#" + lock.number());
        History history = process == null ? null : process.journal().read();
        return history == null || history.eventOfLock(lock.toString()) == null
                ? null
                : new Home(process.journal(), history, process.over());
    }

    @Override
    public Secrets secrets(String webhook, List<String> secretIds) {
        return Secrets.union(secretIds.stream()
                .map(id -> credentials.getOrDefault(id, unused.getOrDefault(id, Secrets.NONE)))
                .toList());
    }

    @Override
    public Secrets all() {
        return Secrets.union(credentials.values());
    }

    @Override
    public WebhookUrl url(String webhook) {
        return urls.getOrDefault(webhook, WebhookUrl.ofNobody(webhook));
    }

    @Override
    public Collection<URI> urls() {
        return urls.values().stream()
                .map(WebhookUrl::url)
                .filter(Objects::nonNull)
                .toList();
    }
}

package io.jenkins.plugins.mdoq.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Webhooks that nothing is wrong with, and the documents' examples. */
final class Examples {

    private Examples() {}

    /** A webhook with the given secrets that listens to nothing. */
    static WebhookConfiguration webhook(String name, String... secretIds) {
        WebhookConfiguration webhook = new WebhookConfiguration(name, "https://middleware.example.com/mdoq");
        webhook.setSecrets(Stream.of(secretIds).map(SecretReference::new).toList());
        return webhook;
    }

    /** A webhook with the given secrets that listens to an event. */
    static WebhookConfiguration webhook(String name, List<String> events, String... secretIds) {
        WebhookConfiguration webhook = webhook(name, secretIds);
        webhook.setEvents(events.stream().map(EventConfiguration::new).toList());
        return webhook;
    }

    /** The documents, which lie at the repository's root: two folders above the standalone build's. */
    static Path docs() {
        Path here = Path.of("docs");
        return Files.isDirectory(here) ? here : Path.of("../../docs");
    }
}

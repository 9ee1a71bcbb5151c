package io.jenkins.plugins.mdoq.injenkins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.config.EventConfiguration;
import io.jenkins.plugins.mdoq.config.MdoqGlobalConfiguration;
import io.jenkins.plugins.mdoq.config.SecretReference;
import io.jenkins.plugins.mdoq.config.WebhookConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** A webhook that is configured in the controller under test, and its secret. */
public final class Gate {

    /** The secret of every gate. */
    public static final String SECRET = "mdoq-is-awesome";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Gate() {}

    /** Configures webhooks, and nothing else, that share one secret. */
    public static void configure(WebhookConfiguration... webhooks) throws Exception {
        SecretTexts.put("mdoq-secret", SECRET);
        MdoqGlobalConfiguration.get().setWebhooks(List.of(webhooks));
    }

    /** A webhook that is tried once and listens to some events. */
    public static WebhookConfiguration webhook(String name, Endpoint endpoint, EventConfiguration... events) {
        WebhookConfiguration webhook = new WebhookConfiguration(name, endpoint.url());
        webhook.setSecrets(List.of(new SecretReference("mdoq-secret")));
        webhook.setTries(1);
        webhook.setEvents(List.of(events));
        return webhook;
    }

    /** An event that does not block. */
    public static EventConfiguration event(String name) {
        return new EventConfiguration(name);
    }

    /** An event that blocks. */
    public static EventConfiguration blocking(String name) {
        EventConfiguration event = new EventConfiguration(name);
        event.setBlocking("true");
        return event;
    }

    /** Releases the lock in a body, through the lock API as the endpoint would. */
    public static HttpResponse<String> release(JsonNode body, String json) throws IOException, InterruptedException {
        ObjectNode release = (ObjectNode) MAPPER.readTree(json);
        release.set("lock", body.get("lock"));
        return post(body.get("release_url").asText(), release);
    }

    /** Reports progress on the lock in a body. */
    public static HttpResponse<String> log(JsonNode body, String message) throws IOException, InterruptedException {
        ObjectNode note = MAPPER.createObjectNode().put("message", message);
        note.set("lock", body.get("lock"));
        return post(body.get("log_url").asText(), note);
    }

    private static HttpResponse<String> post(String url, ObjectNode body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Content-Type", "application/json")
                                .header("X-MDOQ-Secret", SECRET)
                                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}

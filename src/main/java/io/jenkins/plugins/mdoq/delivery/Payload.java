package io.jenkins.plugins.mdoq.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.secret.SharedSecret;
import java.net.URI;
import java.util.Iterator;
import java.util.Set;

/**
 * The body of a request: the fields that MDOQ documents first, in its order, then ours, then the caller's own (protocol:
 * "body", "more body fields").
 *
 * @param instance what is known of the thing being released
 * @param parentLog the id of the log of the current process
 * @param lock the lock's value, or null if the event does not block
 * @param event the event's name as it travels
 * @param webhook the webhook's name
 * @param delivery the delivery's id
 * @param releaseUrl where to release the lock; left out without a lock
 * @param logUrl where to report progress; left out without a lock
 * @param source what the process is for certain, or null if nothing is being released (protocol: "source")
 * @param data the caller's fields, or null
 * @param about the delivery and the lock that are meant, if the event is about a lock, else null
 */
public record Payload(
        @NonNull ObjectNode instance,
        long parentLog,
        @CheckForNull String lock,
        @NonNull String event,
        @NonNull String webhook,
        @NonNull String delivery,
        @CheckForNull URI releaseUrl,
        @CheckForNull URI logUrl,
        @CheckForNull ObjectNode source,
        @CheckForNull ObjectNode data,
        @CheckForNull PlannedDelivery.About about) {

    /** The body of an event that is about no lock. */
    public Payload(
            @NonNull ObjectNode instance,
            long parentLog,
            @CheckForNull String lock,
            @NonNull String event,
            @NonNull String webhook,
            @NonNull String delivery,
            @CheckForNull URI releaseUrl,
            @CheckForNull URI logUrl,
            @CheckForNull ObjectNode source,
            @CheckForNull ObjectNode data) {
        this(instance, parentLog, lock, event, webhook, delivery, releaseUrl, logUrl, source, data, null);
    }

    /** Names that the protocol uses itself; a caller's data cannot stand in their place. */
    public static final Set<String> RESERVED = Set.of(
            "secret",
            "instance",
            "parent_log",
            "lock",
            "event",
            "webhook",
            "delivery",
            "release_url",
            "log_url",
            "source",
            "about");

    /** A buffer that is used again would keep what was written into it, the secret among it. */
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                    .build())
            .build();

    /**
     * The body with a text in the place of the secret, such as to show it.
     *
     * @throws IllegalArgumentException if the data uses a reserved name
     */
    @NonNull
    public ObjectNode json(@NonNull String secret) {
        checkNames(data);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("secret", secret);
        body.set("instance", instance);
        body.put("parent_log", parentLog);
        if (lock != null) {
            body.put("lock", lock);
        }
        body.put("event", event);
        body.put("webhook", webhook);
        body.put("delivery", delivery);
        if (lock != null && releaseUrl != null) {
            body.put("release_url", releaseUrl.toString());
        }
        if (lock != null && logUrl != null) {
            body.put("log_url", logUrl.toString());
        }
        if (source != null) {
            body.set("source", source);
        }
        if (about != null) {
            body.putObject("about").put("delivery", about.delivery()).put("lock", about.lock());
        }
        if (data != null) {
            body.setAll(data);
        }
        return body;
    }

    /**
     * The body in UTF-8.
     *
     * @param secret what goes into the field {@code secret}
     * @throws IllegalArgumentException if the data uses a reserved name or the body is over 1 MiB
     */
    @NonNull
    public byte[] bytes(@NonNull SharedSecret secret) {
        ObjectNode body = json(secret.reveal());
        byte[] bytes = written(body);
        if (bytes.length > Limits.BODY_BYTES) {
            throw new IllegalArgumentException("the body would be " + bytes.length + " bytes of JSON; at most "
                    + Limits.BODY_BYTES + " are sent, so put less into 'instance' and 'data'");
        }
        return bytes;
    }

    /**
     * Refuses what could not be sent, whatever secret it is sent with; see {@link #bytes}.
     *
     * @param longest as long as any secret
     */
    public void check(@NonNull SharedSecret longest) {
        checkNames(data);
        // Mostly a count suffices, and the body need not be written twice.
        if (atMost(instance) + atMostOf(source) + atMostOf(data) > Limits.BODY_BYTES / 2) {
            bytes(longest);
        }
    }

    private static long atMostOf(@CheckForNull ObjectNode object) {
        return object == null ? 0 : atMost(object);
    }

    /** Bytes that some JSON takes at the most: a character up to 6, as an escape. */
    private static long atMost(JsonNode node) {
        long bytes = 8;
        if (node.isValueNode()) {
            return bytes + 6L * node.asText().length();
        }
        for (JsonNode element : node) {
            bytes += atMost(element);
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            bytes += 8 + 6L * names.next().length();
        }
        return bytes;
    }

    /**
     * JSON in UTF-8.
     *
     * @throws IllegalArgumentException if it cannot be written
     */
    @NonNull
    static byte[] written(@NonNull ObjectNode body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Refuses data that would replace a field of the protocol.
     *
     * @throws IllegalArgumentException naming the field
     */
    public static void checkNames(@CheckForNull ObjectNode data) {
        if (data == null) {
            return;
        }
        for (Iterator<String> names = data.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (RESERVED.contains(name)) {
                throw new IllegalArgumentException(
                        "'" + name + "' in 'data' is a field of the protocol itself; choose another name for it");
            }
        }
    }
}

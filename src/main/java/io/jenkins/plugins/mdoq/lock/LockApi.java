package io.jenkins.plugins.mdoq.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.protocol.JsonObjectReader;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The lock API (protocol: "lock API"), the endpoints' door: whoever has the webhook's secret is let in, and nobody else
 * learns whether a lock exists. Safe for any thread; does disk I/O on the caller's.
 */
public final class LockApi {

    /** The actions there are; anything else is not found. */
    public static final Set<String> ACTIONS = Set.of("release", "log", "status");

    private static final Logger LOGGER = Logger.getLogger(LockApi.class.getName());
    private static final Duration COME_AGAIN = Duration.ofSeconds(10);

    private final LockDirectory directory;
    private final WebhookDirectory webhooks;
    private final Locks locks;
    private final Throttle throttle;

    /** @param locks what the door leads to; uses the same directories */
    public LockApi(
            @NonNull LockDirectory directory,
            @NonNull WebhookDirectory webhooks,
            @NonNull Locks locks,
            @NonNull Throttle throttle) {
        this.directory = directory;
        this.webhooks = webhooks;
        this.locks = locks;
        this.throttle = throttle;
    }

    /** Answers a request. Never throws for anything that a caller can send. */
    @NonNull
    public LockAnswer answer(@NonNull LockRequest request) {
        if (!ACTIONS.contains(request.action())) {
            return LockAnswer.error(404, "there is no such action; use release, log or status");
        }
        if (!directory.ready()) {
            return loading();
        }
        if (!isJson(request.contentType())) {
            return LockAnswer.error(415, "send the body as application/json");
        }
        if (request.body() == null) {
            return LockAnswer.error(413, "the body is over 1 MiB");
        }
        ObjectNode body;
        try {
            body = JsonObjectReader.read(JsonObjectReader.decode(request.body()))
                    .object();
        } catch (JsonObjectReader.UnreadableException e) {
            return LockAnswer.error(400, "the body is " + e.getMessage());
        }
        Duration refusal = throttle.refusal(request.address());
        if (refusal != null) {
            return LockAnswer.error(429, "too many wrong secrets came from this address")
                    .retryAfter(refusal);
        }
        String secret = secret(request, body);
        if (secret == null) {
            return LockAnswer.error(401, "the secret is missing; send it as 'secret' or in X-MDOQ-Secret");
        }
        try {
            return admit(request, body, secret);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The lock API could not read or write a webhook history", e);
            return LockAnswer.error(503, "the webhook history could not be read or written; nothing was decided")
                    .retryAfter(COME_AGAIN);
        }
    }

    private LockAnswer admit(LockRequest request, ObjectNode body, String secret) throws IOException {
        JsonNode lock = body.get("lock");
        Locks.Found found = lock != null && lock.isTextual() ? locks.find(lock.textValue()) : null;
        Secrets own = found == null
                ? Secrets.NONE
                : webhooks.secrets(found.plan().webhook(), found.plan().secretIds());
        // Both are always compared: the time taken must not tell a lock that exists from one that does not.
        boolean isOwn = own.match(secret);
        boolean isKnown = webhooks.all().match(secret);
        if (!isOwn && !isKnown) {
            throttle.wrong(request.address());
            return LockAnswer.error(401, "the secret is wrong");
        }
        if (!isOwn) {
            return lock == null || !lock.isTextual()
                    ? LockAnswer.error(400, "'lock' is missing; send the lock's value as a string")
                    : LockAnswer.error(404, "there is no such lock");
        }
        if (!AddressRange.allows(found.plan().allowFrom(), request.address())) {
            return LockAnswer.error(403, "this address may not use the webhook's locks");
        }
        return switch (request.action()) {
            case "release" -> release(found, body, request.address());
            case "log" -> log(found, body, request.address());
            default -> answer(found.status());
        };
    }

    private LockAnswer release(Locks.Found found, ObjectNode body, String address) throws IOException {
        ObjectNode data = body.deepCopy();
        data.remove("lock");
        data.remove("secret");
        String problem = Locks.validationError(data);
        return problem != null
                ? LockAnswer.error(400, problem)
                : answer(locks.release(found, data, "endpoint at " + address));
    }

    private LockAnswer log(Locks.Found found, ObjectNode body, String address) throws IOException {
        JsonNode message = body.get("message");
        if (message == null || !message.isTextual() || message.textValue().isBlank()) {
            return LockAnswer.error(400, "'message' is missing; send the note as a string");
        }
        LockStatus status = locks.log(found, message.textValue(), "endpoint at " + address);
        return switch (status.kind()) {
            case HELD -> LockAnswer.ok(JsonNodeFactory.instance.objectNode().put("logged", true));
            case COUNTED -> LockAnswer.ok(JsonNodeFactory.instance.objectNode().put("logged", false));
            case RELEASED -> LockAnswer.error(409, "the lock was already released; the note was not kept");
            default -> answer(status);
        };
    }

    private static LockAnswer answer(LockStatus status) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        String result = status.result() == null ? null : status.result().word();
        return switch (status.kind()) {
            case HELD, COUNTED -> LockAnswer.ok(body.put("released", false).put("result", result));
            case RELEASED -> LockAnswer.ok(body.put("released", true).put("result", result));
            case RELEASED_OTHERWISE ->
                new LockAnswer(
                        409,
                        null,
                        body.put("error", "the lock was already released with another outcome, which stands")
                                .put("released", true)
                                .put("result", result));
            case OVER ->
                LockAnswer.error(
                        410,
                        "the lock is no longer held: the build that held it is over or was aborted,"
                                + " or its event was settled without it");
            case FULL ->
                LockAnswer.error(429, "the entry has its full number of notes; no more are kept")
                        .retryAfter(Duration.ofHours(1));
        };
    }

    /** The answer while Jenkins is loading, for servers that must answer before there is a directory. */
    @NonNull
    public static LockAnswer loading() {
        return LockAnswer.error(503, "still loading; nothing was decided, come again")
                .retryAfter(COME_AGAIN);
    }

    private static String secret(LockRequest request, ObjectNode body) {
        JsonNode inBody = body.get("secret");
        if (inBody != null && inBody.isTextual() && !inBody.textValue().isEmpty()) {
            return inBody.textValue();
        }
        return request.secret() == null || request.secret().isEmpty() ? null : request.secret();
    }

    private static boolean isJson(@CheckForNull String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }
}

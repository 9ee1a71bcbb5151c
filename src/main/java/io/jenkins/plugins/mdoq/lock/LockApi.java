package io.jenkins.plugins.mdoq.lock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.secret.Secrets;
import io.jenkins.plugins.mdoq.secret.WebhookDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The lock API (protocol: "lock API"): whoever has the webhook's secret is let in, and nobody else
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

    /** @param locks what calls are carried out on; uses the same directories */
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
        LockRequestBody body = LockRequestBody.of(request);
        try {
            String lock = body.lock();
            FoundLock found = lock == null ? null : locks.find(lock);
            LockAnswer refusal = body.refusal();
            LockAnswer answer = refusal == null ? admit(request, body, found) : refusal;
            // Who asks whether a lock is held is not refused by learning that it is not.
            boolean answered = request.action().equals("status") && answer.status() == 410;
            if (found != null && answer.status() >= 400 && !answered) {
                report(request, found, answer);
            }
            return answer;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The lock API could not read or write a webhook history", e);
            return LockAnswer.error(503, "the webhook history could not be read or written; nothing was decided")
                    .retryAfter(COME_AGAIN);
        }
    }

    private LockAnswer admit(LockRequest request, LockRequestBody body, FoundLock found) throws IOException {
        String inHeader = request.secret() == null || request.secret().isEmpty() ? null : request.secret();
        String secret = body.secret() == null ? inHeader : body.secret();
        if (secret == null) {
            return LockAnswer.error(401, "the secret is missing; send it as 'secret' or in X-MDOQ-Secret");
        }
        Secrets own = found == null
                ? Secrets.NONE
                : webhooks.secrets(found.plan().webhook(), found.plan().secretIds());
        // Both are always compared: the time taken must not tell a lock that exists from one that does not.
        boolean isOwn = own.match(secret);
        boolean isKnown = webhooks.all().match(secret);
        if (!isOwn && !isKnown) {
            return wrongSecret(request.address());
        }
        if (!isOwn) {
            return body.lock() == null
                    ? LockAnswer.error(400, "'lock' is missing; send the lock's value as a string")
                    : LockAnswer.error(404, "there is no such lock");
        }
        if (!AddressRange.allows(found.plan().allowFrom(), request.address())) {
            return LockAnswer.error(
                    403, address(request) + " is not among the addresses that may use the webhook's locks");
        }
        return switch (request.action()) {
            case "release" -> release(found, body, request.address());
            case "log" -> log(found, body, request.address());
            default -> answer(found.status());
        };
    }

    /** Only wrong secrets are held up: whoever has the right one is let in, however many wrong ones came from its address. */
    private LockAnswer wrongSecret(@CheckForNull String address) {
        Duration refusal = throttle.refusal(address);
        if (refusal != null) {
            return LockAnswer.error(429, "the secret is wrong, and too many wrong ones came from this address")
                    .retryAfter(refusal);
        }
        throttle.wrong(address);
        return LockAnswer.error(401, "the secret is wrong");
    }

    private static String address(LockRequest request) {
        return request.address() == null ? "an unknown address" : request.address();
    }

    /** Leaves a line about a call that was refused where somebody waits for its lock, and in the log; not for each of them. */
    private void report(LockRequest request, FoundLock found, LockAnswer answer) {
        try {
            Fact.Refused refused =
                    locks.refused(found, request.action(), answer.status(), reason(found, answer), address(request));
            LockValue lock = LockValue.parse(found.lock());
            if (refused != null && lock != null) {
                LOGGER.log(Level.WARNING, "Refused {0} of the lock of {1} from {2} with {3} ({4}x): {5}", new Object[] {
                    refused.action(), lock.place(), refused.from(), refused.status(), refused.count(), refused.reason()
                });
            }
        } catch (IOException e) {
            // The caller's answer stands whatever becomes of the line about it.
            LOGGER.log(Level.WARNING, "Could not note in a webhook history that a call of the lock API was refused", e);
        }
    }

    /** Why a call was refused and what to do, for those who look after webhook and endpoint. */
    private static String reason(FoundLock found, LockAnswer answer) {
        String webhook = found.plan().webhook();
        String error = answer.body().path("error").asText();
        return switch (answer.status()) {
            case 401, 429 ->
                error.startsWith("the secret is wrong")
                        ? error + "; have the endpoint send the secret of the webhook " + webhook
                        : error;
            case 403 ->
                error + "; add it to those of the webhook " + webhook
                        + ", or name it as a trusted proxy if it is one that the call came through";
            case 404 -> "the secret is that of another webhook; have the endpoint send that of the webhook " + webhook;
            case 410 -> "it came too late: " + error;
            default -> error;
        };
    }

    private LockAnswer release(FoundLock found, LockRequestBody body, String address) throws IOException {
        ObjectNode data = body.fields().deepCopy();
        data.remove("lock");
        data.remove("secret");
        if (Locks.validationError(data) != null) {
            // What is shown of it is cut short, and half a secret would not be masked any more.
            return LockAnswer.error(400, String.valueOf(Locks.validationError(locks.masked(found, data))));
        }
        return answer(locks.release(found, data, "endpoint at " + address, body.notes()));
    }

    private LockAnswer log(FoundLock found, LockRequestBody body, String address) throws IOException {
        String message = body.text("message");
        if (message == null || message.isBlank()) {
            return LockAnswer.error(400, "'message' is missing; send the note as a string");
        }
        LockStatus status = locks.log(found, message, "endpoint at " + address);
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
}

package io.jenkins.plugins.mdoq.history;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.secret.ShownUrl;
import java.time.Instant;
import java.util.List;

/**
 * What was decided about one delivery when its event was fired. It is kept in the journal whole, so that a replay needs
 * nothing else: a configuration that changes afterwards disturbs nobody who waits. Names secrets, never holds one.
 *
 * @param id the delivery's id, the same on every retry (protocol: "more body fields")
 * @param webhook the webhook's name
 * @param url where the request goes, as much of it as may be shown (protocol: "what is masked"); what is sent goes to the
 *     URL that the webhook has then
 * @param secretIds ids of the credentials that hold the webhook's secrets, the one that is sent first; never a secret
 * @param timeoutSeconds seconds for one request, the reading of the answer included
 * @param tries how often it is tried at the most, 1 or more
 * @param sign whether the request is signed
 * @param lock the lock's value, or null if the event does not block for this webhook
 * @param deadline when the lock's timeout is over, or null to wait indefinitely
 * @param allowFrom address ranges that may use the lock; empty: any
 * @param onFail what a bare fail does
 * @param onDeliveryError what a delivery error does
 * @param heartbeatSeconds how long the endpoint may hold the lock without a sign of it, in seconds, or null for as long as it
 *     likes; see {@link DeliveryHistory#heartbeatDeadline}
 * @param onLockTimeout what a lock that expired does
 * @param format the format of a webhook that only hears what happens, or null for the protocol's own (protocol: "chat")
 * @param hearsOfCancel true if the webhook listens to {@code <event>_cancelled} (protocol: "more events"), else null
 * @param about what a delivery that decides nothing is about, or null if it is about the release
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlannedDelivery(
        @NonNull String id,
        @NonNull String webhook,
        @NonNull String url,
        @NonNull List<String> secretIds,
        int timeoutSeconds,
        int tries,
        boolean sign,
        @Nullable String lock,
        @Nullable Instant deadline,
        @NonNull List<String> allowFrom,
        @NonNull OnFail onFail,
        @NonNull OnDeliveryError onDeliveryError,
        @Nullable Long heartbeatSeconds,
        @NonNull OnLockTimeout onLockTimeout,
        @Nullable String format,
        @Nullable Boolean hearsOfCancel,
        @Nullable About about) {

    /**
     * The delivery that another one is about (protocol: "more body fields").
     *
     * @param delivery its id
     * @param lock the lock that it holds, or held
     */
    public record About(@NonNull String delivery, @NonNull String lock) {}

    /** The same delivery with the settings that its webhook has now, for being sent again; it holds no lock. */
    @NonNull
    public PlannedDelivery sentAgain(
            @NonNull String urlNow,
            @NonNull List<String> secretIdsNow,
            int timeoutSecondsNow,
            boolean signNow,
            @Nullable String formatNow) {
        return withoutLock(id, urlNow, secretIdsNow, timeoutSecondsNow, 1, signNow, formatNow, about);
    }

    /** Whether what becomes of it has a part in the verdict; a webhook that only hears what happens decides nothing. */
    public boolean decides() {
        return format == null;
    }

    /** A delivery to the same webhook that tells it that the lock of this one was given up. */
    @NonNull
    public PlannedDelivery cancelled(@NonNull String newId) {
        About meant = lock == null ? null : new About(id, lock);
        return withoutLock(newId, url, secretIds, timeoutSeconds, tries, sign, format, meant);
    }

    /** A delivery to the same webhook that holds no lock. */
    private PlannedDelivery withoutLock(
            String newId,
            String newUrl,
            List<String> newSecretIds,
            int newTimeoutSeconds,
            int newTries,
            boolean newSign,
            @Nullable String newFormat,
            @Nullable About newAbout) {
        return new PlannedDelivery(
                newId,
                webhook,
                newUrl,
                newSecretIds,
                newTimeoutSeconds,
                newTries,
                newSign,
                null,
                null,
                List.of(),
                onFail,
                onDeliveryError,
                null,
                onLockTimeout,
                newFormat,
                null,
                newAbout);
    }

    /** Refuses an absent id, name or URL, and replaces what else an older journal does not have by its default. */
    public PlannedDelivery {
        if (id == null || webhook == null || url == null) {
            throw new IllegalArgumentException("a delivery needs the fields 'id', 'webhook' and 'url'");
        }
        // Journals of older versions have the whole of it.
        url = ShownUrl.of(url);
        secretIds = secretIds == null ? List.of() : List.copyOf(secretIds);
        allowFrom = allowFrom == null ? List.of() : List.copyOf(allowFrom);
        onFail = onFail == null ? OnFail.CONTINUE : onFail;
        onDeliveryError = onDeliveryError == null ? OnDeliveryError.FAIL : onDeliveryError;
        // An older version would have gone by onFail, which lets a release pass that nobody agreed to.
        onLockTimeout = onLockTimeout == null ? OnLockTimeout.FAIL : onLockTimeout;
    }
}

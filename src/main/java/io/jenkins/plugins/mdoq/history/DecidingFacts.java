package io.jenkins.plugins.mdoq.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;

/**
 * The facts of one delivery that decide on it, and what they come to: its state, its outcome and the reason. What stands is
 * never overwritten: of two answers, releases or ends the first one counts. Read through {@link DeliveryHistory}, which says
 * what each of these means; used by whoever owns that.
 */
final class DecidingFacts {

    private final PlannedDelivery plan;
    private Fact.AttemptFailed lastFailure;
    private Fact.Answered answer;
    private Fact.Released release;
    private Fact.Expired expiry;
    private Fact.Cancelled cancellation;

    DecidingFacts(PlannedDelivery plan) {
        this.plan = plan;
    }

    void failed(Fact.AttemptFailed failure) {
        lastFailure = failure;
    }

    void answered(Fact.Answered answered) {
        answer = answer == null ? answered : answer;
    }

    void released(Fact.Released released) {
        release = release == null ? released : release;
    }

    /** A lock does not expire any more once the last attempt of its delivery has failed. */
    void expired(Fact.Expired expired) {
        expiry = expiry == null && !retriesExhausted() ? expired : expiry;
    }

    void cancelled(Fact.Cancelled cancelled) {
        cancellation = cancellation == null ? cancelled : cancellation;
    }

    @Nullable
    Fact.AttemptFailed lastFailure() {
        return lastFailure;
    }

    @Nullable
    Fact.Answered answer() {
        return answer;
    }

    @Nullable
    Fact.Released release() {
        return release;
    }

    @Nullable
    Fact.Expired expiry() {
        return expiry;
    }

    @Nullable
    Fact.Cancelled cancellation() {
        return cancellation;
    }

    /** The answer's data with the release's laid over it; a copy. */
    @NonNull
    ObjectNode data() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        if (answer != null) {
            data.setAll(answer.data());
        }
        if (release != null) {
            data.setAll(release.data());
        }
        return data;
    }

    @Nullable
    Result result() {
        Result released = releaseResult();
        if (released != null) {
            return released;
        }
        if (expiry != null || retriesExhausted()) {
            return Result.FAIL;
        }
        return answer == null ? null : answer.result();
    }

    @Nullable
    Outcome outcome() {
        Result result = result();
        if (result == null) {
            return null;
        }
        if (result == Result.SUCCESS) {
            return Outcome.SUCCESS;
        }
        Outcome ofFlags = ofFlags(data());
        Outcome ofExpiry = isExpired() ? plan.onLockTimeout().outcome() : ofFlags;
        return ofExpiry.compareTo(ofFlags) > 0 ? ofExpiry : ofFlags;
    }

    private static Outcome ofFlags(ObjectNode data) {
        if (Flags.isTrue(data.get(Flags.ROLLBACK))) {
            return Outcome.ROLLBACK;
        }
        return Flags.isTrue(data.get(Flags.STOP)) ? Outcome.STOP : Outcome.FAIL;
    }

    @Nullable
    Action action() {
        Outcome outcome = outcome();
        if (outcome == null) {
            return null;
        }
        return switch (outcome) {
            case SUCCESS -> Action.CONTINUE;
            case STOP, CANCELLED -> Action.STOP;
            case ROLLBACK -> Action.ROLLBACK;
            case FAIL -> ofFail();
        };
    }

    private Action ofFail() {
        if (deliveryError() != null) {
            return plan.onDeliveryError().action();
        }
        Action ofFail = plan.onFail().action();
        if (!isExpired()) {
            return ofFail;
        }
        Action ofExpiry = plan.onLockTimeout().action();
        boolean saidFail = answer != null && answer.result() == Result.FAIL;
        return saidFail && ofFail.compareTo(ofExpiry) > 0 ? ofFail : ofExpiry;
    }

    /** Whether the lock's expiry stands: no release with a result of its own came before it. */
    private boolean isExpired() {
        return expiry != null && releaseResult() == null;
    }

    @Nullable
    String deliveryError() {
        return retriesExhausted() && expiry == null && releaseResult() == null ? lastFailure.error() : null;
    }

    @NonNull
    DeliveryState state() {
        if (releaseResult() != null) {
            return DeliveryState.RELEASED;
        }
        if (expiry != null) {
            return DeliveryState.EXPIRED;
        }
        if (retriesExhausted()) {
            return DeliveryState.FAILED;
        }
        if (cancellation != null) {
            return DeliveryState.CANCELLED;
        }
        if (answer == null) {
            return release == null ? DeliveryState.SENDING : DeliveryState.RELEASED_UNANSWERED;
        }
        if (release != null) {
            return DeliveryState.RELEASED;
        }
        // An answer that stops the release or has it undone has decided: nothing is to go on, so its lock holds
        // nothing.
        return plan.lock() == null || outcome().decisive() ? DeliveryState.ANSWERED : DeliveryState.WAITING;
    }

    @Nullable
    String decidedFor() {
        return releaseResult() == null || release.operator() == null ? null : "operator " + release.operator();
    }

    @NonNull
    String reason() {
        if (releaseResult() == null) {
            if (expiry != null
                    && (answer == null
                            || answer.result() == Result.SUCCESS
                            || !ofFlags(data()).decisive())) {
                return expiry.reason();
            }
            if (retriesExhausted()) {
                return lastFailure.error();
            }
            if (cancellation != null) {
                return cancellation.reason();
            }
        }
        JsonNode message = data().get("message");
        return message != null && message.isTextual() && !message.textValue().isBlank()
                ? message.textValue()
                : "no reason given";
    }

    private boolean retriesExhausted() {
        return answer == null && lastFailure != null && lastFailure.retryAt() == null;
    }

    private Result releaseResult() {
        JsonNode result = release == null ? null : release.data().get("result");
        return result == null ? null : Result.read(result);
    }
}

package io.jenkins.plugins.mdoq.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One entry of the webhook history: all that is known of one delivery, folded from its facts. Not safe for concurrent use;
 * whoever folds it owns it.
 */
public final class DeliveryHistory {

    private final PlannedDelivery plan;
    private final Instant firedAt;
    private final List<Fact.AttemptFailed> failures = new ArrayList<>(1);
    private final List<Fact.Progressed> progress = new ArrayList<>(1);
    private final List<Fact.Noticed> notices = new ArrayList<>(1);
    private int attempts;
    private Fact.Answered answer;
    private Fact.Released release;
    private Fact.Expired expiry;
    private Fact.Cancelled cancellation;

    DeliveryHistory(PlannedDelivery plan, Instant firedAt) {
        this.plan = plan;
        this.firedAt = firedAt;
    }

    /** Adds a fact. What stands is never overwritten: of two answers, releases or ends the first one counts. */
    void apply(Fact.OfDelivery fact) {
        if (fact instanceof Fact.Attempted attempt) {
            attempts = Math.max(attempts, attempt.number());
        } else if (fact instanceof Fact.AttemptFailed failure) {
            failures.add(failure);
        } else if (fact instanceof Fact.Answered answered) {
            answer = answer == null ? answered : answer;
        } else if (fact instanceof Fact.Progressed progressed) {
            progress.add(progressed);
        } else if (fact instanceof Fact.Released released) {
            release = release == null ? released : release;
        } else if (fact instanceof Fact.Expired expired) {
            expiry = expiry == null && !retriesExhausted() ? expired : expiry;
        } else if (fact instanceof Fact.Cancelled cancelled) {
            cancellation = cancellation == null ? cancelled : cancellation;
        } else if (fact instanceof Fact.Noticed noticed) {
            notices.add(noticed);
        }
    }

    /** What was decided when the event was fired. */
    @NonNull
    public PlannedDelivery plan() {
        return plan;
    }

    /** When the event was fired. */
    @NonNull
    public Instant firedAt() {
        return firedAt;
    }

    /** How many requests were about to leave so far, the one in flight included. */
    public int attempts() {
        return attempts;
    }

    /** The attempts that brought no readable answer, oldest first. */
    @NonNull
    public List<Fact.AttemptFailed> failures() {
        return Collections.unmodifiableList(failures);
    }

    /** The last failed attempt, or null if none failed. */
    @Nullable
    public Fact.AttemptFailed lastFailure() {
        return failures.isEmpty() ? null : failures.get(failures.size() - 1);
    }

    /** The answer, or null if there is none. */
    @Nullable
    public Fact.Answered answer() {
        return answer;
    }

    /** The HTTP status of the answer, else of the last failed attempt; null if none came. */
    @Nullable
    public Integer status() {
        if (answer != null) {
            return answer.status();
        }
        return failures.isEmpty() ? null : lastFailure().status();
    }

    /** The endpoint's progress notes, oldest first. */
    @NonNull
    public List<Fact.Progressed> progress() {
        return Collections.unmodifiableList(progress);
    }

    /** The lock's release, or null if it was not released. */
    @Nullable
    public Fact.Released release() {
        return release;
    }

    /** The lock's expiry, or null if it did not expire. */
    @Nullable
    public Fact.Expired expiry() {
        return expiry;
    }

    /** The process giving the delivery up, or null if it did not. */
    @Nullable
    public Fact.Cancelled cancellation() {
        return cancellation;
    }

    /** What the endpoint was told best effort, oldest first. */
    @NonNull
    public List<Fact.Noticed> notices() {
        return Collections.unmodifiableList(notices);
    }

    /** The answer's data with the release's laid over it; a copy. */
    @NonNull
    public ObjectNode data() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        if (answer != null) {
            data.setAll(answer.data());
        }
        if (release != null) {
            data.setAll(release.data());
        }
        return data;
    }

    /** The result as the history has it now, or null as long as it has none. */
    @Nullable
    public Result result() {
        Result released = releaseResult();
        if (released != null) {
            return released;
        }
        if (expiry != null || retriesExhausted()) {
            return Result.FAIL;
        }
        return answer == null ? null : answer.result();
    }

    /** The outcome as the history has it now, or null as long as it has no result (protocol: "both flags"). */
    @Nullable
    public Outcome outcome() {
        Result result = result();
        if (result == null) {
            return null;
        }
        if (result == Result.SUCCESS) {
            return Outcome.SUCCESS;
        }
        ObjectNode data = data();
        if (Flags.isTrue(data.get(Flags.ROLLBACK))) {
            return Outcome.ROLLBACK;
        }
        return Flags.isTrue(data.get(Flags.STOP)) ? Outcome.STOP : Outcome.FAIL;
    }

    /**
     * Why the delivery is an error, or null if it is none; the release's own result stands over a failed delivery, and
     * so does an expiry that came before the last try had failed.
     */
    @Nullable
    public String deliveryError() {
        return retriesExhausted() && expiry == null && releaseResult() == null
                ? failures.get(failures.size() - 1).error()
                : null;
    }

    /** How far the delivery is. */
    @NonNull
    public DeliveryState state() {
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

    /** Whether a lock is held: there is one, and neither a release, an end nor a decision of the endpoint has closed it. */
    public boolean held() {
        return plan.lock() != null && state().holdsLock();
    }

    /** One line on why the entry's outcome is what it is: the word of whatever decided it; never null. */
    @NonNull
    public String reason() {
        if (releaseResult() == null) {
            if (expiry != null
                    && (answer == null
                            || answer.result() == Result.SUCCESS
                            || !outcome().decisive())) {
                return expiry.reason();
            }
            if (retriesExhausted()) {
                return lastFailure().error();
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
        Fact.AttemptFailed last = lastFailure();
        return answer == null && last != null && last.retryAt() == null;
    }

    private Result releaseResult() {
        JsonNode result = release == null ? null : release.data().get("result");
        return result == null ? null : Result.read(result);
    }
}

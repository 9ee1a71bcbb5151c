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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One entry of the webhook history: all that is known of one delivery, folded from its facts. Not safe for concurrent use;
 * whoever folds it owns it.
 */
public final class DeliveryHistory {

    private final PlannedDelivery plan;
    private final Instant firedAt;
    private final List<Fact.AttemptFailed> failures = new ArrayList<>(1);
    private final List<Fact.Progressed> progress = new ArrayList<>(1);
    private final List<Fact.Extended> extensions = new ArrayList<>(0);
    private final List<Fact.Refused> refusals = new ArrayList<>(0);
    private final List<Fact.SentAgain> sentAgain = new ArrayList<>(0);
    private final List<Fact.RepliedAgain> repliedAgain = new ArrayList<>(0);
    private int attempts;
    private Instant attemptedAt;
    private Instant beatAt;
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
            attemptedAt = attempt.at();
        } else if (fact instanceof Fact.AttemptFailed failure) {
            failures.add(failure);
        } else if (fact instanceof Fact.Answered answered) {
            answer = answer == null ? answered : answer;
        } else if (fact instanceof Fact.Progressed progressed) {
            progress.add(progressed);
        } else if (fact instanceof Fact.Beat beat) {
            beatAt = beat.at();
        } else if (fact instanceof Fact.Extended extended) {
            extensions.add(extended);
        } else if (fact instanceof Fact.Released released) {
            release = release == null ? released : release;
        } else if (fact instanceof Fact.Expired expired) {
            expiry = expiry == null && !retriesExhausted() ? expired : expiry;
        } else if (fact instanceof Fact.Cancelled cancelled) {
            cancellation = cancellation == null ? cancelled : cancellation;
        } else if (fact instanceof Fact.Refused refused) {
            refusals.add(refused);
        } else if (fact instanceof Fact.SentAgain sent) {
            sentAgain.add(sent);
        } else if (fact instanceof Fact.RepliedAgain replied) {
            repliedAgain.add(replied);
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

    /** The calls of the lock API that were refused, those that were kept, oldest first. */
    @NonNull
    public List<Fact.Refused> refusals() {
        return Collections.unmodifiableList(refusals);
    }

    /** The times that it was sent again after it was over, oldest first; they decide nothing. */
    @NonNull
    public List<Resending> resendings() {
        return Resending.of(sentAgain, repliedAgain);
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

    /**
     * The outcome as the history has it now, or null as long as it has no result (protocol: "both flags"). That of a lock that
     * expired is what its setting says or what the endpoint said beforehand, whichever is more severe (protocol: "lock timeout").
     */
    @Nullable
    public Outcome outcome() {
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

    /**
     * What the process does about the outcome as the history has it now, by the settings in force when the event was fired;
     * null as long as there is no result. A lock that expired although its endpoint had answered {@code fail} does what
     * either of both does, whichever is more severe.
     */
    @Nullable
    public Action action() {
        Outcome outcome = outcome();
        if (outcome == null) {
            return null;
        }
        return switch (outcome) {
            case SUCCESS -> Action.CONTINUE;
            case STOP, CANCELLED -> Action.STOP;
            case ROLLBACK -> Action.ROLLBACK;
            case FAIL -> {
                if (deliveryError() != null) {
                    yield plan.onDeliveryError().action();
                }
                Action ofFail = plan.onFail().action();
                if (!isExpired()) {
                    yield ofFail;
                }
                Action ofExpiry = plan.onLockTimeout().action();
                boolean saidFail = answer != null && answer.result() == Result.FAIL;
                yield saidFail && ofFail.compareTo(ofExpiry) > 0 ? ofFail : ofExpiry;
            }
        };
    }

    /** Whether the lock's expiry stands: no release with a result of its own came before it. */
    private boolean isExpired() {
        return expiry != null && releaseResult() == null;
    }

    /**
     * When the endpoint is taken for dead unless it gives a sign until then (protocol: "heartbeat"): a heartbeat after the last
     * attempt, answer or note; while another attempt waits for its time, a heartbeat after that time, as the endpoint
     * is not the one to act; not before the time that was given to the lock. Null if there is no heartbeat.
     */
    @Nullable
    public Instant heartbeatDeadline() {
        if (plan.heartbeatSeconds() == null || plan.lock() == null) {
            return null;
        }
        Instant deadline = lastSign().plusSeconds(plan.heartbeatSeconds());
        Instant extended = extended();
        return extended == null || extended.isBefore(deadline) ? deadline : extended;
    }

    /** When the lock times out as the history has it now, more time that was given accounted for; null if it never does. */
    @Nullable
    public Instant deadline() {
        Instant extended = extended();
        return plan.deadline() == null || extended == null || extended.isBefore(plan.deadline())
                ? plan.deadline()
                : extended;
    }

    /** The more time that was given to the lock, oldest first. */
    @NonNull
    public List<Fact.Extended> extensions() {
        return Collections.unmodifiableList(extensions);
    }

    private Instant extended() {
        return extensions.stream()
                .map(Fact.Extended::deadline)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The last sign of the endpoint, or the last time it was, or is to be, asked for one; see {@link #heartbeatDeadline}. */
    @NonNull
    public Instant lastSign() {
        Fact.AttemptFailed failure = lastFailure();
        Instant retryAt = failure != null && failure.number() == attempts ? failure.retryAt() : null;
        Instant note =
                progress.isEmpty() ? null : progress.get(progress.size() - 1).at();
        return Stream.of(firedAt, attemptedAt, retryAt, answer == null ? null : answer.at(), note, beatAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** When the lock expires unless something happens: the earlier one of its deadlines; null if it has none. */
    @Nullable
    public Instant nextDeadline() {
        return Stream.of(deadline(), heartbeatDeadline())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
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

    /** Who decided in the place of the endpoint, such as {@code operator ada}; null if nobody did. */
    @Nullable
    public String decidedFor() {
        return releaseResult() == null || release.operator() == null ? null : "operator " + release.operator();
    }

    /** One line on why the entry's outcome is what it is: the word of whatever decided it; never null. */
    @NonNull
    public String reason() {
        if (releaseResult() == null) {
            if (expiry != null
                    && (answer == null
                            || answer.result() == Result.SUCCESS
                            || !ofFlags(data()).decisive())) {
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

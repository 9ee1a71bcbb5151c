package io.jenkins.plugins.mdoq.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.protocol.Action;
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
    private final DecidingFacts deciding;
    private final List<Fact.AttemptFailed> failures = new ArrayList<>(1);
    private final List<Fact.Progressed> progress = new ArrayList<>(1);
    private final List<Fact.Extended> extensions = new ArrayList<>(0);
    private final List<Fact.Refused> refusals = new ArrayList<>(0);
    private final List<Fact.SentAgain> sentAgain = new ArrayList<>(0);
    private final List<Fact.RepliedAgain> repliedAgain = new ArrayList<>(0);
    private int attempts;
    private Instant attemptedAt;
    private Instant beatAt;

    DeliveryHistory(PlannedDelivery plan, Instant firedAt) {
        this.plan = plan;
        this.firedAt = firedAt;
        deciding = new DecidingFacts(plan);
    }

    /** Adds a fact. What stands is never overwritten: of two answers, releases or ends the first one counts. */
    void apply(Fact.OfDelivery fact) {
        if (fact instanceof Fact.Attempted attempt) {
            attempts = Math.max(attempts, attempt.number());
            attemptedAt = attempt.at();
        } else if (fact instanceof Fact.AttemptFailed failure) {
            failures.add(failure);
            deciding.failed(failure);
        } else if (fact instanceof Fact.Answered answered) {
            deciding.answered(answered);
        } else if (fact instanceof Fact.Progressed progressed) {
            progress.add(progressed);
        } else if (fact instanceof Fact.Beat beat) {
            beatAt = beat.at();
        } else if (fact instanceof Fact.Extended extended) {
            extensions.add(extended);
        } else if (fact instanceof Fact.Released released) {
            deciding.released(released);
        } else if (fact instanceof Fact.Expired expired) {
            deciding.expired(expired);
        } else if (fact instanceof Fact.Cancelled cancelled) {
            deciding.cancelled(cancelled);
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
        return deciding.lastFailure();
    }

    /** The answer, or null if there is none. */
    @Nullable
    public Fact.Answered answer() {
        return deciding.answer();
    }

    /** The HTTP status of the answer, else of the last failed attempt; null if none came. */
    @Nullable
    public Integer status() {
        if (answer() != null) {
            return answer().status();
        }
        return lastFailure() == null ? null : lastFailure().status();
    }

    /** The endpoint's progress notes, oldest first. */
    @NonNull
    public List<Fact.Progressed> progress() {
        return Collections.unmodifiableList(progress);
    }

    /** The lock's release, or null if it was not released. */
    @Nullable
    public Fact.Released release() {
        return deciding.release();
    }

    /** The lock's expiry, or null if it did not expire. */
    @Nullable
    public Fact.Expired expiry() {
        return deciding.expiry();
    }

    /** The process giving the delivery up, or null if it did not. */
    @Nullable
    public Fact.Cancelled cancellation() {
        return deciding.cancellation();
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
        return deciding.data();
    }

    /** The result as the history has it now, or null as long as it has none. */
    @Nullable
    public Result result() {
        return deciding.result();
    }

    /**
     * The outcome as the history has it now, or null as long as it has no result (protocol: "both flags"). That of a lock that
     * expired is what its setting says or what the endpoint said beforehand, whichever is more severe (protocol: "lock timeout").
     */
    @Nullable
    public Outcome outcome() {
        return deciding.outcome();
    }

    /**
     * What the process does about the outcome as the history has it now, by the settings in force when the event was fired;
     * null as long as there is no result. A lock that expired although its endpoint had answered {@code fail} does what
     * either of both does, whichever is more severe.
     */
    @Nullable
    public Action action() {
        return deciding.action();
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
        return Stream.of(firedAt, attemptedAt, retryAt, answer() == null ? null : answer().at(), note, beatAt)
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
        return deciding.deliveryError();
    }

    /** How far the delivery is. */
    @NonNull
    public DeliveryState state() {
        return deciding.state();
    }

    /** Whether a lock is held: there is one, and neither a release, an end nor a decision of the endpoint has closed it. */
    public boolean held() {
        return plan.lock() != null && state().holdsLock();
    }

    /** Who decided in the place of the endpoint, such as {@code operator ada}; null if nobody did. */
    @Nullable
    public String decidedFor() {
        return deciding.decidedFor();
    }

    /** One line on why the entry's outcome is what it is: the word of whatever decided it; never null. */
    @NonNull
    public String reason() {
        return deciding.reason();
    }
}

package io.jenkins.plugins.mdoq.history;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.secret.Redactor;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One line of the journal: something that happened, never changed afterwards. Fields may be added to a fact, and facts to
 * the list, but neither may change its meaning: journals outlive the version that wrote them.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fact.Fired.class, name = "fired"),
    @JsonSubTypes.Type(value = Fact.Attempted.class, name = "attempt"),
    @JsonSubTypes.Type(value = Fact.AttemptFailed.class, name = "attempt_failed"),
    @JsonSubTypes.Type(value = Fact.Answered.class, name = "answer"),
    @JsonSubTypes.Type(value = Fact.Progressed.class, name = "progress"),
    @JsonSubTypes.Type(value = Fact.Beat.class, name = "beat"),
    @JsonSubTypes.Type(value = Fact.Extended.class, name = "extended"),
    @JsonSubTypes.Type(value = Fact.Released.class, name = "released"),
    @JsonSubTypes.Type(value = Fact.Expired.class, name = "expired"),
    @JsonSubTypes.Type(value = Fact.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = Fact.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Fact.Failing.class, name = "failing"),
    @JsonSubTypes.Type(value = Fact.SentAgain.class, name = "sent_again"),
    @JsonSubTypes.Type(value = Fact.RepliedAgain.class, name = "replied_again"),
    @JsonSubTypes.Type(value = Fact.Settled.class, name = "verdict"),
    @JsonSubTypes.Type(value = Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = StepFact.Started.class, name = "step_started"),
    @JsonSubTypes.Type(value = StepFact.Finished.class, name = "step_finished")
})
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Fact permits Begun, Fact.Fired, Fact.OfDelivery, Fact.Failing, Fact.Settled, StepFact {

    /** When it happened. */
    @NonNull
    Instant at();

    /** The same fact without the secrets that the redactor knows. Facts made of our own words alone return themselves. */
    @NonNull
    default Fact redacted(@NonNull Redactor redactor) {
        return this;
    }

    /** Whether it came from outside while the process was not running, so that nobody has seen it yet. */
    default boolean wasUnseen() {
        return false;
    }

    /** A fact about one delivery. */
    sealed interface OfDelivery extends Fact {
        /** The delivery's id. */
        @NonNull
        String delivery();
    }

    /**
     * An event was fired: on disk before any request of it leaves, and the locks in it exist from then on.
     *
     * @param key names this firing, unique within its process
     * @param event the event's name as it travels
     * @param parentLog the id of the log of the process
     * @param instance what is known of the thing being released
     * @param data more fields of the body, or null
     * @param deliveries one for each webhook that listens; empty if none does
     * @param source what the process is for certain, or null if nobody said (protocol: "source")
     * @param passedBy the webhooks that listen and did not hear of it this time
     * @param notice true if the event only tells what happened and decides nothing (protocol: "more events"), else null
     */
    record Fired(
            Instant at,
            String key,
            String event,
            long parentLog,
            ObjectNode instance,
            @Nullable ObjectNode data,
            List<PlannedDelivery> deliveries,
            @Nullable ObjectNode source,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PassedBy> passedBy,
            @Nullable Boolean notice)
            implements Fact {

        /** An event that decides, and that no webhook was passed by for. */
        public Fired(
                Instant at,
                String key,
                String event,
                long parentLog,
                ObjectNode instance,
                @Nullable ObjectNode data,
                List<PlannedDelivery> deliveries,
                @Nullable ObjectNode source,
                List<PassedBy> passedBy) {
            this(at, key, event, parentLog, instance, data, deliveries, source, passedBy, null);
        }

        /** Of a process that says nothing of itself, with no webhook passed by. */
        public Fired(
                Instant at,
                String key,
                String event,
                long parentLog,
                ObjectNode instance,
                @Nullable ObjectNode data,
                List<PlannedDelivery> deliveries) {
            this(at, key, event, parentLog, instance, data, deliveries, null, List.of(), null);
        }

        /** Refuses an absent field. */
        public Fired {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(key, "its field 'key' is missing");
            Objects.requireNonNull(event, "its field 'event' is missing");
            Objects.requireNonNull(instance, "its field 'instance' is missing");
            Objects.requireNonNull(deliveries, "its field 'deliveries' is missing");
            deliveries = List.copyOf(deliveries);
            passedBy = passedBy == null ? List.of() : List.copyOf(passedBy);
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new Fired(
                    at,
                    key,
                    event,
                    parentLog,
                    redactor.object(instance),
                    redactor.object(data),
                    deliveries,
                    redactor.object(source),
                    passedBy,
                    notice);
        }

        /** Whether it only tells what happened and decides nothing. */
        public boolean tellsOnly() {
            return Boolean.TRUE.equals(notice);
        }
    }

    /** A request is about to leave; {@code number} counts from 1. */
    record Attempted(Instant at, String delivery, int number) implements OfDelivery {
        /** Refuses an absent field. */
        public Attempted {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
        }
    }

    /**
     * An attempt brought no readable answer.
     *
     * @param status the HTTP status, or null if none came
     * @param millis how long it took
     * @param error what went wrong, one line
     * @param body the beginning of what the endpoint said instead, or null
     * @param retryAt when the next attempt is due, or null if this was the last: the delivery is an error
     */
    record AttemptFailed(
            Instant at,
            String delivery,
            int number,
            @Nullable Integer status,
            long millis,
            String error,
            @Nullable String body,
            @Nullable Instant retryAt)
            implements OfDelivery {
        /** Refuses an absent field. */
        public AttemptFailed {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
            Objects.requireNonNull(error, "its field 'error' is missing");
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new AttemptFailed(
                    at, delivery, number, status, millis, redactor.text(error), redactor.text(body), retryAt);
        }
    }

    /**
     * A readable answer came.
     *
     * @param status the HTTP status
     * @param millis how long it took
     * @param result the answer's result, its default included
     * @param data the answer's JSON object, empty for an empty body
     * @param notes oddities of the answer worth showing, or empty
     */
    record Answered(
            Instant at,
            String delivery,
            int number,
            int status,
            long millis,
            Result result,
            ObjectNode data,
            List<String> notes)
            implements OfDelivery {
        /** Refuses an absent field, and replaces an absent list of notes by an empty one. */
        public Answered {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
            Objects.requireNonNull(result, "its field 'result' is missing");
            Objects.requireNonNull(data, "its field 'data' is missing");
            notes = notes == null ? List.of() : List.copyOf(notes);
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new Answered(
                    at, delivery, number, status, millis, result, redactor.object(data), redactor.texts(notes));
        }
    }

    /**
     * A note of the endpoint on its progress (lock API: {@code log}).
     *
     * @param by who sent it
     * @param unseen true if the process was not running when it came, so that nobody saw it yet; else null
     */
    record Progressed(
            Instant at,
            String delivery,
            String message,
            String by,
            @Nullable Boolean unseen) implements OfDelivery {
        /** Refuses an absent field. */
        public Progressed {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
            Objects.requireNonNull(message, "its field 'message' is missing");
            Objects.requireNonNull(by, "its field 'by' is missing");
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new Progressed(at, delivery, redactor.text(message), redactor.text(by), unseen);
        }

        @Override
        public boolean wasUnseen() {
            return Boolean.TRUE.equals(unseen);
        }
    }

    /**
     * The endpoint reported progress, but its note was not kept, as the entry has its full number of them; it counts as a sign of
     * the endpoint all the same (protocol: "heartbeat").
     */
    record Beat(Instant at, String delivery) implements OfDelivery {
        /** Refuses an absent field. */
        public Beat {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
        }
    }

    /**
     * The lock was given more time: it does not expire before the deadline, whatever its settings say (protocol: "more time").
     *
     * @param deadline until when, in place of its lock timeout; a heartbeat does not end before it either
     * @param by who gave it
     * @param reason why, or null if they did not say
     */
    record Extended(
            Instant at,
            String delivery,
            Instant deadline,
            String by,
            @Nullable String reason) implements OfDelivery {
        /** Refuses an absent field. */
        public Extended {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
            Objects.requireNonNull(deadline, "its field 'deadline' is missing");
            Objects.requireNonNull(by, "its field 'by' is missing");
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new Extended(at, delivery, deadline, redactor.text(by), redactor.text(reason));
        }
    }

    /**
     * The lock was released: on disk before the release is answered.
     *
     * @param data what the release said, laid over the answer's data
     * @param by who released it
     * @param notes oddities of the release worth showing, or empty
     * @param unseen true if the process was not running when it came; else null
     * @param operator the user id of the operator who released it, or null if its endpoint did
     */
    record Released(
            Instant at,
            String delivery,
            ObjectNode data,
            String by,
            List<String> notes,
            @Nullable Boolean unseen,
            @Nullable String operator)
            implements OfDelivery {
        /** A release by the endpoint. */
        public Released(
                Instant at, String delivery, ObjectNode data, String by, List<String> notes, @Nullable Boolean unseen) {
            this(at, delivery, data, by, notes, unseen, null);
        }

        /** Refuses an absent field, and replaces an absent list of notes by an empty one. */
        public Released {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
            Objects.requireNonNull(data, "its field 'data' is missing");
            Objects.requireNonNull(by, "its field 'by' is missing");
            notes = notes == null ? List.of() : List.copyOf(notes);
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new Released(
                    at,
                    delivery,
                    redactor.object(data),
                    redactor.text(by),
                    redactor.texts(notes),
                    unseen,
                    redactor.text(operator));
        }

        @Override
        public boolean wasUnseen() {
            return Boolean.TRUE.equals(unseen);
        }
    }

    /**
     * The lock expired.
     *
     * @param reason which of its deadlines passed, and since when, one line
     * @param kind which deadline it was; null in journals of versions that had one kind alone, the lock timeout
     */
    record Expired(
            Instant at,
            String delivery,
            String reason,
            @Nullable Kind kind) implements OfDelivery {

        /** The deadlines that a lock may have. */
        public enum Kind {
            /** The lock was not released in time (protocol: "lock timeout"). */
            @JsonProperty("lock_timeout")
            LOCK_TIMEOUT,
            /** The endpoint was silent for too long (protocol: "heartbeat"). */
            @JsonProperty("heartbeat")
            HEARTBEAT
        }

        /** Refuses an absent field. */
        public Expired {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
            Objects.requireNonNull(reason, "its field 'reason' is missing");
        }
    }

    /**
     * A call of the lock API was refused although its lock is genuine. It decides nothing. Not each of them is kept: the first
     * of a lock and a status, the tenth, the hundredth and so on.
     *
     * @param action what was called, such as {@code release}
     * @param status the HTTP status that it was answered with
     * @param reason why, and what to do, one line
     * @param from the address that it came from
     * @param count how many there were of that lock and status so far, this one included
     * @param unseen true if the process was not running when it came; else null
     */
    record Refused(
            Instant at,
            String delivery,
            String action,
            int status,
            String reason,
            String from,
            int count,
            @Nullable Boolean unseen)
            implements OfDelivery {
        /** Refuses an absent field. */
        public Refused {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
            Objects.requireNonNull(action, "its field 'action' is missing");
            Objects.requireNonNull(reason, "its field 'reason' is missing");
            Objects.requireNonNull(from, "its field 'from' is missing");
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new Refused(at, delivery, action, status, redactor.text(reason), redactor.text(from), count, unseen);
        }

        @Override
        public boolean wasUnseen() {
            return Boolean.TRUE.equals(unseen);
        }
    }

    /**
     * A delivery that is over is about to be sent once more, under its own id, as somebody asked for. Neither this nor what comes
     * of it decides anything.
     *
     * @param number counts the times that it was sent again, from 1
     * @param by who asked for it
     */
    record SentAgain(Instant at, String delivery, int number, String by) implements OfDelivery {
        /** Refuses an absent field. */
        public SentAgain {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
            Objects.requireNonNull(by, "its field 'by' is missing");
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new SentAgain(at, delivery, number, redactor.text(by));
        }
    }

    /**
     * What it brought to send a delivery again.
     *
     * @param number which time it was
     * @param status the HTTP status, or null if none came
     * @param millis how long it took
     * @param error what went wrong, one line; null if it was answered
     * @param body the beginning of what the endpoint said instead of an answer, or null
     * @param data the answer's JSON object; null if it was not answered
     * @param notes oddities of the answer worth showing, or empty
     */
    record RepliedAgain(
            Instant at,
            String delivery,
            int number,
            @Nullable Integer status,
            long millis,
            @Nullable String error,
            @Nullable String body,
            @Nullable ObjectNode data,
            List<String> notes)
            implements OfDelivery {
        /** Refuses an absent field, and replaces an absent list of notes by an empty one. */
        public RepliedAgain {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
            notes = notes == null ? List.of() : List.copyOf(notes);
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new RepliedAgain(
                    at,
                    delivery,
                    number,
                    status,
                    millis,
                    redactor.text(error),
                    redactor.text(body),
                    redactor.object(data),
                    redactor.texts(notes));
        }
    }

    /** The delivery, and its lock if it has one, was given up by the process. */
    record Cancelled(Instant at, String delivery, String reason) implements OfDelivery {
        /** Refuses an absent field. */
        public Cancelled {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(delivery, "its field 'delivery' is missing");
            Objects.requireNonNull(reason, "its field 'reason' is missing");
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new Cancelled(at, delivery, redactor.text(reason));
        }
    }

    /**
     * The release is certain to fail, but locks of the fired event are waited for all the same, since one of them may still ask
     * for a rollback (protocol: "several webhooks on one event"). It decides nothing.
     *
     * @param key the key of the firing
     * @param webhook the webhook whose word makes the release fail
     * @param reason why it does, one line
     * @param waitsFor the webhooks whose locks are waited for
     */
    record Failing(Instant at, String key, String webhook, String reason, List<String> waitsFor) implements Fact {
        /** Refuses an absent field, and replaces an absent list by an empty one. */
        public Failing {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(key, "its field 'key' is missing");
            Objects.requireNonNull(webhook, "its field 'webhook' is missing");
            Objects.requireNonNull(reason, "its field 'reason' is missing");
            waitsFor = waitsFor == null ? List.of() : List.copyOf(waitsFor);
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new Failing(at, key, webhook, redactor.text(reason), waitsFor);
        }
    }

    /**
     * The verdict on a fired event. It is computed once and stands.
     *
     * @param key the key of the firing
     * @param outcome what the history says
     * @param action what the process does about it
     * @param webhook the webhook whose entry decided, or null if none did
     * @param reason why, one line
     * @param by who decided in the place of that webhook, such as {@code operator ada}; null if the webhook did itself
     */
    record Settled(
            Instant at,
            String key,
            Outcome outcome,
            Action action,
            @Nullable String webhook,
            String reason,
            @Nullable String by)
            implements Fact {
        /** A verdict that the webhook itself decided, or nobody. */
        public Settled(
                Instant at, String key, Outcome outcome, Action action, @Nullable String webhook, String reason) {
            this(at, key, outcome, action, webhook, reason, null);
        }

        /** Who decided: the webhook, or whoever did in its place; null if nobody did. */
        @Nullable
        public String decider() {
            return by == null ? webhook : by;
        }

        /** Refuses an absent field. */
        public Settled {
            Objects.requireNonNull(at, "its field 'at' is missing");
            Objects.requireNonNull(key, "its field 'key' is missing");
            Objects.requireNonNull(outcome, "its field 'outcome' is missing");
            Objects.requireNonNull(action, "its field 'action' is missing");
            Objects.requireNonNull(reason, "its field 'reason' is missing");
        }

        @Override
        public Fact redacted(Redactor redactor) {
            return new Settled(at, key, outcome, action, webhook, redactor.text(reason), redactor.text(by));
        }
    }
}

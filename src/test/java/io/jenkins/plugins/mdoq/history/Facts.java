package io.jenkins.plugins.mdoq.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.OnDeliveryError;
import io.jenkins.plugins.mdoq.protocol.OnFail;
import io.jenkins.plugins.mdoq.protocol.OnLockTimeout;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Facts for tests, short to write: their times are a second apart, in the order in which they are made. */
public final class Facts {

    /** When the first of them happens. */
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static final String TOKEN = "tokentokentokentokentoken";

    private long seconds;

    /** A JSON object written with single quotes. */
    public static ObjectNode json(String singleQuoted) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(singleQuoted.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(singleQuoted, e);
        }
    }

    /** The delivery of a webhook, which is named after it. */
    public static String delivery(String webhook) {
        return "msg_" + webhook;
    }

    /** The lock of a webhook. */
    public static String lock(String webhook) {
        return "shop/release#7:" + webhook + ":" + TOKEN;
    }

    /** A plan with the default settings. */
    public static PlannedDelivery plan(String webhook, boolean blocking) {
        return plan(webhook, blocking, OnFail.CONTINUE, OnDeliveryError.FAIL);
    }

    public static PlannedDelivery plan(
            String webhook, boolean blocking, OnFail onFail, OnDeliveryError onDeliveryError) {
        return plan(webhook, blocking, onFail, onDeliveryError, null, OnLockTimeout.FAIL);
    }

    /** A plan. */
    public static PlannedDelivery plan(
            String webhook,
            boolean blocking,
            OnFail onFail,
            OnDeliveryError onDeliveryError,
            Long heartbeatSeconds,
            OnLockTimeout onLockTimeout) {
        return new PlanBuilder(webhook)
                .secretIds("secret-of-" + webhook)
                .lock(blocking ? lock(webhook) : null)
                .onFail(onFail)
                .onDeliveryError(onDeliveryError)
                .heartbeatSeconds(heartbeatSeconds)
                .onLockTimeout(onLockTimeout)
                .build();
    }

    /** The firing of {@code before_release} under the key of the same name. */
    public static Fact.Fired fired(PlannedDelivery... plans) {
        return new Fact.Fired(
                START, "before_release", "before_release", 7, json("{'job':'shop/release'}"), null, List.of(plans));
    }

    /** The history of a firing and of what followed. */
    public static EventHistory eventHistory(Fact.Fired fired, List<? extends Fact> facts) {
        List<Fact> all = new ArrayList<>();
        all.add(fired);
        all.addAll(facts);
        return History.of(all).event(fired.key());
    }

    /** The entry of the webhook {@code gate}, with the default settings, after what followed its firing. */
    static DeliveryHistory entry(boolean blocking, Fact... facts) {
        return eventHistory(fired(plan("gate", blocking)), List.of(facts)).entry(delivery("gate"));
    }

    private Instant next() {
        return START.plusSeconds(++seconds);
    }

    public Fact.Attempted attempt(String webhook, int number) {
        return new Fact.Attempted(next(), delivery(webhook), number);
    }

    /** An attempt that failed; {@code last} if none follows. */
    public Fact.AttemptFailed failure(String webhook, int number, boolean last) {
        Instant at = next();
        return new Fact.AttemptFailed(
                at,
                delivery(webhook),
                number,
                503,
                20,
                "HTTP status 503 without a result",
                null,
                last ? null : at.plusSeconds(1));
    }

    public Fact.Answered answer(String webhook, Result result, String data) {
        return new Fact.Answered(next(), delivery(webhook), 1, 200, 15, result, json(data), List.of());
    }

    public Fact.Progressed progress(String webhook, String message) {
        return new Fact.Progressed(next(), delivery(webhook), message, "endpoint at 127.0.0.1", null);
    }

    public Fact.Released release(String webhook, String data) {
        return new Fact.Released(next(), delivery(webhook), json(data), "endpoint at 127.0.0.1", List.of(), null);
    }

    public Fact.Expired expiry(String webhook) {
        Instant at = next();
        return new Fact.Expired(at, delivery(webhook), "the lock was not released by " + at, null);
    }

    public Fact.Cancelled cancellation(String webhook, String reason) {
        return new Fact.Cancelled(next(), delivery(webhook), reason);
    }

    public Fact.Settled verdict(Outcome outcome, Action action, String reason) {
        return new Fact.Settled(next(), "before_release", outcome, action, null, reason);
    }

    /** Writes what a decision on the history gives; the facts as they were written. */
    static List<Fact> update(Journal journal, Function<History, List<? extends Fact>> decision) throws IOException {
        return update(journal, new History(), decision);
    }

    static List<Fact> update(Journal journal, History known, Function<History, List<? extends Fact>> decision)
            throws IOException {
        return journal.transact(known, transaction -> {
                    decision.apply(transaction.history()).forEach(transaction::append);
                    return null;
                })
                .facts();
    }
}

package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.history.Resending;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.history.StepHistory;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.WrittenDuration;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/**
 * A webhook history as JSON for machines. What is not known, or not yet, is null and not left out; times are ISO 8601
 * in UTC, durations in milliseconds. Fields may be added, but none of them changes its meaning.
 */
final class HistoryJson {

    /** ASCII alone: it is right in any locale, and nothing that an endpoint sent can play with a terminal. */
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writerWithDefaultPrettyPrinter();

    private HistoryJson() {}

    /** The text of an object, over several lines. */
    static String text(ObjectNode json) {
        try {
            return WRITER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("what was read as JSON cannot be written as such", e);
        }
    }

    /** All that is known. */
    static ObjectNode of(History history) {
        ObjectNode json = object();
        ArrayNode events = json.putArray("events");
        history.events().forEach(event -> events.add(event(event)));
        ArrayNode steps = json.putArray("steps");
        history.steps().forEach(step -> steps.add(step(step)));
        ArrayNode damage = json.putArray("damage");
        history.damage().forEach(damage::add);
        return json;
    }

    /** What a settled event came to, with its entries. */
    static ObjectNode verdict(EventHistory event) {
        Fact.Settled settled = event.settled();
        ObjectNode json = object();
        json.put("event", event.fired().event());
        json.put("result", settled.outcome() == Outcome.SUCCESS ? "success" : "fail");
        verdict(settled, json);
        json.put("stopRelease", settled.outcome() == Outcome.STOP);
        json.put("rollbackRelease", settled.outcome() == Outcome.ROLLBACK);
        json.set("entries", entries(event));
        json.set("passedBy", passedBy(event.fired()));
        return json;
    }

    private static ArrayNode passedBy(Fact.Fired fired) {
        ArrayNode passedBy = JsonNodeFactory.instance.arrayNode();
        for (PassedBy one : fired.passedBy()) {
            passedBy.addObject().put("webhook", one.webhook()).put("reason", one.reason());
        }
        return passedBy;
    }

    private static void verdict(Fact.Settled settled, ObjectNode json) {
        json.put("outcome", settled.outcome().word());
        json.put("action", settled.action().word());
        json.put("webhook", settled.webhook());
        json.put("decidedBy", settled.decider());
        json.put("message", settled.reason());
        json.put("settledAt", settled.at().toString());
    }

    private static ObjectNode event(EventHistory event) {
        Fact.Fired fired = event.fired();
        ObjectNode json = object();
        json.put("event", fired.event());
        json.put("firedAt", fired.at().toString());
        json.put("parentLog", fired.parentLog());
        json.set("instance", fired.instance());
        json.set("data", fired.data());
        json.set("source", fired.source());
        json.set("passedBy", passedBy(fired));
        json.put("tellsOnly", event.tellsOnly());
        if (event.settled() == null || event.tellsOnly()) {
            json.putNull("verdict");
        } else {
            verdict(event.settled(), json.putObject("verdict"));
        }
        json.set("entries", entries(event));
        return json;
    }

    private static ArrayNode entries(EventHistory event) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        event.entries().forEach(entry -> entries.add(entry(entry)));
        return entries;
    }

    private static ObjectNode entry(DeliveryHistory entry) {
        PlannedDelivery plan = entry.plan();
        ObjectNode json = object();
        json.put("webhook", plan.webhook());
        json.put("url", plan.url());
        json.put("delivery", plan.id());
        if (plan.about() != null) {
            json.putObject("about")
                    .put("delivery", plan.about().delivery())
                    .put("lock", plan.about().lock());
        }
        json.put("attempts", entry.attempts());
        Fact.Answered answer = entry.answer();
        Fact.AttemptFailed failure = entry.lastFailure();
        json.put("status", entry.status());
        json.put("millis", answer != null ? Long.valueOf(answer.millis()) : failure == null ? null : failure.millis());
        json.set("lock", plan.lock() == null ? null : lock(entry));
        json.put("result", entry.result() == null ? null : entry.result().word());
        json.put("outcome", entry.outcome() == null ? null : entry.outcome().word());
        json.put("stopRelease", Flags.isTrue(entry.data().get(Flags.STOP)));
        json.put("rollbackRelease", Flags.isTrue(entry.data().get(Flags.ROLLBACK)));
        json.put("error", entry.deliveryError());
        json.put("message", entry.data().path("message").textValue());
        json.set("data", entry.data());
        ArrayNode notes = json.putArray("notes");
        if (answer != null) {
            answer.notes().forEach(notes::add);
        }
        if (entry.release() != null) {
            entry.release().notes().forEach(notes::add);
        }
        ArrayNode failures = json.putArray("failures");
        entry.failures().forEach(failed -> failures.add(failure(failed)));
        ArrayNode progress = json.putArray("progress");
        entry.progress()
                .forEach(note -> progress.addObject()
                        .put("at", note.at().toString())
                        .put("by", note.by())
                        .put("message", note.message()));
        ArrayNode refusals = json.putArray("refusals");
        entry.refusals()
                .forEach(refused -> refusals.addObject()
                        .put("at", refused.at().toString())
                        .put("action", refused.action())
                        .put("status", refused.status())
                        .put("reason", refused.reason())
                        .put("from", refused.from())
                        .put("count", refused.count()));
        ArrayNode again = json.putArray("sentAgain");
        entry.resendings().forEach(each -> again.add(again(each)));
        return json;
    }

    private static ObjectNode lock(DeliveryHistory entry) {
        ObjectNode json = object();
        json.put("value", entry.plan().lock());
        json.put("deadline", text(entry.plan().deadline()));
        json.put(
                "heartbeat",
                entry.plan().heartbeatSeconds() == null
                        ? null
                        : WrittenDuration.text(Duration.ofSeconds(entry.plan().heartbeatSeconds())));
        json.put("heartbeatDeadline", entry.held() ? text(entry.heartbeatDeadline()) : null);
        json.put("held", entry.held());
        json.put(
                "releasedAt",
                entry.release() == null ? null : text(entry.release().at()));
        json.put("releasedBy", entry.release() == null ? null : entry.release().by());
        json.put(
                "expiredAt", entry.expiry() == null ? null : text(entry.expiry().at()));
        json.put("expiredBy", entry.expiry() == null ? null : entry.expiry().reason());
        json.put(
                "givenUpAt",
                entry.cancellation() == null ? null : text(entry.cancellation().at()));
        return json;
    }

    private static ObjectNode failure(Fact.AttemptFailed failed) {
        return object().put("attempt", failed.number())
                .put("at", text(failed.at()))
                .put("status", failed.status())
                .put("millis", failed.millis())
                .put("error", failed.error())
                .put("body", failed.body())
                .put("retryAt", text(failed.retryAt()));
    }

    private static ObjectNode again(Resending resending) {
        Fact.RepliedAgain reply = resending.reply();
        return object().put("at", text(resending.sent().at()))
                .put("by", resending.sent().by())
                .put("status", reply == null ? null : reply.status())
                .put("millis", reply == null ? null : reply.millis())
                .put("error", reply == null ? null : reply.error())
                .put("body", reply == null ? null : reply.body())
                .set("data", reply == null ? null : reply.data());
    }

    private static ObjectNode step(StepHistory step) {
        StepFact.Started started = step.started();
        StepFact.Finished finished = step.finished();
        return object().put("step", step.step())
                .put("startedAt", started == null ? null : text(started.at()))
                .put("finishedAt", finished == null ? null : text(finished.at()))
                .put("status", finished == null ? null : finished.status())
                .put("message", finished == null ? null : finished.message());
    }

    private static String text(@CheckForNull Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

package io.jenkins.plugins.mdoq.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code mdoqReleaseHook} returns. Plain maps and lists: a sandboxed script may read those without an approval, and
 * they serialize with the build's program.
 */
final class HookOutcome {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HookOutcome() {}

    /** The outcome of a fired event. */
    static Map<String, Serializable> of(@NonNull Fact.Settled settled, @NonNull EventHistory event) {
        ArrayList<LinkedHashMap<String, Serializable>> entries = new ArrayList<>();
        for (DeliveryHistory entry : event.entries()) {
            entries.add(of(entry));
        }
        LinkedHashMap<String, Serializable> outcome = new LinkedHashMap<>();
        outcome.put("event", event.fired().event());
        outcome.put("result", settled.outcome() == Outcome.SUCCESS ? "success" : "fail");
        outcome.put("action", settled.action().word());
        outcome.put("stopRelease", settled.outcome() == Outcome.STOP);
        outcome.put("rollbackRelease", settled.outcome() == Outcome.ROLLBACK);
        outcome.put("webhook", settled.webhook());
        outcome.put("decidedBy", settled.decider());
        outcome.put("message", settled.reason());
        outcome.put("webhooks", entries);
        outcome.put("passedBy", passedBy(event));
        return outcome;
    }

    private static ArrayList<LinkedHashMap<String, Serializable>> passedBy(EventHistory event) {
        ArrayList<LinkedHashMap<String, Serializable>> all = new ArrayList<>();
        for (PassedBy one : event.fired().passedBy()) {
            LinkedHashMap<String, Serializable> values = new LinkedHashMap<>();
            values.put("name", one.webhook());
            values.put("reason", one.reason());
            all.add(values);
        }
        return all;
    }

    private static LinkedHashMap<String, Serializable> of(DeliveryHistory entry) {
        LinkedHashMap<String, Serializable> values = new LinkedHashMap<>();
        ObjectNode data = entry.data();
        values.put("name", entry.plan().webhook());
        values.put("delivery", entry.plan().id());
        values.put("result", entry.result() == null ? null : entry.result().word());
        values.put("stopRelease", Flags.isTrue(data.get(Flags.STOP)));
        values.put("rollbackRelease", Flags.isTrue(data.get(Flags.ROLLBACK)));
        values.put("message", entry.reason());
        values.put("status", entry.answer() == null ? null : entry.answer().status());
        values.put("attempts", entry.attempts());
        values.put("error", entry.deliveryError());
        values.put("data", (Serializable) plain(MAPPER.convertValue(data, Object.class)));
        return values;
    }

    /** Jackson's own maps and lists are serializable already; the copy only makes their types certain. */
    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            LinkedHashMap<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, element) -> copy.put(String.valueOf(name), plain(element)));
            return copy;
        }
        if (value instanceof List<?> list) {
            ArrayList<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(plain(element)));
            return copy;
        }
        return value;
    }
}

package io.jenkins.plugins.mdoq.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.history.History;
import java.io.IOException;

/** How a release ended, as JSON for machines; see {@link HistoryJson}. */
final class ReleaseJson {

    private ReleaseJson() {}

    /**
     * The object.
     *
     * @param code what the program ends with
     * @param again whether the release had ended before, so that this run did nothing
     */
    static ObjectNode of(Session session, ExitCode code, RunState state, boolean again) throws IOException {
        History history = session.history();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("outcome", state.outcome(code).word());
        json.put("exitCode", code.number());
        json.put("deployed", state.deployed());
        json.put("endedBefore", again);
        json.put("why", state.why());
        json.put("history", session.folder().path().toAbsolutePath().normalize().toString());
        ObjectNode all = HistoryJson.of(history);
        json.set("events", all.get("events"));
        json.set("steps", all.get("steps"));
        ArrayNode damage = json.putArray("damage");
        history.damage().forEach(damage::add);
        return json;
    }
}

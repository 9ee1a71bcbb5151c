package io.jenkins.plugins.mdoq.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.delivery.Reply;
import io.jenkins.plugins.mdoq.hook.Ping;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.report.Durations;
import io.jenkins.plugins.mdoq.report.PlainText;
import io.jenkins.plugins.mdoq.report.PrettyJson;
import java.util.ArrayList;
import java.util.List;

/**
 * What a test event brought, in words. All text is plain, and secrets are masked.
 *
 * @param tone how good it is
 * @param headline what came of it, one sentence
 * @param lines what else there is to know, one line each
 * @param body what the endpoint sent, or the beginning of it; null if it sent nothing worth showing
 */
record WebhookTrial(
        @NonNull Tone tone,
        @NonNull String headline,
        @NonNull List<String> lines,
        @CheckForNull String body) {

    /** A webhook that nothing was sent to, since something is wrong with how it was written down. */
    @NonNull
    static WebhookTrial notSent(@NonNull String problem) {
        return new WebhookTrial(Tone.BAD, Messages.WebhookTrial_notSent(PlainText.line(problem)), List.of(), null);
    }

    @NonNull
    static WebhookTrial of(@NonNull Ping.Trial trial) {
        String took = Durations.text(trial.took());
        return trial.reply() instanceof Reply.Failure failure
                ? of(failure, took)
                : of((Reply.Answer) trial.reply(), took);
    }

    private static WebhookTrial of(Reply.Failure failure, String took) {
        String error = PlainText.line(failure.error());
        String body = failure.body();
        return new WebhookTrial(
                Tone.BAD,
                Messages.WebhookTrial_failed(took, error),
                failure.status() == null
                        ? List.of()
                        : List.of(Messages.WebhookTrial_status(failure.status().toString())),
                body == null || body.isBlank() ? null : String.join("\n", PlainText.lines(body)));
    }

    private static WebhookTrial of(Reply.Answer answer, String took) {
        List<String> lines = new ArrayList<>();
        lines.add(Messages.WebhookTrial_result(answer.result().word()));
        List.of(Flags.STOP, Flags.ROLLBACK).stream()
                .filter(flag -> Flags.isTrue(answer.data().get(flag)))
                .forEach(flag -> lines.add(flag));
        JsonNode message = answer.data().get("message");
        if (message != null && message.isTextual() && !message.textValue().isBlank()) {
            lines.add(Messages.WebhookTrial_message(PlainText.line(message.textValue())));
        }
        answer.notes().forEach(note -> lines.add(Messages.WebhookTrial_note(PlainText.line(note))));
        return new WebhookTrial(
                answer.notes().isEmpty() ? Tone.GOOD : Tone.DOUBTFUL,
                Messages.WebhookTrial_answered(Integer.toString(answer.status()), took),
                lines,
                answer.data().isEmpty() ? null : PrettyJson.of(answer.data()));
    }

    /** What the script on the page shows. */
    @NonNull
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("answered", tone != Tone.BAD)
                .put("style", tone.alert())
                .put("headline", headline);
        ArrayNode texts = json.putArray("lines");
        lines.forEach(texts::add);
        return json.put("body", body);
    }
}

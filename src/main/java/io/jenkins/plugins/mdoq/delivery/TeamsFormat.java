package io.jenkins.plugins.mdoq.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;

/** What the workflows of Microsoft Teams take: a message with an adaptive card attached. */
final class TeamsFormat implements PayloadFormat {

    @Override
    public String name() {
        return "TEAMS";
    }

    @Override
    public String displayName() {
        return "Microsoft Teams";
    }

    @Override
    public byte[] bytes(@NonNull Notice notice) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "message");
        ObjectNode attachment = message.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive").putNull("contentUrl");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        // The text of a run is no Markdown, unlike that of a TextBlock: nothing in it needs to be escaped.
        card.putArray("body")
                .addObject()
                .put("type", "RichTextBlock")
                .putArray("inlines")
                .addObject()
                .put("type", "TextRun")
                .put("text", notice.text());
        ArrayNode actions = card.putArray("actions");
        open(actions, "Build", notice.build());
        open(actions, "Webhook history", notice.history());
        return Payload.written(message);
    }

    private static void open(ArrayNode actions, String title, @CheckForNull URI url) {
        if (url != null) {
            actions.addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", title)
                    .put("url", url.toASCIIString());
        }
    }
}

package io.jenkins.plugins.mdoq.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * What Slack's incoming webhooks take: {@code text} for notifications and for those who show no blocks (Mattermost, Rocket.Chat,
 * and Discord at a URL that ends with {@code /slack}), and the same in {@code blocks}.
 */
final class SlackFormat implements PayloadFormat {

    /** An address that is longer is left out, as Discord takes a message of 2,000 characters at the most. */
    private static final int LONGEST_URL = 600;

    /**
     * Behind these a name could notify people, or hide where a link leads to, in one of the chats: {@code @channel},
     * {@code <!channel>}, {@code <@U1>}, {@code <#C1>}, and the link of Markdown.
     */
    private static final Pattern BEGINS_MENTION = Pattern.compile("@|<(?=[!@#])|](?=\\()");

    /** Has no width; a mention with it in between is none. */
    private static final String BREAK = "$0\u200b";

    @Override
    public String name() {
        return "SLACK";
    }

    @Override
    public String displayName() {
        return "Slack (Mattermost, Rocket.Chat and Discord as well)";
    }

    @Override
    public byte[] bytes(@NonNull Notice notice) {
        String text = escaped(notice.text());
        String links = links(notice);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("text", links.isEmpty() ? text : text + "\n" + links);
        ArrayNode blocks = body.putArray("blocks");
        blocks.addObject().put("type", "section").set("text", markup(text));
        if (!links.isEmpty()) {
            blocks.addObject().put("type", "context").putArray("elements").add(markup(links));
        }
        return Payload.written(body);
    }

    private static ObjectNode markup(String text) {
        // Verbatim: Slack makes links and mentions of nothing but what is written as one.
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "mrkdwn")
                .put("text", text)
                .put("verbatim", true);
    }

    private static String links(Notice notice) {
        return (link(notice.build(), "Build") + " " + link(notice.history(), "Webhook history")).strip();
    }

    private static String link(@CheckForNull URI to, String text) {
        String url = to == null ? "" : to.toASCIIString();
        return url.isEmpty() || url.length() > LONGEST_URL ? "" : "<" + entities(url) + "|" + text + ">";
    }

    private static String escaped(String text) {
        return entities(BEGINS_MENTION.matcher(text).replaceAll(BREAK));
    }

    private static String entities(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

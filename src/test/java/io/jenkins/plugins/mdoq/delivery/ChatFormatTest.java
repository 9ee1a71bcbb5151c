package io.jenkins.plugins.mdoq.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.mdoq.kit.JsonObjects;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chats are sent, and that no name in it can do more than stand there. */
class ChatFormatTest {

    private static final URI BUILD = URI.create("https://ci.example.com/job/a%20b/7/?x=1&y=2");
    private static final URI HISTORY = URI.create("https://ci.example.com/job/a%20b/7/mdoq/");

    private static ObjectNode written(String format, String text, URI build, URI history) {
        Notice notice = new Notice(
                "before_release", "chat", "msg_1", text, build, history, JsonObjects.object(), JsonObjects.object());
        byte[] bytes = PayloadFormats.BUILT_IN.find(format).bytes(notice);
        return JsonObjects.object(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String slack(String text) {
        return written("SLACK", text, null, null).get("text").textValue();
    }

    @Test
    @DisplayName("protocol: chat — Slack: a text, and the same in blocks, with links to build and history")
    void shouldWriteForSlack() {
        assertThat(written("SLACK", "Release 1.2 of shop is asked for.", BUILD, HISTORY))
                .isEqualTo(JsonObjects.object("""
                        {
                          "text": "Release 1.2 of shop is asked for.\\n\
                        <https://ci.example.com/job/a%20b/7/?x=1&amp;y=2|Build> \
                        <https://ci.example.com/job/a%20b/7/mdoq/|Webhook history>",
                          "blocks": [
                            {"type": "section",
                             "text": {"type": "mrkdwn", "text": "Release 1.2 of shop is asked for.", "verbatim": true}},
                            {"type": "context", "elements": [
                              {"type": "mrkdwn",
                               "text": "<https://ci.example.com/job/a%20b/7/?x=1&amp;y=2|Build> \
                        <https://ci.example.com/job/a%20b/7/mdoq/|Webhook history>",
                               "verbatim": true}]}
                          ]
                        }
                        """));
    }

    @Test
    @DisplayName("protocol: chat — Teams: an adaptive card in a message with attachments")
    void shouldWriteForTeams() {
        assertThat(written("TEAMS", "Release **1** of [a](http://b) <at>c</at>", BUILD, HISTORY))
                .isEqualTo(JsonObjects.object("""
                        {
                          "type": "message",
                          "attachments": [{
                            "contentType": "application/vnd.microsoft.card.adaptive",
                            "contentUrl": null,
                            "content": {
                              "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                              "type": "AdaptiveCard",
                              "version": "1.4",
                              "body": [{"type": "RichTextBlock", "inlines": [
                                {"type": "TextRun", "text": "Release **1** of [a](http://b) <at>c</at>"}]}],
                              "actions": [
                                {"type": "Action.OpenUrl", "title": "Build",
                                 "url": "https://ci.example.com/job/a%20b/7/?x=1&y=2"},
                                {"type": "Action.OpenUrl", "title": "Webhook history",
                                 "url": "https://ci.example.com/job/a%20b/7/mdoq/"}]
                            }
                          }]
                        }
                        """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SLACK", "TEAMS"})
    void shouldDoWithoutPages(String format) {
        assertThat(written(format, "nothing more", null, null).toString())
                .contains("nothing more")
                .doesNotContain("Build", "history", "OpenUrl");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
            a<b>&c ^ a&lt;b&gt;&amp;c
            <!channel> <!here> <!everyone> ^ &lt;~!channel&gt; &lt;~!here&gt; &lt;~!everyone&gt;
            <@U012AB3CD> <#C012AB3CD> ^ &lt;~@~U012AB3CD&gt; &lt;~#C012AB3CD&gt;
            @channel @here @all @everyone ^ @~channel @~here @~all @~everyone
            <https://evil.example.com|Build> ^ &lt;https://evil.example.com|Build&gt;
            [Build](https://evil.example.com) ^ [Build]~(https://evil.example.com)
            """)
    void shouldNotifyNobodyAndLinkNowhereByAName(String name, String shown) {
        assertThat(slack(name)).isEqualTo(shown.replace('~', '\u200b'));
    }

    @Test
    void shouldLeaveOutALinkThatIsTooLong() {
        URI longest = URI.create("https://ci.example.com/" + "a".repeat(577));
        URI longer = URI.create("https://ci.example.com/" + "a".repeat(578));

        assertThat(written("SLACK", "text", longest, longer).get("text").textValue())
                .isEqualTo("text\n<" + longest + "|Build>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            before_release             | {}                              | Release 1.2 of shop/web (#7) is asked for.
            before_release_complete    | {}                              | Release 1.2 of shop/web (#7) has been carried out, and is about to be deemed a success.
            before_release_cancelled   | {"reason":"the build was aborted"} | Release 1.2 of shop/web (#7) waits no longer for what a webhook says to before_release: the build was aborted
            release_ended              | {"outcome":"released"}          | Release 1.2 of shop/web (#7) was released.
            release_ended              | {"outcome":"failed","reason":"x"} | Release 1.2 of shop/web (#7) failed: x
            release_ended              | {"outcome":"stopped"}           | Release 1.2 of shop/web (#7) was stopped.
            release_ended              | {"outcome":"rolled_back"}       | Release 1.2 of shop/web (#7) was rolled back.
            release_ended              | {"outcome":"rollback_failed"}   | Release 1.2 of shop/web (#7) could not be rolled back.
            release_ended              | {"outcome":"aborted"}           | Release 1.2 of shop/web (#7) was aborted.
            release_ended              | {"outcome":"of a later version"}| Release 1.2 of shop/web (#7) has ended.
            ping                       | {}                              | This is a test: nothing is being released.
            Passed regression testing  | {}                              | Passed regression testing: Release 1.2 of shop/web (#7).
            """)
    void shouldSayWhatEachEventMeans(String event, String data, String sentence) {
        assertThat(ReleaseSentence.of(
                        event, "shop/web", 7, JsonObjects.object("{\"version\":\"1.2\"}"), JsonObjects.object(data)))
                .isEqualTo(sentence);
    }

    @Test
    void shouldNameAReleaseByItsNumberIfItHasNoVersion() {
        for (String instance : List.of("{}", "{\"version\":null}", "{\"version\":\" \"}", "{\"version\":{\"a\":1}}")) {
            assertThat(ReleaseSentence.of("before_release", "shop", 7, JsonObjects.object(instance), null))
                    .isEqualTo("Release #7 of shop is asked for.");
        }
        assertThat(ReleaseSentence.of("before_release", "shop", 7, JsonObjects.object("{\"version\":1.5}"), null))
                .isEqualTo("Release 1.5 of shop (#7) is asked for.");
    }

    @Test
    void shouldStayInOneLineOfBoundedLengthWhateverTheNames() {
        String hostile = "a\nb\u202e\u0007\ud800" + "x".repeat(5_000);
        String sentence = ReleaseSentence.of(
                hostile,
                hostile,
                7,
                JsonObjects.object().put("version", hostile),
                JsonObjects.object().put("reason", hostile));

        assertThat(sentence)
                .startsWith("a b xxx")
                .hasSizeLessThan(ReleaseSentence.MOST_CHARS + 20)
                .matches("\\P{Cc}*")
                .doesNotContain("\u202e", "\ud800");
        assertThat(slack("&".repeat(ReleaseSentence.MOST_CHARS))).hasSizeLessThanOrEqualTo(3_000);
    }

    @Test
    void shouldKnowItsFormatsByName() {
        assertThat(PayloadFormats.BUILT_IN.names()).containsExactly("MDOQ", "SLACK", "TEAMS");
        assertThat(PayloadFormats.BUILT_IN.find("slack").name()).isEqualTo("SLACK");
        assertThat(PayloadFormats.BUILT_IN.find("MDOQ")).isNull();
        assertThat(PayloadFormats.BUILT_IN.find(null)).isNull();
        assertThat(PayloadFormats.BUILT_IN.nameError("Mdoq")).isNull();
        assertThat(PayloadFormats.BUILT_IN.nameError("SLAK"))
                .isEqualTo("format is 'SLAK'; write one of MDOQ, SLACK, TEAMS");
        assertThat(PayloadFormats.kept("mdoq")).isNull();
        assertThat(PayloadFormats.kept(" ")).isNull();
        assertThat(PayloadFormats.kept("slack")).isEqualTo("SLACK");
    }

    @Test
    void shouldNameEachChatThatAFormatIsFor() {
        assertThat(PayloadFormats.BUILT_IN.all())
                .extracting(PayloadFormat::displayName)
                .containsExactly("Slack (Mattermost, Rocket.Chat and Discord as well)", "Microsoft Teams");
        PayloadFormat other = new PayloadFormat() {
            @Override
            public String name() {
                return "PAGER";
            }

            @Override
            public byte[] bytes(Notice notice) {
                return new byte[0];
            }
        };
        assertThat(other.displayName()).as("of a format that has no other name").isEqualTo("PAGER");
    }

    @Test
    void shouldSayWhichOptionAChatDoesNotHave() {
        assertThat(PayloadFormats.optionError("SLACK", "blocking", true))
                .isEqualTo("a webhook of the format SLACK only hears what happens, so it has no blocking; leave"
                        + " blocking out, or write format: MDOQ");
        assertThat(PayloadFormats.optionError("SLACK", "blocking", false)).isNull();
        assertThat(PayloadFormats.optionError(null, "blocking", true)).isNull();
    }
}

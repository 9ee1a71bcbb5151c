package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Result;
import io.jenkins.plugins.mdoq.report.RecordedHistory.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What a page says of each entry, and of what was sent. */
class EntryMarkupTest {

    private static String page(RecordedHistory story, boolean running) {
        return HistoryPage.of(story.history(), "release-v42", story.now(), running);
    }

    private static Element details(String page, String begin) {
        return Xml.elements(Xml.parse(page), "details").stream()
                .filter(details -> details.getTextContent().startsWith(begin))
                .findFirst()
                .orElseThrow();
    }

    private static String summary(String page, String webhook) {
        return Xml.elements(details(page, webhook), "summary").get(0).getTextContent();
    }

    private static List<String> facts(String page, String webhook) {
        Element entry = details(page, webhook);
        List<Element> names = Xml.elements(entry, "dt");
        List<Element> values = Xml.elements(entry, "dd");
        assertThat(values).hasSameSizeAs(names);
        List<String> facts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            facts.add(names.get(i).getTextContent() + ": " + values.get(i).getTextContent());
        }
        return facts;
    }

    @Test
    void shouldSayOfEachEntryWhereItWentAndHowLongItsLockMayBeHeld() {
        String page = page(RecordedHistory.waiting(), true);

        assertThat(summary(page, "release-gate")).isEqualTo("release-gate waiting");
        assertThat(facts(page, "release-gate"))
                .containsExactly(
                        "URL: https://middleware.example.com/mdoq",
                        "Delivery: msg_before_release_release-gate",
                        "Fired: 2026-08-01 10:00:00 UTC",
                        "Took: 132 ms",
                        "Lock: held",
                        "Held: 3 min 25 s so far",
                        "Deadline: 2026-08-01 10:30:00 UTC",
                        "Heartbeat: 10m, the next sign is due at 2026-08-01 10:12:00 UTC");
        assertThat(summary(page, "chat")).isEqualTo("chat sending");
        assertThat(facts(page, "chat"))
                .containsExactly(
                        "URL: https://middleware.example.com/mdoq",
                        "Delivery: msg_before_release_chat",
                        "Fired: 2026-08-01 10:00:00 UTC",
                        "Took: 1 min 0 s");
        assertThat(summary(page, "change-board")).isEqualTo("change-board success");
        assertThat(facts(page, "change-board"))
                .endsWith(
                        "Took: 1.0 s",
                        "Lock: released by endpoint at 192.0.2.7 at 2026-08-01 10:01:30 UTC",
                        "Held: 1 min 30 s",
                        "Deadline: none");
    }

    @Test
    void shouldSayThatAnEntryIsNoLongerWaitedForOnceTheProcessIsOver() {
        String page = page(RecordedHistory.waiting(), false);

        assertThat(summary(page, "release-gate")).isEqualTo("release-gate no longer waited for");
        assertThat(facts(page, "release-gate"))
                .endsWith(
                        "Took: 132 ms",
                        "Lock: no longer waited for",
                        "Deadline: 2026-08-01 10:30:00 UTC",
                        "Heartbeat: 10m");
        assertThat(summary(page, "chat")).isEqualTo("chat no longer waited for");
        assertThat(summary(page, "change-board")).isEqualTo("change-board success");
        assertThat(facts(page, "change-board")).contains("Held: 1 min 30 s");
    }

    @Test
    void shouldSayWhyAnEntryIsWhatItIs() {
        String page = page(RecordedHistory.stopped(), false);

        assertThat(summary(page, "gate")).isEqualTo("gate stop release freeze until Monday");
        assertThat(facts(page, "gate")).last().isEqualTo("Reason: release freeze until Monday");
        assertThat(summary(page, "board")).isEqualTo("board cancelled the release was stopped");
        assertThat(facts(page, "board"))
                .contains("Lock: given up at 2026-08-01 10:01:35 UTC", "Held: 1 min 35 s")
                .endsWith("Reason: the release was stopped");
        assertThat(facts(page, "late"))
                .contains("Lock: expired at 2026-08-01 10:01:00 UTC", "Held: 1 min 0 s")
                .endsWith("Reason: the lock was not released in time");
    }

    @Test
    void shouldHaveARowForEachAttemptAlsoForOneUnderWayOrWithALostBeginning() {
        RecordedHistory story = new RecordedHistory()
                .fire("before_release", Asked.open("new"), Asked.open("again"), Asked.open("lost"), Asked.open("due"));
        story.attempt("again", 1).attempt("due", 1);
        story.at(2)
                .failed("again", 1, 2_000, "the connection was refused", Duration.ofSeconds(5))
                .failed("due", 1, 2_000, "the connection was refused", Duration.ofSeconds(60));
        story.at(7).attempt("again", 2);
        story.at(8).answered("lost", 1, 4_000, Result.SUCCESS, "{}");
        String page = page(story, true);

        assertThat(Xml.texts(details(page, "new"), "tr")).isEmpty();
        assertThat(Xml.texts(details(page, "again"), "tr"))
                .containsExactly(
                        "AttemptEnded (UTC)StatusTookHow it ended",
                        "12026-08-01 10:00:02-2.0 sthe connection was refused; next attempt due at 2026-08-01 10:00:07"
                                + " UTC",
                        "2---no answer yet");
        assertThat(Xml.texts(details(page, "lost"), "tr"))
                .containsExactly(
                        "AttemptEnded (UTC)StatusTookHow it ended", "12026-08-01 10:00:082004.0 sanswered: success");
        assertThat(Xml.texts(details(page, "due"), "tr"))
                .containsExactly(
                        "AttemptEnded (UTC)StatusTookHow it ended",
                        "12026-08-01 10:00:02-2.0 sthe connection was refused; next attempt due at 2026-08-01 10:01:02"
                                + " UTC");
    }

    /** The beginning of an attempt may be lost, and its failure known. */
    @Test
    void shouldShowWhatAFailedAttemptBroughtInsteadOfAnAnswer() {
        String page = HistoryPage.of(
                History.of(List.of(
                        Facts.fired(Facts.plan("gate", false)),
                        new Fact.AttemptFailed(
                                Facts.START,
                                Facts.delivery("gate"),
                                1,
                                503,
                                20,
                                "HTTP status 503",
                                "<h1>down</h1>\nsee you",
                                null))),
                "t",
                Facts.START,
                true);

        assertThat(Xml.texts(details(page, "gate"), "tr"))
                .last()
                .isEqualTo("12026-03-01 10:00:0050320 msHTTP status 503<h1>down</h1>\nsee you");
        assertThat(Xml.texts(details(page, "gate"), "pre")).containsExactly("<h1>down</h1>\nsee you");
    }

    @Test
    void shouldShowNotesProgressAnswerAndReleaseEachUnderItsOwnTitleAndOnlyIfThereIsOne() {
        Facts facts = new Facts();
        String gate = Facts.delivery("gate");
        List<Fact> all = List.of(
                Facts.fired(Facts.plan("gate", true), Facts.plan("quiet", true), Facts.plan("notes", true)),
                new Fact.Answered(
                        Facts.START, gate, 1, 200, 15, Result.SUCCESS, Facts.json("{'ticket':1}"), List.of("odd one")),
                facts.progress("gate", "halfway\nthere"),
                new Fact.Released(
                        Facts.START.plusSeconds(5),
                        gate,
                        Facts.json("{'result':'success'}"),
                        "operator ada",
                        List.of("odd two"),
                        null),
                facts.answer("quiet", Result.SUCCESS, "{}"),
                facts.progress("notes", "working"));
        String page = HistoryPage.of(History.of(all), "t", Facts.START.plusSeconds(9), true);
        Element entry = details(page, "gate");

        assertThat(Xml.texts(entry, "h3")).containsExactly("Notes", "Progress", "Answer", "Release of the lock");
        assertThat(Xml.texts(entry, "li"))
                .containsExactly("odd one", "odd two", "2026-03-01 10:00:01 UTC halfway\nthere endpoint at 127.0.0.1");
        assertThat(Xml.texts(entry, "pre"))
                .containsExactly("{\n  \"ticket\" : 1\n}\n", "{\n  \"result\" : \"success\"\n}\n");
        assertThat(Xml.texts(details(page, "quiet"), "h3")).isEmpty();
        assertThat(Xml.texts(details(page, "notes"), "h3")).containsExactly("Progress");
    }

    private static String sent(String instance, String source, String data) {
        return HistoryPage.of(
                History.of(List.of(new Fact.Fired(
                        Facts.START,
                        "deployed",
                        "deployed",
                        7,
                        Facts.json(instance),
                        data == null ? null : Facts.json(data),
                        List.of(),
                        source == null ? null : Facts.json(source),
                        List.of()))),
                "t",
                Facts.START,
                true);
    }

    @Test
    void shouldShowWhatWasSentIfItWasAnything() {
        assertThat(Xml.texts(details(sent("{'a':1}", "{'b':2}", "{'c':3}"), "What was sent"), "h3"))
                .containsExactly("instance", "source", "More fields");
        assertThat(Xml.texts(details(sent("{}", null, "{'c':3}"), "What was sent"), "h3"))
                .containsExactly("More fields");
        assertThat(Xml.texts(details(sent("{}", "{'b':2}", "{}"), "What was sent"), "h3"))
                .containsExactly("source");
        assertThat(Xml.texts(details(sent("{'a':1}", "{}", null), "What was sent"), "h3"))
                .containsExactly("instance");
        for (String nothing : List.of(sent("{}", null, null), sent("{}", "{}", "{}"))) {
            assertThat(nothing).doesNotContain("What was sent");
        }
    }
}

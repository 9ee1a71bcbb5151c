package io.jenkins.plugins.mdoq.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.protocol.Action;
import io.jenkins.plugins.mdoq.protocol.Outcome;
import io.jenkins.plugins.mdoq.protocol.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HistoryPageTest {

    private static String page(RecordedHistory story, boolean running) {
        return HistoryPage.of(story.history(), "release-v42", story.now(), running);
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.mdoq.report.TimelineSvgTest#histories")
    void shouldBeWellFormedAndNeitherLoadNorRunAnything(RecordedHistory story) {
        Document document = Xml.parse(page(story, true));

        assertThat(Xml.elements(document))
                .extracting(Element::getTagName)
                .doesNotContain("script", "link", "img", "iframe", "object", "form", "a", "base");
        assertThat(Xml.elements(document))
                .flatExtracting(Xml::attributes)
                .allSatisfy(name -> assertThat(name).doesNotStartWith("on").isNotIn("style", "src", "href"));
        assertThat(Xml.elements(document, "style").get(0).getTextContent())
                .doesNotContain("@import")
                .doesNotContain("url(");
        assertThat(Xml.elements(document))
                .extracting(element -> element.getAttribute("id"))
                .filteredOn(id -> !id.isEmpty())
                .doesNotHaveDuplicates();
    }

    /** The pages are left in {@code target/pages}, to be looked at in a browser; see docs/development.md. */
    @Test
    void shouldBeLookedAt() throws Exception {
        Path pages = Files.createDirectories(Path.of("target", "pages"));
        Map<String, RecordedHistory> stories = Map.of(
                "rolled-back", RecordedHistory.rolledBack(),
                "waiting", RecordedHistory.waiting(),
                "long-wait", RecordedHistory.longWait(),
                "stopped", RecordedHistory.stopped(),
                "hostile", RecordedHistory.hostile(),
                "crowd", RecordedHistory.crowd());
        for (Map.Entry<String, RecordedHistory> story : stories.entrySet()) {
            Path file = pages.resolve(story.getKey() + ".html");
            Files.writeString(file, page(story.getValue(), story.getKey().equals("waiting")));
            assertThat(file).content().contains("<svg", "release-v42");
        }
    }

    @Test
    void shouldAllowItsOwnStyleSheetAndNothingElse() throws Exception {
        Document document = Xml.parse(page(RecordedHistory.waiting(), true));
        String style = Xml.elements(document, "style").get(0).getTextContent();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));

        assertThat(Xml.elements(document, "meta"))
                .filteredOn(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .singleElement()
                .satisfies(meta -> assertThat(meta.getAttribute("content"))
                        .isEqualTo("default-src 'none'; style-src 'sha256-" + hash
                                + "'; base-uri 'none'; form-action 'none'"));
    }

    @Test
    void shouldSayFirstHowTheReleaseStands() {
        Element header = Xml.elements(Xml.parse(page(RecordedHistory.waiting(), true)), "header")
                .get(0);

        assertThat(Xml.elements(header, "h1").get(0).getTextContent()).isEqualTo("release-v42 waiting");
        assertThat(Xml.elements(header, "li"))
                .extracting(Element::getTextContent)
                .containsExactly(
                        "before_release: waits for release-gate to release its lock, since 2026-08-01 10:00:00 UTC (3 min"
                                + " 25 s), until 2026-08-01 10:30:00 UTC at the latest; a sign of it is due by 2026-08-01"
                                + " 10:12:00 UTC; its last note, 1 min 25 s ago: regression tests: 128 of 256 passed",
                        "before_release: waits for chat to answer, since 2026-08-01 10:00:00 UTC (3 min 25 s); next"
                                + " attempt in 1 min 35 s");
    }

    @Test
    void shouldHaveARowForEachOfTheTimelineRows() {
        RecordedHistory story = RecordedHistory.rolledBack();
        Timeline timeline = Timeline.of(story.history(), story.now(), false);
        Element table = Xml.elements(Xml.parse(page(story, false)), "table").get(0);

        List<String> texts = new ArrayList<>();
        for (Element row : Xml.elements(table, "tr")) {
            List<Element> cells = Xml.elements(row, "td");
            if (!cells.isEmpty()) {
                texts.add(cells.get(2).getTextContent() + ": " + cells.get(3).getTextContent());
            }
        }
        assertThat(texts)
                .containsExactlyElementsOf(timeline.rows().stream()
                        .map(row -> row.lane() + ": " + row.text())
                        .toList());
    }

    @Test
    void shouldShowEachEntryWithItsAttemptsNotesAndAnswers() {
        String page = page(RecordedHistory.rolledBack(), false);
        Element chat = Xml.elements(Xml.parse(page), "details").stream()
                .filter(details -> details.getTextContent().startsWith("chat"))
                .findFirst()
                .orElseThrow();

        assertThat(Xml.elements(chat, "tr"))
                .extracting(Element::getTextContent)
                .containsExactly(
                        "AttemptEnded (UTC)StatusTookHow it ended",
                        "12026-08-01 10:00:02-2.0 sthe connection was refused; next attempt due at 2026-08-01 10:00:14 UTC",
                        "22026-08-01 10:00:14200240 msanswered: success");
        assertThat(page)
                .contains("regression tests: 192 of 256 passed")
                .contains("\n  &quot;rollback_release&quot; : true,\n")
                .contains("released by endpoint at 192.0.2.7 at 2026-08-01 10:02:10 UTC");
    }

    private static String nobodyListens() {
        return page(new RecordedHistory().fire("deployed"), true);
    }

    private static Element section(String page, String title) {
        return Xml.elements(Xml.parse(page), "section").stream()
                .filter(section -> Xml.texts(section, "h2").contains(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldSayOfEachEventWhenItWasFiredAndHowItStands() {
        String waiting = page(RecordedHistory.waiting(), true);
        assertThat(Xml.texts(section(waiting, "before_release"), "p"))
                .containsExactly("Fired at 2026-08-01 10:00:00 UTC. No verdict yet.");
        assertThat(Xml.texts(section(page(RecordedHistory.waiting(), false), "before_release"), "p"))
                .containsExactly("Fired at 2026-08-01 10:00:00 UTC. The process ended without a verdict.");
        String over = page(RecordedHistory.rolledBack(), false);
        assertThat(Xml.texts(section(over, "before_release"), "p"))
                .containsExactly(
                        "Fired at 2026-08-01 10:00:00 UTC. Verdict: the release goes on: every webhook agreed.");
        assertThat(Xml.texts(section(over, "release_ended"), "p"))
                .containsExactly("Fired at 2026-08-01 10:07:36 UTC. It only tells what happened and decides nothing.");
        assertThat(Xml.texts(section(nobodyListens(), "deployed"), "p"))
                .containsExactly("Fired at 2026-08-01 10:00:00 UTC. No verdict yet.", "No webhook listened to it.");
    }

    @Test
    void shouldSayAsOfWhenItIsAndUntilWhenItsTimelineGoes() {
        String going = page(RecordedHistory.waiting(), true);
        String over = page(RecordedHistory.waiting(), false);
        String asOf = "Webhook history as of 2026-08-01 10:03:25 UTC. Times are in UTC.";

        assertThat(Xml.texts(Xml.parse(going).getDocumentElement(), "title")).contains("release-v42: waiting");
        assertThat(Xml.texts(Xml.parse(going).getDocumentElement(), "footer")).containsExactly(asOf);
        assertThat(Xml.texts(Xml.parse(over).getDocumentElement(), "footer")).containsExactly(asOf);
        assertThat(Xml.texts(section(going, "Timeline"), "p"))
                .containsExactly("From 2026-08-01 10:00:00 UTC until now, 2026-08-01 10:03:25 UTC.");
        assertThat(Xml.texts(section(over, "Timeline"), "p"))
                .containsExactly("From 2026-08-01 10:00:00 UTC until 2026-08-01 10:02:00 UTC.");
        assertThat(going).contains("The release goes on; this is how it stood at 2026-08-01 10:03:25 UTC.");
        assertThat(over).doesNotContain("The release goes on");
    }

    /** A deadline stands in the table although it has not come. */
    @Test
    void shouldSetOffWhatIsStillToCome() {
        List<Element> rows = Xml.elements(section(page(RecordedHistory.waiting(), true), "What happened"), "tr");

        assertThat(rows)
                .filteredOn(row -> row.getAttribute("class").equals("to-come"))
                .extracting(Element::getTextContent)
                .containsExactly(
                        "2026-08-01 10:05:00+5 minchatattempt 2 is due",
                        "2026-08-01 10:12:00+12 minrelease-gatedeadline: the lock expires unless the endpoint gives a"
                                + " sign before",
                        "2026-08-01 10:30:00+30 minrelease-gatedeadline: the lock expires if it is still held");
        assertThat(Xml.texts(rows.get(0), "th")).containsExactly("Time (UTC)", "Since start", "About", "What happened");
    }

    @Test
    void shouldKeepTheValuesOfLocksToItself() {
        assertThat(page(RecordedHistory.waiting(), true)).doesNotContain("tokentoken");
    }

    @Test
    void shouldShowTextOfEndpointsAsPlainTextAndBoundIt() {
        assertThat(page(RecordedHistory.hostile(), false))
                .doesNotContain("<script", "\u202e", "\u0000", "\u001b", "\uffff", "\u2028")
                .hasSizeLessThan(100_000);
    }

    @Test
    void shouldShowWhatIsDamagedAndWhatIsNot() {
        RecordedHistory story = RecordedHistory.stopped();
        List<Fact> facts = new ArrayList<>(story.facts);
        facts.add(new Fact.Attempted(story.now(), "msg_<nobody>", 1));

        Document document = Xml.parse(HistoryPage.of(History.of(facts), "t", story.now(), false));
        assertThat(document.getDocumentElement().getTextContent())
                .contains("a fact of the unknown delivery msg_<nobody> was passed over")
                .contains("the release is stopped, decided by gate: release freeze until Monday");
    }

    @Test
    void shouldSayThatThereIsNothingYet() {
        assertThat(page(new RecordedHistory(), true)).contains("No event has been fired yet");
    }

    @Test
    void shouldShowWhoWasPassedByAndWhatIsKnownForCertain() {
        History history = History.of(List.of(new Fact.Fired(
                Facts.START,
                "deployed",
                "deployed",
                7,
                Facts.json("{}"),
                null,
                List.of(),
                Facts.json("{'job':'shop/release'}"),
                List.of(new PassedBy("crm<gate", "not for this job, but for crm/**")))));

        String text = Xml.parse(HistoryPage.of(history, "v1", Facts.START, false))
                .getDocumentElement()
                .getTextContent();

        assertThat(text)
                .contains("Passed by: 1")
                .contains("crm<gate: not for this job, but for crm/**")
                .contains("\"job\" : \"shop/release\"");
    }

    @Test
    void shouldShowWhatWasSentAgain() {
        Facts facts = new Facts();
        String chat = Facts.delivery("chat");
        List<Fact> all = List.of(
                Facts.fired(Facts.plan("chat", false)),
                facts.attempt("chat", 1),
                facts.answer("chat", Result.SUCCESS, "{}"),
                facts.verdict(Outcome.SUCCESS, Action.CONTINUE, "success"),
                new Fact.SentAgain(Facts.START.plusSeconds(60), chat, 1, "operator <i>alice"),
                new Fact.RepliedAgain(
                        Facts.START.plusSeconds(62),
                        chat,
                        1,
                        200,
                        45,
                        null,
                        null,
                        Facts.json("{'ticket':'OPS-4711'}"),
                        List.of()));

        String page = HistoryPage.of(History.of(all), "release-v42", Facts.START.plusSeconds(600), false);

        assertThat(page)
                .contains(
                        "<h3>Sent again</h3>",
                        ": by <bdi>operator &lt;i&gt;alice",
                        "sent again: answered 200 in 45 ms",
                        "OPS-4711")
                .doesNotContain("<i>", "nothing is known");
        Xml.parse(page);
        assertThat(HistoryPage.of(History.of(all.subList(0, 5)), "t", Facts.START.plusSeconds(600), false))
                .contains("nothing is known of what came");
    }
}

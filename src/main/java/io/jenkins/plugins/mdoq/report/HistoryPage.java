package io.jenkins.plugins.mdoq.report;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.protocol.Times;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A webhook history as a page in one file, for a CI system to keep: how the release stands, its timeline, the table that says
 * the same, and each entry with its attempts, notes and answers. A pure function of the history and of the time at which it is
 * looked at. The page loads nothing and runs nothing, which its Content-Security-Policy states; it is HTML and well-formed XML.
 * The values of locks do not stand in it, and what stands in it has been masked when it was written down.
 */
public final class HistoryPage {

    private static final String STYLE = resource("timeline.css") + resource("history-page.css");

    private HistoryPage() {}

    /**
     * The page.
     *
     * @param title what the history is of, such as the name of its folder
     * @param now the time, which is where what is open ends
     * @param running whether the release process goes on; if not, nothing is waited for any more
     */
    @NonNull
    public static String of(@NonNull History history, @NonNull String title, @NonNull Instant now, boolean running) {
        ReleaseSummary summary = ReleaseSummary.of(history, now, running);
        Timeline timeline = Timeline.of(history, now, running);
        Markup page = new Markup();
        page.raw("<!DOCTYPE html>\n").open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
        head(page, title + ": " + summary.state());
        page.open("body").open("main");
        summary(page, title, summary, now, running);
        damage(page, history);
        if (history.events().isEmpty() && history.steps().isEmpty()) {
            page.element("p", "No event has been fired yet, so there is nothing to show. Look again later.");
        } else {
            timeline(page, timeline);
            table(page, timeline);
            history.events().forEach(event -> event(page, event, now, running));
        }
        page.close();
        page.element("footer", "Webhook history as of " + Times.text(now) + ". Times are in " + Times.ZONE + ".");
        return page.close().close().line().toString();
    }

    private static void head(Markup page, String title) {
        page.open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src 'sha256-" + digest(STYLE) + "'; base-uri 'none'; form-action 'none'");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "color-scheme", "content", "light dark");
        page.element("title", title);
        page.open("style").raw(STYLE).close();
        page.close().line();
    }

    private static void summary(Markup page, String title, ReleaseSummary summary, Instant now, boolean running) {
        page.open("header", "class", "summary " + summary.tone().name().toLowerCase(Locale.ROOT));
        page.open("h1");
        page.element("bdi", title).words(" ").element("span", summary.state(), "class", "state");
        page.close();
        page.open("ul");
        for (String sentence : summary.sentences()) {
            page.open("li").element("bdi", sentence).close();
        }
        page.close();
        if (running) {
            page.element(
                    "p", "The release goes on; this is how it stood at " + Times.text(now) + ".", "class", "muted");
        }
        page.close().line();
    }

    private static void damage(Markup page, History history) {
        if (history.damage().isEmpty()) {
            return;
        }
        page.open("section", "class", "damage");
        page.element("p", "Some of this history could not be read. What could be read is below.");
        page.open("ul");
        history.damage().forEach(line -> page.element("li", TimelineReader.cut(line)));
        page.close().close().line();
    }

    private static void timeline(Markup page, Timeline timeline) {
        page.open("section", "class", "card").element("h2", "Timeline");
        page.raw(TimelineSvg.draw(timeline, "timeline"));
        page.element(
                "p",
                "From " + Times.text(timeline.begin()) + (timeline.running() ? " until now, " : " until ")
                        + Times.text(timeline.end()) + ".",
                "class",
                "muted");
        page.close().line();
    }

    private static void table(Markup page, Timeline timeline) {
        page.open("section", "class", "card").element("h2", "What happened");
        page.open("table", "class", "rows").open("thead").open("tr");
        page.element("th", "Time (" + Times.ZONE + ")", "scope", "col");
        page.element("th", "Since start", "scope", "col");
        page.element("th", "About", "scope", "col");
        page.element("th", "What happened", "scope", "col");
        page.close().close().open("tbody").line();
        for (Timeline.Row row : timeline.rows()) {
            page.open("tr", "class", row.at().isAfter(timeline.end()) ? "to-come" : "");
            page.open("td")
                    .element("time", Times.bare(row.at()), "datetime", Times.iso(row.at()))
                    .close();
            page.element("td", row.since());
            page.open("td").element("bdi", row.lane()).close();
            page.open("td").element("bdi", row.text()).close();
            page.close().line();
        }
        page.close().close().close().line();
    }

    private static void event(Markup page, EventHistory event, Instant now, boolean running) {
        Fact.Settled settled = event.settled();
        boolean open = event.goesOn(running);
        String verdict = event.tellsOnly()
                ? "It only tells what happened and decides nothing"
                : settled != null
                        ? "Verdict: " + FactWords.sentence(settled)
                        : open ? "No verdict yet" : "The process ended without a verdict";
        page.open("section", "class", "card");
        page.open("h2").element("bdi", event.fired().event()).close();
        page.open("p", "class", "muted")
                .text("Fired at " + Times.text(event.fired().at()) + ".");
        page.words(" ").element("bdi", TimelineReader.cut(verdict) + ".").close();
        if (event.entries().isEmpty()) {
            page.element("p", "No webhook listened to it.");
        }
        passedBy(page, event);
        EntryMarkup.sent(page, event.fired());
        event.entries().forEach(entry -> EntryMarkup.write(page, entry, now, open));
        page.close().line();
    }

    private static void passedBy(Markup page, EventHistory event) {
        List<PassedBy> all = event.fired().passedBy();
        if (all.isEmpty()) {
            return;
        }
        page.open("details").element("summary", "Passed by: " + all.size(), "class", "muted");
        page.open("ul");
        for (PassedBy one : all) {
            page.open("li").element("bdi", TimelineReader.label(one.webhook())).words(": ");
            page.element("bdi", PlainText.line(one.reason())).close();
        }
        page.close().close().line();
    }

    private static String resource(String name) {
        try (InputStream in = HistoryPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the style sheet " + name + " cannot be read", e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each JVM has SHA-256", e);
        }
    }
}

package io.jenkins.plugins.mdoq.report;

import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Facts;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.history.Journal;
import io.jenkins.plugins.mdoq.history.JournalsInMemory;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * A journal that anything may stand in: it is read, checked, shown and written to, and what is shown of it runs and loads
 * nothing. The input is the file.
 */
public final class JournalFuzz {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Set<String> ACTIVE =
            Set.of("script", "link", "img", "iframe", "object", "embed", "form", "a", "base", "foreignObject");

    private JournalFuzz() {}

    /** Called by Jazzer, and with each input that is kept. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        Journal journal = JournalsInMemory.of(data).named("fuzzed");
        History history = journal.read();
        journal.check("fuzzed").sentence();
        show(history, data.length % 2 == 0);

        Fact.Fired fired = Facts.fired(Facts.plan("gate", true));
        boolean known = history.event(fired.key()) != null;
        List<Fact> written = journal.append(List.of(fired));
        History longer = journal.read();
        if (written.size() != 1 || longer.event(fired.key()) == null) {
            throw new AssertionError("what was written cannot be read");
        }
        if (!known && longer.events().size() != history.events().size() + 1) {
            throw new AssertionError("what was written took something else away");
        }
    }

    private static void show(History history, boolean running) {
        for (EventHistory event : history.events()) {
            for (DeliveryHistory entry : event.entries()) {
                entry.state();
            }
        }
        HistoryTable.of(history, NOW).forEach(JournalFuzz::isPlain);
        ReleaseSummary.of(history, NOW, running);
        Narrator narrator = new Narrator();
        for (EventHistory event : history.events()) {
            for (Fact fact : event.facts()) {
                narrator.tell(fact).forEach(JournalFuzz::isPlain);
            }
        }
        for (Element element : Xml.elements(Xml.parse(HistoryPage.of(history, "fuzzed", NOW, running)))) {
            if (ACTIVE.contains(element.getTagName())) {
                throw new AssertionError("the page has an element " + element.getTagName());
            }
            for (String attribute : Xml.attributes(element)) {
                if (attribute.startsWith("on") || Set.of("style", "src", "href").contains(attribute)) {
                    throw new AssertionError("the page has an attribute " + attribute);
                }
            }
        }
    }

    private static void isPlain(String line) {
        if (line.codePoints().anyMatch(c -> c < ' ' || c == 0x7f || c >= 0x202a && c <= 0x202e)) {
            throw new AssertionError("a control character in " + line);
        }
    }
}

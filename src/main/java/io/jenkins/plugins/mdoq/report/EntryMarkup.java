package io.jenkins.plugins.mdoq.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.Resending;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.protocol.Times;
import io.jenkins.plugins.mdoq.protocol.WrittenDuration;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One entry of a {@link HistoryPage}: a line, and on opening it all that is known. */
final class EntryMarkup {

    private static final ObjectWriter WRITER = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    /** The longest body and JSON that is shown, in UTF-16 units. */
    private static final int LONGEST = 16 * 1024;

    private EntryMarkup() {}

    /**
     * Writes an entry.
     *
     * @param open whether the release still waits for it, if nothing has closed it
     */
    static void write(@NonNull Markup page, @NonNull DeliveryHistory entry, @NonNull Instant now, boolean open) {
        String state = entry.state().closed() || open ? DeliveryWords.state(entry) : "no longer waited for";
        page.open("details");
        page.open("summary");
        page.element("bdi", TimelineReader.label(entry.plan().webhook()), "class", "webhook")
                .words(" ");
        page.element("span", state, "class", "state " + state.split(" ")[0].toLowerCase(Locale.ROOT));
        String reason = DeliveryWords.reason(entry);
        if (!reason.isEmpty()) {
            page.words(" ").element("bdi", Limits.text(PlainText.line(reason), 160), "class", "muted");
        }
        page.close();
        facts(page, entry, now, open);
        attempts(page, entry);
        notes(page, entry);
        data(page, "Answer", entry.answer() == null ? null : entry.answer().data());
        data(
                page,
                "Release of the lock",
                entry.release() == null ? null : entry.release().data());
        again(page, entry);
        page.close().line();
    }

    /** What was sent to each webhook. */
    static void sent(@NonNull Markup page, @NonNull Fact.Fired fired) {
        boolean empty = fired.instance().isEmpty()
                && (fired.data() == null || fired.data().isEmpty())
                && (fired.source() == null || fired.source().isEmpty());
        if (!empty) {
            page.open("details").element("summary", "What was sent", "class", "muted");
            data(page, "instance", fired.instance());
            data(page, "source", fired.source());
            data(page, "More fields", fired.data());
            page.close().line();
        }
    }

    private static void facts(Markup page, DeliveryHistory entry, Instant now, boolean open) {
        page.open("dl");
        fact(page, "URL", entry.plan().url());
        fact(page, "Delivery", entry.plan().id());
        fact(page, "Fired", Times.text(entry.firedAt()));
        Duration took = DeliveryTimes.took(entry);
        if (took != null) {
            fact(page, "Took", Durations.text(took));
        }
        String lock = DeliveryWords.lock(entry);
        if (lock != null) {
            lock(page, entry, lock, now, open);
        }
        String reason = DeliveryWords.reason(entry);
        if (!reason.isEmpty()) {
            fact(page, "Reason", reason);
        }
        page.close();
    }

    private static void lock(Markup page, DeliveryHistory entry, String lock, Instant now, boolean open) {
        Instant closed = DeliveryTimes.lockClosedAt(entry);
        String words = closed == null && !open ? "no longer waited for" : lock;
        if (entry.release() != null) {
            words += " by " + entry.release().by();
        }
        fact(page, "Lock", closed == null ? words : words + " at " + Times.text(closed));
        if (closed != null || open) {
            String held = Durations.text(DeliveryTimes.held(entry, now));
            fact(page, "Held", closed == null ? held + " so far" : held);
        }
        Instant deadline = entry.plan().deadline();
        fact(page, "Deadline", deadline == null ? "none" : Times.text(deadline));
        Long heartbeat = entry.plan().heartbeatSeconds();
        if (heartbeat != null) {
            String due =
                    closed == null && open ? ", the next sign is due at " + Times.text(entry.heartbeatDeadline()) : "";
            fact(page, "Heartbeat", WrittenDuration.text(Duration.ofSeconds(heartbeat)) + due);
        }
    }

    private static void fact(Markup page, String name, String value) {
        page.element("dt", name)
                .open("dd")
                .open("bdi")
                .lines(Limits.message(value))
                .close()
                .close();
    }

    private static void attempts(Markup page, DeliveryHistory entry) {
        if (entry.attempts() == 0 && entry.answer() == null && entry.failures().isEmpty()) {
            return;
        }
        page.open("table").open("thead").open("tr");
        for (String title : List.of("Attempt", "Ended (" + Times.ZONE + ")", "Status", "Took", "How it ended")) {
            page.element("th", title, "scope", "col");
        }
        page.close().close().open("tbody");
        int last = 0;
        for (Fact.AttemptFailed failed : entry.failures()) {
            attempt(page, failed.number(), failed.at(), failed.status(), failed.millis());
            String next = failed.retryAt() == null ? "" : "; next attempt due at " + Times.text(failed.retryAt());
            page.open("td").element("bdi", failed.error()).words(next);
            if (failed.body() != null) {
                page.open("pre", "tabindex", "0")
                        .lines(Limits.text(failed.body(), LONGEST))
                        .close();
            }
            page.close().close();
            last = failed.number();
        }
        Fact.Answered answer = entry.answer();
        if (answer != null) {
            attempt(page, answer.number(), answer.at(), answer.status(), answer.millis());
            page.element("td", "answered: " + answer.result().word()).close();
        } else if (entry.attempts() > last) {
            attempt(page, entry.attempts(), null, null, null);
            page.element("td", "no answer yet").close();
        }
        page.close().close();
    }

    private static void attempt(
            Markup page, int number, @Nullable Instant ended, @Nullable Integer status, @Nullable Long millis) {
        page.open("tr").element("td", Integer.toString(number));
        page.element("td", ended == null ? TextTable.NONE : Times.bare(ended));
        page.element("td", TextTable.cell(status));
        page.element("td", millis == null ? TextTable.NONE : Durations.text(Duration.ofMillis(millis)));
    }

    private static void notes(Markup page, DeliveryHistory entry) {
        List<String> odd = new ArrayList<>();
        if (entry.answer() != null) {
            odd.addAll(entry.answer().notes());
        }
        if (entry.release() != null) {
            odd.addAll(entry.release().notes());
        }
        if (!odd.isEmpty()) {
            page.element("h3", "Notes").open("ul");
            odd.forEach(note -> page.open("li").element("bdi", note).close());
            page.close();
        }
        if (!entry.progress().isEmpty()) {
            page.element("h3", "Progress").open("ol", "class", "progress", "tabindex", "0");
            for (Fact.Progressed note : entry.progress()) {
                page.open("li")
                        .element("time", Times.text(note.at()), "datetime", Times.iso(note.at()))
                        .words(" ");
                page.open("bdi").lines(Limits.message(note.message())).close().words(" ");
                page.element("bdi", note.by(), "class", "muted").close().line();
            }
            page.close();
        }
    }

    private static void again(Markup page, DeliveryHistory entry) {
        if (entry.resendings().isEmpty()) {
            return;
        }
        page.element("h3", "Sent again").open("ul");
        for (Resending again : entry.resendings()) {
            page.open("li").text(Times.text(again.sent().at()) + ": by");
            page.words(" ").element("bdi", again.sent().by());
            Fact.RepliedAgain reply = again.reply();
            page.words(", ")
                    .element("bdi", reply == null ? "nothing is known of what came" : FactWords.replied(reply))
                    .close();
        }
        page.close();
        Resending last = entry.resendings().get(entry.resendings().size() - 1);
        data(
                page,
                "Answer to what was sent again",
                last.reply() == null ? null : last.reply().data());
    }

    private static void data(Markup page, String title, @Nullable ObjectNode data) {
        if (data == null || data.isEmpty()) {
            return;
        }
        try {
            page.element("h3", title).open("pre", "tabindex", "0");
            page.indented(Limits.text(WRITER.writeValueAsString(data), LONGEST)).close();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("what was read as JSON cannot be written as such", e);
        }
    }
}

package io.jenkins.plugins.mdoq.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.PassedBy;
import io.jenkins.plugins.mdoq.history.PlannedDelivery;
import io.jenkins.plugins.mdoq.history.StepFact;
import io.jenkins.plugins.mdoq.protocol.Flags;
import io.jenkins.plugins.mdoq.protocol.Times;
import io.jenkins.plugins.mdoq.protocol.WrittenDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a process's history in lines for a log, one or a few a fact, quiet on success. What endpoints say stands behind the
 * webhook's name and, where it has lines of its own, behind a bar, so that none of it can be taken for ours. Not safe for
 * concurrent use.
 */
public final class Narrator {

    private static final int FULLEST_NAME = 32;

    /** How many webhooks that were passed by have a line of their own. */
    private static final int PASSED_BY = 5;

    private final Map<String, PlannedDelivery> plans = new HashMap<>();
    private final Map<String, Instant> firedAt = new HashMap<>();
    private final Map<String, String> events = new HashMap<>();
    private final Set<String> notices = new HashSet<>();
    private final boolean showsLocks;
    private int width = 8;

    /** Tells everything, the values of locks as well. */
    public Narrator() {
        this(true);
    }

    /** @param showsLocks whether the values of locks are shown, which not everybody who reads a log may be meant to see */
    public Narrator(boolean showsLocks) {
        this.showsLocks = showsLocks;
    }

    /** Makes an event known that was fired before this narrator began, so that durations since then can be shown. */
    public void know(@NonNull EventHistory event) {
        know(event.fired());
    }

    private void know(Fact.Fired fired) {
        events.put(fired.key(), fired.event());
        if (fired.tellsOnly()) {
            notices.add(fired.key());
        }
        for (PlannedDelivery plan : fired.deliveries()) {
            plans.put(plan.id(), plan);
            firedAt.put(plan.id(), fired.at());
            width = Math.max(width, Math.min(FULLEST_NAME, plan.webhook().length()));
        }
    }

    /**
     * Tells a fact.
     *
     * @return the lines, plain text; empty if there is nothing worth a line
     */
    @NonNull
    public List<String> tell(@NonNull Fact fact) {
        List<String> lines = new ArrayList<>();
        if (fact instanceof Fact.Fired fired) {
            fired(fired, lines);
        } else if (fact instanceof Fact.Failing failing) {
            lines.add(PlainText.line(
                    events.getOrDefault(failing.key(), failing.key()) + ": " + FactWords.sentence(failing)));
        } else if (fact instanceof Fact.Settled settled) {
            settled(settled, lines);
        } else if (fact instanceof StepFact.Started started) {
            lines.add(PlainText.line(started.step() + ": started"));
        } else if (fact instanceof StepFact.Finished finished) {
            lines.add(PlainText.line(finished.step() + ": "
                    + (finished.status() == 0 ? "done" : "failed (" + finished.status() + ")")
                    + (finished.message() == null ? "" : ": " + finished.message())));
        } else if (fact instanceof Fact.OfDelivery ofDelivery) {
            PlannedDelivery plan = plans.get(ofDelivery.delivery());
            String name = plan == null ? "" : plan.webhook();
            for (String text : ofDelivery(ofDelivery)) {
                lines.add(indented(name, text));
            }
        }
        return lines;
    }

    private void fired(Fact.Fired fired, List<String> lines) {
        know(fired);
        if (fired.deliveries().isEmpty()) {
            lines.add(PlainText.line(fired.event() + ": no webhook listens"
                    + (fired.passedBy().isEmpty() ? "" : " that was not passed by")));
            passedBy(fired, lines);
            return;
        }
        lines.add(PlainText.line(fired.event()
                + (fired.tellsOnly() ? ": telling " : ": asking ")
                + fired.deliveries().size()
                + (fired.deliveries().size() == 1 ? " webhook" : " webhooks")));
        for (PlannedDelivery plan : fired.deliveries()) {
            lines.add(indented(plan.webhook(), "POST " + plan.url()));
            if (plan.lock() != null) {
                lines.add(indented(
                        plan.webhook(), (showsLocks ? "lock held: " + plan.lock() : "lock held") + deadlines(plan)));
            }
        }
        passedBy(fired, lines);
    }

    /** On a controller of many teams most webhooks may be other teams', so a log names the first few. */
    private void passedBy(Fact.Fired fired, List<String> lines) {
        List<PassedBy> all = fired.passedBy();
        for (PassedBy one : all.subList(0, Math.min(PASSED_BY, all.size()))) {
            lines.add(indented(one.webhook(), FactWords.passedBy(one)));
        }
        if (all.size() > PASSED_BY) {
            lines.add("  and " + (all.size() - PASSED_BY) + " more webhooks passed by; see the webhook history");
        }
    }

    private void settled(Fact.Settled settled, List<String> lines) {
        if (notices.contains(settled.key())) {
            // It decides nothing, and what came of each delivery was told.
            return;
        }
        String event = events.getOrDefault(settled.key(), settled.key());
        lines.add(PlainText.line(event + ": " + FactWords.sentence(settled)));
    }

    /**
     * A fact of a delivery without the webhook's name, for where that stands elsewhere.
     *
     * @return the lines, plain text; empty if there is nothing worth a line
     */
    @NonNull
    List<String> phrases(@NonNull Fact.OfDelivery fact) {
        return ofDelivery(fact).stream().map(PlainText::line).toList();
    }

    private List<String> ofDelivery(Fact.OfDelivery fact) {
        List<String> texts = new ArrayList<>();
        if (fact instanceof Fact.Attempted attempted) {
            if (attempted.number() > 1) {
                texts.add("attempt " + attempted.number());
            }
        } else if (fact instanceof Fact.AttemptFailed failed) {
            failed(failed, texts);
        } else if (fact instanceof Fact.Answered answered) {
            texts.add("answered " + answered.status() + " in " + Durations.text(Duration.ofMillis(answered.millis()))
                    + ": " + answered.result().word() + flags(answered.data()));
            said(answered.data(), texts);
            notes(answered.notes(), texts);
        } else if (fact instanceof Fact.Progressed progressed) {
            quote(progressed.message(), texts);
        } else if (fact instanceof Fact.Extended extended) {
            texts.add("more time, until " + Times.text(extended.deadline()) + ", given by " + extended.by()
                    + (extended.reason() == null ? "" : ": " + extended.reason()));
        } else if (fact instanceof Fact.Released released) {
            JsonNode result = released.data().get("result");
            texts.add("lock released by " + released.by() + after(released)
                    + (result == null ? "" : ": " + result.asText()) + flags(released.data()));
            said(released.data(), texts);
            notes(released.notes(), texts);
        } else if (fact instanceof Fact.Expired expired) {
            texts.add("lock expired" + after(expired) + ": " + expired.reason());
        } else if (fact instanceof Fact.Cancelled cancelled) {
            PlannedDelivery plan = plans.get(fact.delivery());
            texts.add((plan == null || plan.lock() == null ? "given up: " : "lock given up: ") + cancelled.reason());
        } else if (fact instanceof Fact.Refused refused) {
            texts.add(FactWords.refusal(refused));
        } else if (fact instanceof Fact.SentAgain sent) {
            texts.add("sent again by " + sent.by());
        } else if (fact instanceof Fact.RepliedAgain replied) {
            texts.add(FactWords.replied(replied));
            if (replied.data() != null) {
                said(replied.data(), texts);
                notes(replied.notes(), texts);
            }
            if (replied.body() != null) {
                quote(replied.body(), texts);
            }
        }
        return texts;
    }

    private void failed(Fact.AttemptFailed failed, List<String> texts) {
        PlannedDelivery plan = plans.get(failed.delivery());
        texts.add("attempt " + failed.number() + (plan == null ? "" : " of " + plan.tries()) + " failed after "
                + Durations.text(Duration.ofMillis(failed.millis())) + ": " + failed.error()
                + (failed.retryAt() == null
                        ? "; not tried again"
                        : "; next in " + Durations.text(Duration.between(failed.at(), failed.retryAt()))));
        if (failed.body() != null) {
            quote(failed.body(), texts);
        }
    }

    private String after(Fact.OfDelivery fact) {
        Instant since = firedAt.get(fact.delivery());
        return since == null ? "" : " after " + Durations.text(Duration.between(since, fact.at()));
    }

    private static String flags(ObjectNode data) {
        return (Flags.isTrue(data.get(Flags.STOP)) ? ", " + Flags.STOP : "")
                + (Flags.isTrue(data.get(Flags.ROLLBACK)) ? ", " + Flags.ROLLBACK : "");
    }

    private static void said(ObjectNode data, List<String> texts) {
        JsonNode message = data.get("message");
        if (message != null && message.isTextual()) {
            quote(message.textValue(), texts);
        }
    }

    private static void notes(List<String> notes, List<String> texts) {
        notes.forEach(note -> texts.add("note: " + note));
    }

    private static void quote(String text, List<String> texts) {
        PlainText.lines(text).forEach(line -> texts.add("| " + line));
    }

    /** Every line about a webhook goes through here, so that whatever is in it stays in its line. */
    private String indented(String webhook, String text) {
        String name = PlainText.line(webhook);
        return "  " + name + " ".repeat(Math.max(0, width - name.length())) + "  " + PlainText.line(text);
    }

    private static String deadlines(PlannedDelivery plan) {
        if (plan.deadline() == null && plan.heartbeatSeconds() == null) {
            return ", without a deadline";
        }
        return (plan.deadline() == null ? "" : ", until " + Times.text(plan.deadline()))
                + (plan.heartbeatSeconds() == null
                        ? ""
                        : ", with a heartbeat of " + WrittenDuration.text(Duration.ofSeconds(plan.heartbeatSeconds())));
    }
}

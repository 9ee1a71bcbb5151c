package io.jenkins.plugins.mdoq.index;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.Fact;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.protocol.Limits;
import io.jenkins.plugins.mdoq.report.DeliveryTimes;
import io.jenkins.plugins.mdoq.report.DeliveryWords;
import io.jenkins.plugins.mdoq.report.EntryState;
import io.jenkins.plugins.mdoq.report.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One delivery in a line: what is kept of it in the index. All texts are plain and short, so that it takes less than a
 * kibibyte; nothing that travelled is in it but the reason.
 *
 * @param process the process that it is of
 * @param delivery its id, which finds it in the process's history
 * @param webhook the webhook's name
 * @param event the event's name as it travels
 * @param firedAt when its event was fired
 * @param state how far it is, or what came of it
 * @param took how long the attempt took that was answered, or the last that failed; null if none has ended
 * @param decidedBy the webhook whose decision it was given up for, or null if it was not
 * @param reason why it is as it is, one line; empty if nothing needs a reason
 */
public record DeliveryRow(
        @NonNull ProcessName process,
        @NonNull String delivery,
        @NonNull String webhook,
        @NonNull String event,
        @NonNull Instant firedAt,
        @NonNull EntryState state,
        @Nullable Duration took,
        @Nullable String decidedBy,
        @NonNull String reason) {

    /** The longest name that is kept whole, in UTF-16 units. */
    static final int NAME_CHARS = 100;

    /** The longest reason that is kept whole, in UTF-16 units. */
    static final int REASON_CHARS = 200;

    /**
     * The deliveries of a process, oldest first.
     *
     * @param over whether the process has ended
     * @param names gives one and the same text for equal names, since many rows have the same
     */
    @NonNull
    static List<DeliveryRow> of(
            @NonNull ProcessName process,
            @NonNull History history,
            boolean over,
            @NonNull UnaryOperator<String> names) {
        List<DeliveryRow> rows = new ArrayList<>();
        for (EventHistory event : history.events()) {
            boolean open = event.settled() == null && !over;
            event.entries().forEach(entry -> rows.add(of(process, event, entry, open, names)));
        }
        return rows;
    }

    private static DeliveryRow of(
            ProcessName process, EventHistory event, DeliveryHistory entry, boolean open, UnaryOperator<String> names) {
        String other = decidedBy(event, entry);
        return new DeliveryRow(
                process,
                entry.plan().id(),
                names.apply(name(entry.plan().webhook())),
                names.apply(name(event.fired().event())),
                entry.firedAt(),
                EntryState.of(entry, open),
                DeliveryTimes.took(entry),
                other == null ? null : names.apply(name(other)),
                other == null ? text(DeliveryWords.reason(entry), REASON_CHARS) : "");
    }

    /** What a delivery was given up for may be what another webhook said, which is not to stand beside this one's name. */
    private static String decidedBy(EventHistory event, DeliveryHistory entry) {
        Fact.Settled settled = event.settled();
        Fact.Cancelled cancelled = entry.cancellation();
        if (settled == null || cancelled == null || !entry.reason().equals(cancelled.reason())) {
            return null;
        }
        return entry.plan().webhook().equals(settled.webhook()) ? null : settled.webhook();
    }

    /** A webhook's or event's name as it is kept: plain, and no longer than {@value #NAME_CHARS} and how much was cut. */
    @NonNull
    public static String name(@NonNull String name) {
        return text(name, NAME_CHARS);
    }

    private static String text(String text, int chars) {
        return Limits.text(PlainText.line(text), chars);
    }
}

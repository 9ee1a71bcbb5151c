package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.mdoq.controller.BuildHistory;
import io.jenkins.plugins.mdoq.history.DeliveryHistory;
import io.jenkins.plugins.mdoq.history.EventHistory;
import io.jenkins.plugins.mdoq.history.History;
import io.jenkins.plugins.mdoq.index.Page;
import io.jenkins.plugins.mdoq.report.PlainText;
import io.jenkins.plugins.mdoq.report.ReleaseSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A page of a build's webhook history, for programs.
 *
 * @param over whether the build has ended
 * @param state how the release stands, in a few words
 * @param page which page this is, from 1
 * @param pages how many there are
 * @param total how many entries there are on all of them; an event to which no webhook listened counts as one
 * @param events the events whose entries are on this page, oldest first
 * @param damage what could not be read of the history, one line each
 */
public record HistoryExport(
        boolean over,
        @NonNull String state,
        int page,
        int pages,
        int total,
        @NonNull List<EventExport> events,
        @NonNull List<String> damage) {

    private static final Logger LOGGER = Logger.getLogger(HistoryExport.class.getName());

    /** So many entries are on a page; each holds what travelled. */
    static final int ENTRIES = 20;

    /** An entry of an event, or that there is none. */
    private record Row(
            @NonNull EventHistory event, @CheckForNull DeliveryHistory entry) {}

    /**
     * A page of a build's history, or that it could not be read.
     *
     * @param page which page, as it was written; null for the first
     * @param payload whether the caller may see what travelled
     */
    @NonNull
    static HistoryExport of(@NonNull Run<?, ?> run, @CheckForNull String page, boolean payload) {
        boolean over = BuildHistory.isOver(run);
        try {
            return of(BuildPages.history(run), over, page, BuildPages.program(run, payload));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the webhook history of " + run);
            return new HistoryExport(over, "", 1, 1, 0, List.of(), List.of(Messages.WebhookHistoryAction_unreadable()));
        }
    }

    /**
     * A page of a history.
     *
     * @param over whether the build has ended
     * @param page which page, as it was written; null for the first
     */
    @NonNull
    static HistoryExport of(@NonNull History history, boolean over, @CheckForNull String page, @NonNull Viewer viewer) {
        List<Row> rows = new ArrayList<>();
        for (EventHistory event : history.events()) {
            if (event.entries().isEmpty()) {
                rows.add(new Row(event, null));
            }
            event.entries().forEach(entry -> rows.add(new Row(event, entry)));
        }
        Page<Row> asked = Page.of(rows, page, ENTRIES);
        Map<EventHistory, List<EntryExport>> entries = new LinkedHashMap<>();
        for (Row row : asked.items()) {
            EventHistory event = row.event();
            DeliveryHistory entry = row.entry();
            List<EntryExport> ofEvent = entries.computeIfAbsent(event, each -> new ArrayList<>());
            if (entry != null) {
                ofEvent.add(EntryExport.of(event, entry, !over && event.settled() == null, viewer));
            }
        }
        List<EventExport> events = new ArrayList<>();
        entries.forEach((event, each) -> events.add(EventExport.of(event, each)));
        return new HistoryExport(
                over,
                ReleaseSummary.of(history, viewer.now(), !over).state(),
                asked.number(),
                asked.pages(),
                asked.total(),
                events,
                history.damage().stream().map(PlainText::line).toList());
    }
}

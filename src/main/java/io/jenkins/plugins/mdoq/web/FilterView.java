package io.jenkins.plugins.mdoq.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.mdoq.index.RowFilter;
import io.jenkins.plugins.mdoq.report.EntryState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which deliveries are looked for, as the form shows it.
 *
 * @param active whether any are left out
 * @param webhooks the webhooks to choose from
 * @param job a part of the job's name, or empty
 * @param states the states to choose from
 */
public record FilterView(
        boolean active,
        @NonNull List<Choice> webhooks,
        @NonNull String job,
        @NonNull List<Choice> states) {

    /**
     * A choice of the form.
     *
     * @param value as it is sent
     * @param text as it is shown
     * @param chosen whether it is the one that was asked for
     */
    public record Choice(@NonNull String value, @NonNull String text, boolean chosen) {}

    static FilterView of(@NonNull RowFilter filter, @NonNull Collection<String> webhooks) {
        return new FilterView(
                !filter.all(),
                webhooks.stream()
                        .map(name -> new Choice(name, name, name.equals(filter.webhook())))
                        .toList(),
                filter.job() == null ? "" : filter.job(),
                Stream.of(EntryState.values())
                        .map(state -> new Choice(
                                state.word(),
                                StateView.of(state).text(),
                                state.word().equals(filter.state())))
                        .toList());
    }

    /** The query of a page of deliveries, and of a page of what waits, beside the filter. */
    @NonNull
    static String query(@NonNull RowFilter filter, int page, int waiting) {
        StringBuilder query = new StringBuilder();
        add(query, "webhook", filter.webhook());
        add(query, "job", filter.job());
        add(query, "state", filter.state());
        add(query, "page", page > 1 ? Integer.toString(page) : null);
        add(query, "waiting", waiting > 1 ? Integer.toString(waiting) : null);
        return query.toString();
    }

    private static void add(StringBuilder query, String name, @CheckForNull String value) {
        if (value != null) {
            query.append(query.length() == 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
